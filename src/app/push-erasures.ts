import type { PendingErasure } from '../core/customers/customer-store.ts'
import { throwIfAborted } from '../core/errors.ts'
import type { ProfileRefusal } from '../core/profiles/profile.ts'
import type { Push } from './push-profiles.ts'

/** Addresses looked up together. */
const PAGE = 100

/**
 * Clears or deletes the profiles of forgotten people, each noted before the next. Only for when no import is under way:
 * one that was posted before may fill a profile again. Who has no profile is looked for, so that nobody is created.
 */
export async function pushErasures(push: Push): Promise<void> {
  const { erasures, destination, tally, signal } = push
  let after = ''
  for (;;) {
    const pending = await erasures.loadPendingErasures(after, PAGE)
    if (pending.length === 0) return
    const emails = pending.map(({ email }) => email)
    const found = await destination.findProfiles(emails, signal)
    for (const erasure of pending) {
      throwIfAborted(signal, 'clearing profiles of forgotten people')
      const refusal = found.has(erasure.email) ? await carryOut(push, erasure) : null
      if (refusal === null) await erasures.confirmErasure(erasure)
      else await erasures.refuseErasure(erasure.email, refusal)
      tally[refusal === null ? 'erased' : 'refused'] += 1
      await push.report()
    }
    after = emails.at(-1) ?? after
  }
}

function carryOut(push: Push, { email, action }: PendingErasure): Promise<ProfileRefusal | null> {
  const { destination, signal } = push
  if (action === 'delete') return destination.deleteProfile(email, signal)
  return destination.pushProfile(push.toUpdate({ email, desired: '', aggregate: null }), signal)
}
