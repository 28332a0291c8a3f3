import type { AccountSettings } from '../core/account.ts'
import type { Finding } from '../core/finding.ts'
import type { ThresholdStore } from '../core/thresholds/threshold.ts'
import { CROSSED_ACTION, crossedText } from './crossed-words.ts'
import { loadFollowed } from './follow-thresholds.ts'

/** Borders of the bands that cross as they stand in the ledger; nothing where they part. */
export async function checkBands(followed: {
  readonly settings: AccountSettings
  readonly thresholds: ThresholdStore
}): Promise<Finding[]> {
  const { crossed } = await loadFollowed(followed)
  if (crossed === null) return []
  return [
    { level: 'warning', subject: 'bands', message: crossedText(crossed, followed.settings), action: CROSSED_ACTION },
  ]
}
