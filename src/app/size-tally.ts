import type { AccountSettings } from '../core/account.ts'
import type { SegmentStateStore } from '../core/ledger.ts'

/** Configured segments of ours by what their last count meant; zeros are left out. */
export async function tallySizes({
  settings,
  segments,
}: {
  settings: AccountSettings
  segments: SegmentStateStore
}): Promise<Record<string, number>> {
  const keys = new Set(settings.segments.map(({ key }) => key))
  const tally: Record<string, number> = {}
  for (const { key, count } of await segments.loadSegmentSights()) {
    if (!keys.has(key)) continue
    const word = count === null || count.finding.kind === 'not-yet' ? 'notYet' : count.finding.kind
    tally[word] = (tally[word] ?? 0) + 1
  }
  return tally
}
