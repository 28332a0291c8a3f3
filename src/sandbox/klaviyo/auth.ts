import { type ApiError, invalid } from './errors.ts'

/** What a key may do. */
export type Scopes = readonly string[] | 'all'

/** Who is calling, or why nobody is let in. */
export type Identity = { readonly scopes: Scopes } | { readonly refused: ApiError }

/**
 * Reads `Authorization: Klaviyo-API-Key pk_…` or `Bearer …`. Without a list of keys every `pk_…` key and every token
 * is good, except one that contains `wrong`.
 */
export function identify(header: string | undefined, keys: Readonly<Record<string, Scopes>> | null): Identity {
  const [, scheme, key = ''] = /^(Klaviyo-API-Key|Bearer)\s+(\S+)\s*$/i.exec(header ?? '') ?? []
  if (scheme === undefined) return { refused: notAuthenticated() }
  const shaped = scheme.toLowerCase() === 'bearer' || key.startsWith('pk_')
  const scopes = keys === null ? (key.includes('wrong') ? undefined : 'all') : keys[key]
  return shaped && scopes !== undefined ? { scopes } : { refused: authenticationFailed() }
}

/** The first missing scope as a 403, or null. */
export function checkScopes(scopes: Scopes, needed: readonly string[]): ApiError | null {
  if (scopes === 'all' || needed.every((scope) => scopes.includes(scope))) return null
  return {
    status: 403,
    code: 'permission_denied',
    title: 'You do not have permission to perform this action.',
    detail: `Your API key is missing a required scope: ${needed.filter((scope) => !scopes.includes(scope)).join(', ')}.`,
  }
}

/** The revision whose document the sandbox follows; later ones are taken for it, earlier ones are refused. */
const REVISION = '2026-07-15'

/** Checks the `revision` header: required, `YYYY-MM-DD` with an optional suffix. */
export function checkRevision(header: string | undefined): ApiError | null {
  if (header === undefined) return invalid("The 'revision' header is required.")
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:\.[\w-]+)?$/.exec(header) ?? []
  if (day === undefined) return invalid("The 'revision' header must have the form YYYY-MM-DD.")
  return day < REVISION ? invalid(`This sandbox plays revision ${REVISION} and not an earlier one.`) : null
}

/** 401 as recorded for a wrong key. */
export function authenticationFailed(): ApiError {
  const text = 'Incorrect authentication credentials.'
  return { status: 401, code: 'authentication_failed', title: text, detail: text }
}

function notAuthenticated(): ApiError {
  const title = 'Authentication credentials were not provided.'
  const detail = 'Missing or invalid authorization scheme. Please use Klaviyo-API-Key.'
  return { status: 401, code: 'not_authenticated', title, detail }
}
