import { type Call, pickFields, toRelationship } from './answer.ts'
import { toWireInstant } from './clock.ts'
import { toPredictiveAnalytics } from './predictive.ts'
import type { StoredProfile } from './profile-store.ts'
import type { World } from './world.ts'

const NOWHERE = {
  address1: null,
  address2: null,
  city: null,
  country: null,
  latitude: null,
  longitude: null,
  region: null,
  zip: null,
  timezone: null,
  ip: null,
}
const NEVER_ASKED = { consent: 'NEVER_SUBSCRIBED', consent_timestamp: null }

/** A profile as a JSON:API resource, with what the call asks for. `joinedAtMs` is for members of a segment. */
export function toProfileResource(world: World, profile: StoredProfile, call: Call, joinedAtMs?: number): object {
  const id = world.profiles.idOf(profile)
  const fields = call.query.fields['profile']
  const attributes: Record<string, unknown> = {
    email: profile.email,
    phone_number: null,
    external_id: null,
    first_name: null,
    last_name: null,
    organization: null,
    locale: null,
    title: null,
    image: null,
    created: toWireInstant(profile.createdAtMs),
    updated: toWireInstant(profile.updatedAtMs),
    last_event_date: null,
    ...profile.personal,
    location: { ...NOWHERE, ...profile.personal?.location },
    // Recorded: Klaviyo adds this one to profiles that came in through its API.
    properties: { ...world.profiles.propertiesOf(profile), company_id: world.settings.account.id },
  }
  if (joinedAtMs !== undefined) attributes['joined_group_at'] = toWireInstant(joinedAtMs)
  if (call.query.additional.includes('subscriptions')) attributes['subscriptions'] = toSubscriptions(profile)
  if (call.query.additional.includes('predictive_analytics')) {
    attributes['predictive_analytics'] = toPredictiveAnalytics(world.predictive.get(profile.email ?? ''))
  }
  const resource = {
    type: 'profile',
    id,
    attributes: pickFields(attributes, fields),
    links: { self: `${call.origin}/api/profiles/${id}/` },
  }
  // Sparse fieldsets drop relationships too.
  return fields === undefined ? { ...resource, relationships: toRelationships(world, profile, call, id) } : resource
}

function toRelationships(world: World, profile: StoredProfile, call: Call, id: string): object {
  const relate = (name: string) => {
    const data = call.query.include.includes(name) ? relatedIds(world, profile, name) : undefined
    return toRelationship(call.origin, 'profiles', id, name, data)
  }
  return {
    lists: relate('lists'),
    segments: relate('segments'),
    'push-tokens': relate('push-tokens'),
    conversations: relate('conversations'),
  }
}

function relatedIds(world: World, profile: StoredProfile, name: string): object[] {
  if (name !== 'segments') return []
  return world.segments.segmentsOf(profile.sequence).map(({ id }) => ({ type: 'segment', id }))
}

function toSubscriptions(profile: StoredProfile): object {
  return {
    email: {
      marketing: {
        ...NEVER_ASKED,
        can_receive_email_marketing: profile.email !== null,
        last_updated: null,
        method: null,
        method_detail: null,
        custom_method_detail: null,
        double_optin: null,
        suppression: [],
        list_suppressions: [],
      },
    },
    sms: { marketing: { ...NEVER_ASKED, can_receive_sms_marketing: false, method: null, last_updated: null } },
    mobile_push: { marketing: { ...NEVER_ASKED, can_receive_push_marketing: false } },
  }
}
