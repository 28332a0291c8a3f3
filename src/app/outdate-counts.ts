import { findingNow } from '../core/segments/outdated-count.ts'
import { expectedMembers, MEMBERSHIP_DELAY_MS, toleranceOf } from '../core/segments/segment-size.ts'
import type { SegmentParts } from './known-segment.ts'
import { segmentStanding } from './segment-standing.ts'

/**
 * After profiles were pushed: counts that were judged by a forecast which does not hold any more lose their verdict, and are
 * made again once membership can be expected. @returns how many.
 */
export async function outdateCounts({ settings, destination, segments }: SegmentParts, now: Date): Promise<number> {
  const sights = await segments.loadSegmentSights()
  const counted = settings.segments.flatMap((spec) => {
    const sight = sights.find(({ key }) => key === spec.key)
    // What is not written yet is counted anew when it is.
    if (!sight?.count || segmentStanding(spec, sight, destination) === 'update') return []
    return [{ spec, count: sight.count }]
  })
  if (counted.length === 0) return 0
  const oldest = new Date(Math.min(...counted.map(({ count }) => count.at.getTime())))
  const { justPushed } = await segments.loadSizeCircumstances(oldest)
  // Members come and go with pushes alone: as long as these were few no forecast has to look at every customer.
  const movable = counted.filter(({ count }) => justPushed > toleranceOf(count.expectedMembers))
  const forecasts = await segments.forecastSegments(
    movable.map(({ spec }) => spec),
    now,
  )
  const dueAt = new Date(now.getTime() + MEMBERSHIP_DELAY_MS)
  let outdated = 0
  for (const [index, { spec, count }] of movable.entries()) {
    const forecast = forecasts[index]
    if (forecast === undefined) continue
    const expected = expectedMembers(forecast, settings.profiles.mode)
    const finding = findingNow(count, { expected, basis: spec.basis })
    if (finding === count.finding) continue
    await segments.outdateSegmentCount(spec.key, finding, dueAt)
    outdated += 1
  }
  return outdated
}
