import { dueSegments } from './count-segments.ts'
import type { AccountServices } from './services.ts'

/** Whether sizes of segments are to be read now. Never while the destination is paused: it would only be refused. */
export async function hasDueCounts(
  {
    settings,
    segments,
    destination,
    pauses,
  }: Pick<AccountServices, 'settings' | 'segments' | 'destination' | 'pauses'>,
  now: Date,
): Promise<boolean> {
  if ((await dueSegments({ settings, segments }, now)).length === 0) return false
  return (await pauses.loadPause('klaviyo', destination.keyFingerprint)) === null
}
