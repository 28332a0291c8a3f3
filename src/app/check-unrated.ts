import type { Finding } from '../core/finding.ts'
import type { UnratedOrders } from '../core/numbers/report.ts'
import { unratedAction, unratedText } from './unrated-words.ts'

/** Orders in the ledger that no number holds for want of a rate; nothing where there are none. */
export function checkUnrated(unrated: readonly UnratedOrders[]): Finding[] {
  if (unrated.length === 0) return []
  return [{ level: 'warning', subject: 'rates', message: unratedText(unrated), action: unratedAction(unrated) }]
}
