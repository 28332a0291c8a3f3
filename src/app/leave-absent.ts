import { ABSENT, type ProfileRefusal } from '../core/profiles/profile.ts'
import type { PendingProfile } from '../core/profiles/profile-state-store.ts'
import type { Push } from './push-profiles.ts'

const NO_PROFILE = 'has no profile in Klaviyo yet, and `profiles: update-existing` creates none'

/**
 * `update-existing` creates nobody: who has no profile is put aside, and looked for again another day. @returns the
 * others; with `create`, everybody.
 */
export async function leaveAbsent(
  { settings, destination, tally, signal }: Push,
  profiles: readonly PendingProfile[],
  putAside: (refusals: (ProfileRefusal & { email: string; desired: string })[]) => Promise<void>,
): Promise<readonly PendingProfile[]> {
  if (settings.profiles.mode === 'create') return profiles
  const emails = profiles.map((profile) => profile.email)
  const found = await destination.findProfiles(emails, signal)
  const absent = profiles.filter((profile) => !found.has(profile.email))
  await putAside(
    absent.map(({ email, desired }) => ({ email, desired, index: null, code: ABSENT, reason: NO_PROFILE })),
  )
  tally.absent += absent.length
  return profiles.filter((profile) => found.has(profile.email))
}
