import type { PatchProperties, ProfileResource } from './profile-checks.ts'
import { isPhoneNumber, TEXT_ATTRIBUTES } from './profile-checks.ts'
import type { PersonalFields, ProfileStore, StoredProfile } from './profile-store.ts'

/** Whose profile a resource means. */
export type Target =
  | { readonly kind: 'existing'; readonly profile: StoredProfile }
  | { readonly kind: 'new' }
  /** `id` names nobody. */
  | { readonly kind: 'unknown-id' }
  /** The identifiers belong to different profiles. */
  | { readonly kind: 'conflict'; readonly owner: StoredProfile }

/** Finds the profile to write to: `id` wins and lets the other identifiers change; otherwise they must agree. */
export function findTarget(store: ProfileStore, { id, attributes }: ProfileResource): Target {
  const owners = store.owners(attributes)
  if (typeof id === 'string') {
    const profile = store.byId(id)
    if (profile === undefined) return { kind: 'unknown-id' }
    const other = owners.find((owner) => owner !== profile)
    return other === undefined ? { kind: 'existing', profile } : { kind: 'conflict', owner: other }
  }
  const [first, second] = owners
  if (second !== undefined) return { kind: 'conflict', owner: second }
  return first === undefined ? { kind: 'new' } : { kind: 'existing', profile: first }
}

/** How nulls among the custom properties are taken. */
export type NullRule = 'clear' | 'ignore'

/**
 * Writes a checked resource into a profile: custom properties merge by key, an absent attribute is left alone, null
 * clears it, a telephone number that is not E.164 is dropped without a word. The resource's objects are taken over.
 */
export function writeProfile(
  store: ProfileStore,
  profile: StoredProfile,
  resource: ProfileResource,
  nulls: NullRule,
  nowMs: number,
): void {
  const { attributes, meta } = resource
  if (attributes.email !== undefined) store.setEmail(profile, attributes.email)
  const personal = toPersonal(attributes)
  if (personal !== null) store.setPersonal(profile, personal)
  if (attributes.properties != null) {
    profile.properties = mergeProperties(profile.properties, attributes.properties, nulls)
  }
  if (meta?.patch_properties != null) {
    profile.properties = patchProperties(profile.properties, meta.patch_properties)
  }
  profile.updatedAtMs = nowMs
}

function toPersonal(attributes: ProfileResource['attributes']): PersonalFields | null {
  const given = [...TEXT_ATTRIBUTES, 'location' as const].filter((name) => attributes[name] !== undefined)
  const kept = given.filter((name) => {
    const value = attributes[name]
    return name !== 'phone_number' || typeof value !== 'string' || isPhoneNumber(value)
  })
  return kept.length === 0 ? null : Object.fromEntries(kept.map((name) => [name, attributes[name]]))
}

/** `current` with `incoming` laid over it by key. Reuses `incoming` when there is nothing to merge with. */
export function mergeProperties(
  current: Record<string, unknown>,
  incoming: Record<string, unknown>,
  nulls: NullRule,
): Record<string, unknown> {
  let hasNull = false
  for (const name in incoming) if (incoming[name] === null) hasNull = true
  if (!hasNull) {
    for (const _name in current) return Object.assign(current, incoming)
    return incoming
  }
  const kept = nulls === 'clear' ? without(current, (name) => incoming[name] === null) : current
  return { ...kept, ...without(incoming, (name) => incoming[name] === null) }
}

/** Applies `append`, `unappend` and `unset`, in this order. */
export function patchProperties(current: Record<string, unknown>, patch: PatchProperties): Record<string, unknown> {
  let properties = current
  for (const [name, value] of Object.entries(patch.append ?? {})) {
    properties = { ...properties, [name]: [...toList(properties[name]), ...toList(value)] }
  }
  for (const [name, value] of Object.entries(patch.unappend ?? {})) {
    const gone = toList(value)
    properties = { ...properties, [name]: toList(properties[name]).filter((one) => !gone.includes(one)) }
  }
  const unset = new Set(toList(patch.unset))
  return unset.size === 0 ? properties : without(properties, (name) => unset.has(name))
}

/** Rebuilt instead of deleted from: V8 turns an object that lost a key into a slow and large one. */
function without(properties: Record<string, unknown>, gone: (name: string) => boolean): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name in properties) if (!gone(name)) kept[name] = properties[name]
  return kept
}

function toList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
