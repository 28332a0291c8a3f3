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
 * clears it, a telephone number that is not E.164 is dropped without a word.
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
  const merged = mergeProperties(store.propertiesOf(profile), attributes.properties ?? {}, nulls)
  store.setProperties(profile, patchProperties(merged, meta?.patch_properties ?? {}))
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

/** `current` with `incoming` laid over it by key. */
function mergeProperties(
  current: Readonly<Record<string, unknown>>,
  incoming: Readonly<Record<string, unknown>>,
  nulls: NullRule,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...current }
  for (const [name, value] of Object.entries(incoming)) {
    if (value !== null) merged[name] = value
    else if (nulls === 'clear') delete merged[name]
  }
  return merged
}

/** Applies `append`, `unappend` and `unset`, in this order. */
function patchProperties(current: Readonly<Record<string, unknown>>, patch: PatchProperties): Record<string, unknown> {
  const properties: Record<string, unknown> = { ...current }
  for (const [name, value] of Object.entries(patch.append ?? {})) {
    properties[name] = [...toList(properties[name]), ...toList(value)]
  }
  for (const [name, value] of Object.entries(patch.unappend ?? {})) {
    const gone = toList(value)
    properties[name] = toList(properties[name]).filter((one) => !gone.includes(one))
  }
  for (const name of toList(patch.unset)) delete properties[String(name)]
  return properties
}

function toList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
