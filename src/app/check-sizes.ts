import type { Finding } from '../core/finding.ts'
import type { SegmentParts } from './known-segment.ts'
import { loadSegmentOverviews } from './segment-overviews.ts'
import { causeText, sizeText } from './size-words.ts'

/** What the last counts of the configured segments mean today, from the ledger; nothing while none was counted. */
export async function checkSizes(parts: SegmentParts, now: Date): Promise<Finding[]> {
  const findings: Finding[] = []
  let fitting = 0
  let outdated = 0
  for (const { key, name, standing, counted, finding } of await loadSegmentOverviews(parts, { now, forecast: true })) {
    if (counted === null || finding === null) continue
    // A count of what is still to be written anew says nothing of what is wanted.
    if (finding.kind === 'fits' && standing !== 'update') fitting += 1
    if (finding.kind === 'outdated') outdated += 1
    if (finding.kind !== 'empty' && finding.kind !== 'off') continue
    findings.push({
      level: 'warning',
      subject: `segment ${key}`,
      message: `${name}: ${sizeText(finding, counted)}`,
      action: finding.causes.map(causeText).join('; '),
    })
  }
  if (outdated > 0) findings.unshift({ level: 'note', subject: 'segments', message: outdatedText(outdated) })
  if (fitting > 0) {
    const what = fitting === 1 ? 'one segment is' : `${fitting} segments are`
    findings.unshift({ level: 'ok', subject: 'segments', message: `${what} as large in Klaviyo as expected` })
  }
  return findings
}

function outdatedText(count: number): string {
  const what = count === 1 ? 'one segment is' : `${count} segments are`
  return `${what} to be counted again in Klaviyo: other members are expected than when they were counted`
}
