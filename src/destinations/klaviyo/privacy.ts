import { AuthError, RemoteRejectedError } from '../../core/errors.ts'
import type { ProfileRefusal } from '../../core/profiles/profile.ts'
import type { KlaviyoClient } from './client.ts'
import { withoutAddresses } from './complaints.ts'
import { OPERATIONS } from './limits.ts'

/**
 * Asks Klaviyo to delete the profile with this address, for good. Accepted is all that is ever answered: the deletion
 * itself happens later. Null: accepted, or there is no such profile.
 */
export async function deleteProfile(
  client: KlaviyoClient,
  email: string,
  signal: AbortSignal,
): Promise<ProfileRefusal | null> {
  const profile = { data: { type: 'profile', attributes: { email } } }
  const body = { data: { type: 'data-privacy-deletion-job', attributes: { profile } } }
  try {
    await client.send(OPERATIONS.deleteProfile, { body, signal })
    return null
  } catch (error) {
    // The scope is one that only this needs: without it everything else goes on.
    if (error instanceof AuthError && error.context['status'] === 403) {
      const needs = OPERATIONS.deleteProfile.scopes.join(', ')
      return { index: 0, code: 'permission_denied', reason: `the key needs ${needs} to delete profiles` }
    }
    if (!(error instanceof RemoteRejectedError)) throw error
    if (error.status === 404) return null
    const [complaint] = error.complaints
    const reason = withoutAddresses(complaint?.detail ?? `Klaviyo answered ${error.status}`, email)
    return { index: 0, code: complaint?.code ?? 'rejected', reason }
  }
}
