import type { AccountSettings } from '../core/account.ts'
import type { Finding } from '../core/finding.ts'
import type { SegmentStateStore } from '../core/segments/segment-state-store.ts'
import { causeText, sizeText } from './size-words.ts'

/** What the last counts of the configured segments found, from the ledger; nothing while none was counted. */
export async function checkSizes({
  settings,
  segments,
}: {
  settings: AccountSettings
  segments: SegmentStateStore
}): Promise<Finding[]> {
  const keys = new Set(settings.segments.map(({ key }) => key))
  const findings: Finding[] = []
  let fitting = 0
  for (const { key, name, count } of await segments.loadSegmentSights()) {
    if (!keys.has(key) || count === null || count.members === null) continue
    const { members, expectedMembers, finding } = count
    if (finding.kind === 'fits') fitting += 1
    if (finding.kind !== 'empty' && finding.kind !== 'off') continue
    findings.push({
      level: 'warning',
      subject: `segment ${key}`,
      message: `${name}: ${sizeText(finding, { members, expectedMembers })}`,
      action: finding.causes.map(causeText).join('; '),
    })
  }
  if (fitting > 0) {
    const what = fitting === 1 ? 'one segment is' : `${fitting} segments are`
    findings.unshift({ level: 'ok', subject: 'segments', message: `${what} as large in Klaviyo as expected` })
  }
  return findings
}
