import { checkBands } from '../src/app/check-bands.ts'
import type { AccountServices } from '../src/app/services.ts'
import type { Logger } from '../src/lib/logger.ts'
import type { JobData } from './job-data.ts'

/**
 * Warns of borders of the bands that cross, as the ledger knows them once thresholds were looked at. Not for a delivery:
 * these come by the second, and ask nothing of thresholds.
 */
export async function tellCrossed(
  log: Logger,
  services: Pick<AccountServices, 'settings' | 'thresholds'>,
  { trigger }: Pick<JobData, 'trigger'>,
): Promise<void> {
  if (trigger === 'webhook') return
  for (const { subject, message, action } of await checkBands(services)) log.warn({ subject, action }, message)
}
