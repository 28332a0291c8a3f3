import { throwIfAborted } from '../core/errors.ts'
import type { PendingProfile } from '../core/profiles/profile-state-store.ts'
import { leaveAbsent } from './leave-absent.ts'
import type { Push } from './push-profiles.ts'

/** Pushes a handful of profiles one by one; each is noted and reported before the next. */
export async function pushSingly(push: Push, pending: readonly PendingProfile[]): Promise<void> {
  const { destination, profiles, tally } = push
  const known = await leaveAbsent(push, pending, async (refusals) => {
    for (const refusal of refusals) await profiles.refuseProfile(refusal.email, refusal.desired, refusal)
  })
  await profiles.markSending(known)
  for (const profile of known) {
    throwIfAborted(push.signal, 'pushing profiles')
    const refusal = await destination.pushProfile(push.toUpdate(profile), push.signal)
    if (refusal === null) await profiles.confirmProfile(profile.email, profile.desired)
    else await profiles.refuseProfile(profile.email, profile.desired, refusal)
    tally[refusal === null ? 'confirmed' : 'refused'] += 1
    await push.report()
  }
}
