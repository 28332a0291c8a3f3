import { setTimeout as delay } from 'node:timers/promises'
import { pullKind } from '../../jobs/pull-orders.ts'
import { StoreError } from '../core/errors.ts'
import type { Queryable } from '../store/database.ts'
import { loadDeadLetterSources } from '../store/dead-letter-sources.ts'
import type { OpenAccount } from './account-services.ts'

/** Until somebody at a terminal would wonder; most pulls end sooner. */
const PATIENCE_MS = 10_000
const LOOK_AGAIN_MS = 200

/**
 * Makes refused profiles pending again and puts sources with dead letters back to their beginning. A pull that runs
 * would write its own cursor over that, so it is waited for.
 * @throws StoreError naming the sources that were still being read after `patienceMs`; the rest is done
 */
export async function retryRejects(
  ledger: Queryable,
  account: OpenAccount,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<{ refused: number; sources: readonly string[] }> {
  const { ledgerAccount, profiles, sources } = account
  const refused = await profiles.retryRefused()
  const rejecting = await loadDeadLetterSources(ledger, ledgerAccount.accountId)
  const wanted = rejecting.filter((source) => sources.has(source))
  const deadlineMs = performance.now() + patienceMs
  const busy: string[] = []
  for (const source of wanted) if (!(await resetCursor(account, source, deadlineMs))) busy.push(source)
  if (busy.length > 0) {
    throw new StoreError(
      `a pull is running that reads ${busy.join(', ')}, so that it could not be put back to the beginning; run scontrino retry again when the pull has ended (profiles to push again: ${refused})`,
      { sources: busy.join(' '), refused },
    )
  }
  return { refused, sources: wanted }
}

/** False: somebody was reading the source all the time. */
async function resetCursor({ exclusively, orders }: OpenAccount, source: string, deadlineMs: number): Promise<boolean> {
  const reset = async () => {
    await orders.resetCursor(source)
    return true
  }
  while ((await exclusively(pullKind(source), reset)) === null) {
    if (performance.now() >= deadlineMs) return false
    await delay(LOOK_AGAIN_MS)
  }
  return true
}
