import { type ApiError, invalid } from './errors.ts'
import { MAX_PROFILE_BYTES } from './limits.ts'

/** A profile as a request writes it, after `parseProfile` found nothing wrong. */
export interface ProfileResource {
  readonly id?: string | null
  readonly attributes: {
    readonly email?: string | null
    readonly phone_number?: string | null
    readonly external_id?: string | null
    readonly properties?: Record<string, unknown> | null
    readonly [name: string]: unknown
  }
  readonly meta?: { readonly patch_properties?: PatchProperties }
}

/** `meta.patch_properties`: what a plain merge cannot say. */
export interface PatchProperties {
  readonly append?: Readonly<Record<string, unknown>> | null
  readonly unappend?: Readonly<Record<string, unknown>> | null
  readonly unset?: string | readonly string[] | null
}

/** Attributes that hold text or null; what create, upsert and import accept. */
export const TEXT_ATTRIBUTES = [
  'phone_number',
  'external_id',
  'first_name',
  'last_name',
  'organization',
  'locale',
  'title',
  'image',
] as const

const KNOWN = new Set<string>(['email', ...TEXT_ATTRIBUTES, '_kx', 'location', 'properties'])
const LOCATION = new Set('address1,address2,city,country,latitude,longitude,region,zip,timezone,ip'.split(','))

/** ASCII, dotted domain, no empty label: stricter than Klaviyo may be, and never laxer. UNVERIFIED in detail. */
const EMAIL =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i
const PHONE = /^\+[1-9]\d{6,14}$/

/** Which profile a request may describe. */
export interface ProfileRules {
  /** PATCH names the profile in its address and needs no other identifier. */
  readonly identifierNeeded: boolean
  /** `_kx` is known to upserts and imports only. */
  readonly exchangeId: boolean
}

/**
 * The profile resource when nothing is wrong with it, otherwise everything that is; pointers begin after the
 * resource's own place (`/attributes/email`). Written by hand: a job brings ten thousand of them.
 */
export function parseProfile(resource: unknown, rules: ProfileRules): ProfileResource | readonly ApiError[] {
  const errors = checkProfile(resource, rules)
  return errors.length > 0 ? errors : (resource as ProfileResource)
}

function checkProfile(resource: unknown, rules: ProfileRules): readonly ApiError[] {
  if (!isObject(resource)) return [invalid('Expected a profile resource object.', '')]
  const errors: ApiError[] = []
  for (const name of Object.keys(resource)) {
    if (name === 'type' || name === 'id' || name === 'attributes' || name === 'meta') continue
    errors.push(unknownField(name, `/${name}`))
  }
  if (resource['type'] !== 'profile') errors.push(invalid("The resource type must be 'profile'.", '/type'))
  if (!isText(resource['id'])) errors.push(invalid('id must be a string.', '/id'))
  const attributes = resource['attributes']
  if (!isObject(attributes)) return [...errors, invalid("The 'attributes' field is required.", '/attributes')]
  checkAttributes(attributes, rules, errors)
  const { email, phone_number, external_id, _kx } = attributes
  if (rules.identifierNeeded && !email && !phone_number && !external_id && !_kx && !resource['id']) {
    errors.push(invalid('One of email, phone_number, external_id or id is required.', '/attributes'))
  }
  if (resource['meta'] !== undefined) checkMeta(resource['meta'], errors)
  return errors
}

function checkAttributes(attributes: Record<string, unknown>, rules: ProfileRules, errors: ApiError[]): void {
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    const pointer = `/attributes/${name}`
    if (!KNOWN.has(name) || (name === '_kx' && !rules.exchangeId)) {
      errors.push(unknownField(name, pointer))
    } else if (name === 'properties') {
      if (value !== null && !isObject(value)) errors.push(invalid('properties must be an object.', pointer))
    } else if (name === 'location') {
      checkLocation(value, errors)
    } else if (!isText(value)) {
      errors.push(invalid(`${name} must be a string.`, pointer))
    } else if (name === 'email' && typeof value === 'string' && !isEmail(value)) {
      errors.push(invalid('Invalid email address', pointer))
    }
  }
}

function checkLocation(location: unknown, errors: ApiError[]): void {
  if (location === null) return
  if (!isObject(location)) return void errors.push(invalid('location must be an object.', '/attributes/location'))
  for (const [name, value] of Object.entries(location)) {
    const pointer = `/attributes/location/${name}`
    const numeric = name === 'latitude' || name === 'longitude'
    if (!LOCATION.has(name)) errors.push(unknownField(name, pointer))
    else if (!isText(value) && !(numeric && typeof value === 'number')) {
      errors.push(invalid(`${name} must be a string.`, pointer))
    }
  }
}

function checkMeta(meta: unknown, errors: ApiError[]): void {
  if (!isObject(meta)) return void errors.push(invalid('meta must be an object.', '/meta'))
  for (const name of Object.keys(meta)) {
    if (name !== 'patch_properties') errors.push(unknownField(name, `/meta/${name}`))
  }
  const patch = meta['patch_properties']
  if (patch === undefined) return
  if (!isObject(patch))
    return void errors.push(invalid('patch_properties must be an object.', '/meta/patch_properties'))
  for (const [name, value] of Object.entries(patch)) {
    const pointer = `/meta/patch_properties/${name}`
    if (name === 'unset') {
      const texts = Array.isArray(value) && value.every((one) => typeof one === 'string')
      if (!texts && !isText(value)) errors.push(invalid('unset must be a string or a list of strings.', pointer))
    } else if (name !== 'append' && name !== 'unappend') {
      errors.push(unknownField(name, pointer))
    } else if (value !== null && !isObject(value)) {
      errors.push(invalid(`${name} must be an object.`, pointer))
    }
  }
}

/** Whether a profile, written as JSON, is over its allowed size. */
export function isOversized(resource: object): boolean {
  return Buffer.byteLength(JSON.stringify(resource)) > MAX_PROFILE_BYTES
}

/** Whether a telephone number has the E.164 form. */
export function isPhoneNumber(text: string): boolean {
  return PHONE.test(text)
}

/** A JSON object: not null, not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmail(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text)
}

function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string'
}

function unknownField(name: string, pointer: string): ApiError {
  return invalid(`'${name}' is not a valid field for the resource 'profile'.`, pointer)
}
