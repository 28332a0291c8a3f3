import type { AccountSettings } from '../core/account.ts'
import type { SizeFinding } from '../core/segments/segment-size.ts'
import type { SegmentStateStore } from '../core/segments/segment-state-store.ts'

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
    const word = WORDS[count?.finding.kind ?? 'not-yet']
    tally[word] = (tally[word] ?? 0) + 1
  }
  return tally
}

const WORDS: Readonly<Record<SizeFinding['kind'], string>> = {
  fits: 'asExpected',
  'not-yet': 'notYet',
  outdated: 'outdated',
  empty: 'empty',
  off: 'off',
}
