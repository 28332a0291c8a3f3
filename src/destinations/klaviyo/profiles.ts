import type { z } from 'zod'
import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import { type RemoteComplaint, RemoteRejectedError } from '../../core/errors.ts'
import type { ProfileRefusal, ProfileUpdate, RemoteProfile } from '../../core/profiles/profile.ts'
import type { KlaviyoClient } from './client.ts'
import { withoutAddresses } from './complaints.ts'
import { anyFilters } from './filter.ts'
import { OPERATIONS } from './limits.ts'
import { refuseUnsent, toProfileBody } from './profile-body.ts'
import { documentOf, filledProfile, profile, reference } from './schema.ts'

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
  const found = await readByEmail(client, { emails, fields: ['email'], schema: profile, signal })
  return new Map(Array.from(found, ([email, { id }]) => [email, id]))
}

/** What the profiles of these addresses hold: address as given → profile. What is no address has none. */
export async function fetchProfiles(
  client: KlaviyoClient,
  emails: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RemoteProfile>> {
  const fields = ['email', 'properties', 'updated']
  const found = await readByEmail(client, { emails, fields, schema: filledProfile, signal })
  return new Map(
    Array.from(found, ([email, { id, attributes }]) => {
      const updatedAt = new Date(attributes.updated ?? Number.NaN)
      const isDate = !Number.isNaN(updatedAt.getTime())
      return [email, { id, updatedAt: isDate ? updatedAt : null, properties: attributes.properties ?? {} }]
    }),
  )
}

/** Profiles by the address as given; only these fields are asked for. */
async function readByEmail<T extends typeof profile>(
  client: KlaviyoClient,
  asked: { emails: readonly string[]; fields: readonly string[]; schema: T; signal: AbortSignal },
): Promise<ReadonlyMap<string, z.infer<T>>> {
  const { emails, fields, schema, signal } = asked
  const found = new Map<string, z.infer<T>>()
  // One malformed address makes Klaviyo refuse the whole filter.
  for (const filter of anyFilters('email', emails.filter(isEmail))) {
    const query = { filter, 'fields[profile]': fields.join(','), 'page[size]': '100' }
    for await (const page of client.readPages(OPERATIONS.findProfiles, schema, { query, signal })) {
      for (const one of page) {
        if (typeof one.attributes.email === 'string') found.set(normalizeEmail(one.attributes.email), one)
      }
    }
  }
  return new Map(
    emails.flatMap((email) => {
      const one = found.get(normalizeEmail(email))
      return one === undefined ? [] : [[email, one] as const]
    }),
  )
}
