import { isEmail, normalizeEmail } from '../../core/email.ts'
import { type RemoteComplaint, RemoteRejectedError } from '../../core/errors.ts'
import type { ProfileRefusal, ProfileUpdate } from '../../core/profile.ts'
import type { KlaviyoClient } from './client.ts'
import { withoutAddresses } from './complaints.ts'
import { anyFilters } from './filter.ts'
import { OPERATIONS } from './limits.ts'
import { refuseUnsent, toProfileBody } from './profile-body.ts'
import { documentOf, profile, reference } from './schema.ts'

/**
 * Creates or updates one profile (`profile-import`), for a handful of changes. A refusal is Klaviyo pointing at
 * something in the profile; a 4xx that points at nothing of it is thrown.
 */
export async function pushProfile(
  client: KlaviyoClient,
  update: ProfileUpdate,
  signal: AbortSignal,
): Promise<ProfileRefusal | null> {
  const data = toProfileBody(update)
  const unsent = refuseUnsent(update, JSON.stringify(data), 0)
  if (unsent !== null) return unsent
  try {
    await client.call(OPERATIONS.pushProfile, documentOf(reference), { body: { data }, signal })
    return null
  } catch (error) {
    const complaint = error instanceof RemoteRejectedError ? complaintAboutProfile(error) : undefined
    if (complaint === undefined) throw error
    return { index: 0, code: complaint.code, reason: withoutAddresses(complaint.detail, update.email) }
  }
}

function complaintAboutProfile({ status, complaints }: RemoteRejectedError): RemoteComplaint | undefined {
  if (status !== 400 && status !== 409) return undefined
  return complaints.find(({ code, pointer }) => code === 'duplicate_profile' || pointer?.startsWith('/data'))
}

/** Which addresses have a profile: address as given → Klaviyo's profile id. What is no address has none. */
export async function findProfiles(
  client: KlaviyoClient,
  emails: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  // One malformed address makes Klaviyo refuse the whole filter.
  for (const filter of anyFilters('email', emails.filter(isEmail))) {
    const query = { filter, 'fields[profile]': 'email', 'page[size]': '100' }
    for await (const page of client.readPages(OPERATIONS.findProfiles, profile, { query, signal })) {
      for (const { id, attributes } of page) {
        if (typeof attributes.email === 'string') found.set(normalizeEmail(attributes.email), id)
      }
    }
  }
  return new Map(
    emails.flatMap((email) => {
      const id = found.get(normalizeEmail(email))
      return id === undefined ? [] : [[email, id] as const]
    }),
  )
}
