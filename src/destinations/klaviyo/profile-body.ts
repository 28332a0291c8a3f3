import { isEmail } from '../../core/customers/email.ts'
import type { ProfileRefusal, ProfileUpdate } from '../../core/profiles/profile.ts'
import { MAX_PROFILE_BYTES } from './limits.ts'

/**
 * One profile as Klaviyo takes it, alone or in an import job: e-mail and properties, nothing else. Values go into
 * `properties`; cleared ones into `meta.patch_properties.unset`, since an import job is said not to take null.
 */
export function toProfileBody({ email, properties }: ProfileUpdate): object {
  const kept = Object.entries(properties).filter(([, value]) => value !== null)
  const unset = Object.keys(properties).filter((name) => properties[name] === null)
  return {
    type: 'profile',
    attributes: { email, ...(kept.length > 0 ? { properties: Object.fromEntries(kept) } : {}) },
    ...(unset.length > 0 ? { meta: { patch_properties: { unset } } } : {}),
  }
}

/** Bytes of a profile in an import job, with the comma behind it. */
export function sizeOfProfile(update: ProfileUpdate): number {
  return Buffer.byteLength(JSON.stringify(toProfileBody(update))) + 1
}

/** Why a profile is not sent at all, or null: any of these would make Klaviyo refuse the whole job it is in. */
export function refuseUnsent(update: ProfileUpdate, body: string, index: number): ProfileRefusal | null {
  if (!isEmail(update.email)) {
    return { index, code: 'invalid_email', reason: 'the address does not have the shape of an e-mail address' }
  }
  const broken = Object.entries(update.properties).find(
    ([, value]) => typeof value === 'number' && !Number.isFinite(value),
  )
  if (broken !== undefined) {
    return { index, code: 'invalid_value', reason: `the property ${broken[0]} is a number that is not finite` }
  }
  const bytes = Buffer.byteLength(body)
  if (bytes > MAX_PROFILE_BYTES) {
    return { index, code: 'too_large', reason: `the profile takes ${bytes} bytes; Klaviyo accepts 100 KB` }
  }
  return null
}
