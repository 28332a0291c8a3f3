import type { Handler } from './answer.ts'
import { type ApiError, invalid, notFound, refuse } from './errors.ts'
import type { OperationId } from './limits.ts'
import { isObject } from './profile-checks.ts'
import type { World } from './world.ts'

const IDENTIFIERS = ['id', 'email', 'phone_number'] as const

/**
 * Deleting everything about a person: accepted at once, done later, and never told of. UNVERIFIED how much later; here
 * it takes as long as an import waits.
 */
export function createPrivacyHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const { profiles, segments, clock, settings } = world
  return {
    request_profile_deletion({ body }) {
      const named = readIdentifier(body)
      if ('status' in named) return refuse(named)
      const { name, value } = named
      const owner = name === 'id' ? profiles.byId(value) : profiles.owners({ [name]: value })[0]
      if (owner === undefined) return refuse(notFound('A profile with this identifier does not exist.'))
      clock.after(settings.importQueueDelayMs, () => {
        profiles.remove(owner)
        segments.profileChanged(owner.sequence)
      })
      return { status: 202, document: null }
    },
  }
}

function readIdentifier(body: unknown): { name: (typeof IDENTIFIERS)[number]; value: string } | ApiError {
  const job = part(body, 'data')
  if (job?.['type'] !== 'data-privacy-deletion-job') {
    return invalid("The resource type must be 'data-privacy-deletion-job'.", '/data/type')
  }
  const profile = part(part(part(job, 'attributes'), 'profile'), 'data')
  const pointer = '/data/attributes/profile/data'
  const attributes = part(profile, 'attributes')
  if (profile?.['type'] !== 'profile' || attributes === undefined) {
    return invalid('Expected a profile resource object with attributes.', pointer)
  }
  const given = { ...attributes, id: profile['id'] }
  const named = IDENTIFIERS.flatMap((name) => {
    const value: unknown = Reflect.get(given, name)
    return typeof value === 'string' && value !== '' ? [{ name, value }] : []
  })
  const [only] = named
  if (only !== undefined && named.length === 1) return only
  return invalid('Exactly one of id, email and phone_number is expected.', pointer)
}

function part(value: unknown, name: string): Record<string, unknown> | undefined {
  const found = isObject(value) ? value[name] : undefined
  return isObject(found) ? found : undefined
}
