import { createPack, NO_PROPERTIES, type PackedProperties, unpack } from './packed-properties.ts'
import { decodeSequence, encodeProfileId } from './profile-id.ts'

/** Attributes that an AOV sync never sends; kept apart so that a plain profile stays small. */
export interface PersonalFields {
  phone_number?: string | null
  external_id?: string | null
  first_name?: string | null
  last_name?: string | null
  organization?: string | null
  locale?: string | null
  title?: string | null
  image?: string | null
  location?: Readonly<Record<string, unknown>> | null
}

/** A profile as stored; its id is made from `sequence` and `createdAtMs` when it is asked for. */
export interface StoredProfile {
  readonly sequence: number
  readonly createdAtMs: number
  updatedAtMs: number
  /** Lower case. */
  email: string | null
  packed: PackedProperties
  personal: PersonalFields | null
  /** Its place stays, empty: profiles are known by their place. */
  deleted: boolean
}

/** How a profile may be found again. */
interface Identifiers {
  readonly id?: string | null | undefined
  readonly email?: string | null | undefined
  readonly phone_number?: string | null | undefined
  readonly external_id?: string | null | undefined
}

/** All profiles of the account, in the order of their creation. */
export interface ProfileStore {
  /** Deleted ones among them. */
  readonly all: readonly StoredProfile[]
  idOf(profile: StoredProfile): string
  byId(id: string): StoredProfile | undefined
  byEmail(email: string): StoredProfile | undefined
  /** Every different profile that one of the identifiers (without `id`) belongs to. */
  owners(identifiers: Identifiers): readonly StoredProfile[]
  create(nowMs: number): StoredProfile
  /** Custom properties, as an object of the caller's own. */
  propertiesOf(profile: StoredProfile): Record<string, unknown>
  setProperties(profile: StoredProfile, properties: Readonly<Record<string, unknown>>): void
  /** Changes an identifier and the index of it. */
  setEmail(profile: StoredProfile, email: string | null): void
  setPersonal(profile: StoredProfile, fields: PersonalFields): void
  /** Takes away everything; nobody finds it any more. */
  remove(profile: StoredProfile): void
}

/** An empty account. */
export function createProfileStore(): ProfileStore {
  const all: StoredProfile[] = []
  const byEmail = new Map<string, StoredProfile>()
  const byPhone = new Map<string, StoredProfile>()
  const byExternalId = new Map<string, StoredProfile>()
  const pack = createPack()

  function reindex(
    index: Map<string, StoredProfile>,
    profile: StoredProfile,
    from: string | null | undefined,
    to: string | null | undefined,
  ): void {
    if (from != null && index.get(from) === profile) index.delete(from)
    if (to != null) index.set(to, profile)
  }

  return {
    all,
    idOf: (profile) => encodeProfileId(profile.createdAtMs, profile.sequence),
    byId(id) {
      const profile = all[decodeSequence(id) ?? -1]
      return profile?.deleted === false && encodeProfileId(profile.createdAtMs, profile.sequence) === id
        ? profile
        : undefined
    },
    byEmail: (email) => byEmail.get(email.toLowerCase()),
    owners({ email, phone_number, external_id }) {
      const found = [
        external_id == null ? undefined : byExternalId.get(external_id),
        email == null ? undefined : byEmail.get(email.toLowerCase()),
        phone_number == null ? undefined : byPhone.get(phone_number),
      ]
      return [...new Set(found.filter((profile) => profile !== undefined))]
    },
    create(nowMs) {
      const profile: StoredProfile = {
        sequence: all.length,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        email: null,
        packed: NO_PROPERTIES,
        personal: null,
        deleted: false,
      }
      all.push(profile)
      return profile
    },
    propertiesOf: ({ packed }) => unpack(packed),
    setProperties(profile, properties) {
      profile.packed = pack(properties)
    },
    setEmail(profile, email) {
      const lower = email === null ? null : email.toLowerCase()
      if (lower === profile.email) return
      reindex(byEmail, profile, profile.email, lower)
      profile.email = lower
    },
    setPersonal(profile, fields) {
      const before = profile.personal
      profile.personal = { ...before, ...fields }
      reindex(byPhone, profile, before?.phone_number, profile.personal.phone_number)
      reindex(byExternalId, profile, before?.external_id, profile.personal.external_id)
    },
    remove(profile) {
      reindex(byEmail, profile, profile.email, null)
      reindex(byPhone, profile, profile.personal?.phone_number, null)
      reindex(byExternalId, profile, profile.personal?.external_id, null)
      profile.email = null
      profile.personal = null
      profile.packed = NO_PROPERTIES
      profile.deleted = true
    },
  }
}
