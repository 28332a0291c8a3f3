import type { Answer, Call, Handler } from './answer.ts'
import { type ApiError, duplicateProfile, invalid, notFound, refuse, tooLarge } from './errors.ts'
import type { OperationId } from './limits.ts'
import { MAX_PROFILE_BYTES } from './limits.ts'
import { cutPage, type Listing, listPage } from './paging.ts'
import { isObject, isPhoneNumber, type ProfileResource, type ProfileRules, parseProfile } from './profile-checks.ts'
import { toProfileResource } from './profile-document.ts'
import type { StoredProfile } from './profile-store.ts'
import { findTarget, writeProfile } from './profile-write.ts'
import { toSegmentResource } from './segment-document.ts'
import type { World } from './world.ts'

/** Reading profiles, and writing them one at a time. */
export function createProfileHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const { profiles } = world
  const listing: Listing<StoredProfile> = {
    idOf: profiles.idOf,
    valueOf: (profile, field) => profileValue(world, profile, field),
  }
  const withProfile = (call: Call, use: (profile: StoredProfile) => Answer): Answer => {
    const profile = profiles.byId(call.params['id'] ?? '')
    return profile === undefined ? refuse(noProfile(call.params['id'])) : use(profile)
  }
  const answerWith = (status: number, profile: StoredProfile, call: Call): Answer => {
    return { status, document: { data: toProfileResource(world, profile, call), links: { self: call.self } } }
  }

  return {
    get_profiles(call) {
      const page = listPage(candidates(world, call), lowerEmails(call), listing)
      if ('status' in page) return page
      const data = page.items.map((profile) => toProfileResource(world, profile, call))
      return {
        status: 200,
        document: { data, links: page.links, ...(call.query.include.length > 0 && { included: [] }) },
      }
    },
    get_profile: (call) =>
      withProfile(call, (profile) => {
        const answer = answerWith(200, profile, call)
        if (call.query.include.length === 0) return answer
        const segments = call.query.include.includes('segments') ? world.segments.segmentsOf(profile.sequence) : []
        const included = segments.map((segment) => toSegmentResource(world, segment, call))
        return { status: 200, document: { ...answer.document, included } }
      }),
    get_segments_for_profile: (call) =>
      withProfile(call, ({ sequence }) => {
        const data = world.segments.segmentsOf(sequence).map((segment) => toSegmentResource(world, segment, call))
        return { status: 200, document: { data, links: { self: call.self } } }
      }),
    get_segment_ids_for_profile: (call) =>
      withProfile(call, ({ sequence }) => {
        const data = world.segments.segmentsOf(sequence).map(({ id }) => ({ type: 'segment', id }))
        return { status: 200, document: { data, links: { self: call.self } } }
      }),
    create_profile(call) {
      const resource = readProfile(call, { identifierNeeded: true, exchangeId: false })
      if ('status' in resource) return resource
      const [owner] = profiles.owners(resource.attributes)
      if (owner !== undefined) return refuse(duplicateProfile(profiles.idOf(owner)))
      return answerWith(201, save(world, null, resource), call)
    },
    update_profile: (call) =>
      withProfile(call, (profile) => {
        const resource = readProfile(call, { identifierNeeded: false, exchangeId: false })
        if ('status' in resource) return resource
        if (resource.id !== call.params['id']) return refuse(invalid('id must be the id in the address.', '/data/id'))
        const target = findTarget(profiles, resource)
        if (target.kind === 'conflict') return refuse(duplicateProfile(profiles.idOf(target.owner)))
        return answerWith(200, save(world, profile, resource), call)
      }),
    create_or_update_profile(call) {
      const resource = readProfile(call, { identifierNeeded: true, exchangeId: true })
      if ('status' in resource) return resource
      const target = findTarget(profiles, resource)
      if (target.kind === 'unknown-id') return refuse(noProfile(resource.id ?? ''))
      if (target.kind === 'conflict') return refuse(duplicateProfile(profiles.idOf(target.owner)))
      const existing = target.kind === 'existing' ? target.profile : null
      return answerWith(existing === null ? 201 : 200, save(world, existing, resource), call)
    },
  }
}

/** Answers a page of profiles found elsewhere, such as those of an import job. */
export function answerProfiles(world: World, items: readonly StoredProfile[], call: Call, idsOnly: boolean): Answer {
  const page = cutPage(items, call, world.profiles.idOf)
  if ('status' in page) return page
  const data = page.items.map((profile) =>
    idsOnly ? { type: 'profile', id: world.profiles.idOf(profile) } : toProfileResource(world, profile, call),
  )
  return { status: 200, document: { data, links: page.links } }
}

/** A value that filters and sorts look at; null when the profile has none. */
export function profileValue(world: World, profile: StoredProfile, field: string): string | number | null {
  if (field === 'id' || field === 'profile_id') return world.profiles.idOf(profile)
  if (field === 'email') return profile.email
  if (field === 'created') return profile.createdAtMs
  if (field === 'updated') return profile.updatedAtMs
  if (field === 'phone_number') return profile.personal?.phone_number ?? null
  return field === 'external_id' ? (profile.personal?.external_id ?? null) : null
}

/** The call with the addresses of its filter in lower case: Klaviyo compares them without regard to it. */
export function lowerEmails(call: Call): Call {
  const lower = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : String(value))
  const filters = call.query.filters.map((filter) => {
    if (filter.field !== 'email') return filter
    const { value } = filter
    return { ...filter, value: typeof value === 'object' ? value.map(lower) : lower(value) }
  })
  return { ...call, query: { ...call.query, filters } }
}

/** Looking up by e-mail or id must not read all profiles. */
function candidates(world: World, call: Call): readonly StoredProfile[] {
  const filter = call.query.filters.find(({ field }) => field === 'email' || field === 'id')
  if (filter === undefined) return world.profiles.all.filter(({ deleted }) => !deleted)
  const keys = (typeof filter.value === 'object' ? filter.value : [filter.value]).map(String)
  const found = keys.map((key) => (filter.field === 'id' ? world.profiles.byId(key) : world.profiles.byEmail(key)))
  return [...new Set(found.filter((profile) => profile !== undefined))].sort((a, b) => a.sequence - b.sequence)
}

function readProfile(call: Call, rules: ProfileRules): ProfileResource | Answer {
  const data = isObject(call.body) ? call.body['data'] : undefined
  if (call.bodyBytes > MAX_PROFILE_BYTES) return refuse(tooLarge('The maximum allowed payload size is 100KB.'))
  const resource = parseProfile(data, rules)
  if (!('attributes' in resource))
    return refuse(...resource.map((error) => ({ ...error, pointer: `/data${error.pointer}` })))
  const phone = resource.attributes.phone_number
  if (typeof phone === 'string' && !isPhoneNumber(phone)) {
    const detail = 'Invalid phone number format (Example of a valid format: +12345678901)'
    return refuse(invalid(detail, '/data/attributes/phone_number'))
  }
  return resource
}

function save(world: World, existing: StoredProfile | null, resource: ProfileResource): StoredProfile {
  const nowMs = world.clock.now()
  const profile = existing ?? world.profiles.create(nowMs)
  writeProfile(world.profiles, profile, resource, 'clear', nowMs)
  world.segments.profileChanged(profile.sequence)
  return profile
}

function noProfile(id: string | undefined): ApiError {
  return notFound(`A profile with id ${id} does not exist.`)
}
