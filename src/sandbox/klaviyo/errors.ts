import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Answer } from './answer.ts'

/** One complaint, before it is dressed as a JSON:API error object. Pointers start at `/data`. */
export interface ApiError {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly pointer?: string
  readonly parameter?: string
  readonly links?: Readonly<Record<string, string>>
  readonly meta?: Readonly<Record<string, unknown>>
}

/** Recorded answers carry `links` and `meta` on these statuses only. */
const BARE = new Set([401, 403, 404])

/** The answer for one or several complaints; its status is the first one's. */
export function refuse(...errors: readonly ApiError[]): Answer {
  return { status: errors[0]?.status ?? 400, document: { errors: errors.map(toErrorObject) } }
}

function toErrorObject(error: ApiError): object {
  const { status, code, title, detail, pointer, parameter, links = {}, meta = {} } = error
  const source = parameter === undefined ? { pointer: pointer ?? '/data/' } : { parameter }
  const object = { id: randomUUID(), status, code, title, detail, source }
  return BARE.has(status) ? object : { ...object, links, meta }
}

/** 400 about a place in the body. */
export function invalid(detail: string, pointer = '/data'): ApiError {
  return { status: 400, code: 'invalid', title: 'Invalid input.', detail, pointer }
}

/** 400 about a query parameter. */
export function invalidParameter(detail: string, parameter: string): ApiError {
  return { status: 400, code: 'invalid', title: 'Invalid input.', detail, parameter }
}

/** 404 in the recorded words. */
export function notFound(detail: string): ApiError {
  return { status: 404, code: 'not_found', title: 'Not found.', detail }
}

/** 409: the identifiers of a profile are taken; `meta.duplicate_profile_id` names the owner. */
export function duplicateProfile(profileId: string, pointer = '/data/attributes'): ApiError {
  return {
    status: 409,
    code: 'duplicate_profile',
    title: 'Conflict.',
    detail: 'A profile already exists with one of these identifiers.',
    pointer,
    meta: { duplicate_profile_id: profileId },
  }
}

/** 413: the request or one profile in it is over its size. */
export function tooLarge(detail: string, pointer = '/data'): ApiError {
  return { status: 413, code: 'request_entity_too_large', title: 'Payload too large.', detail, pointer }
}

/** 429 in the recorded words; the seconds also go into `retry-after`. */
export function throttled(seconds: number): ApiError {
  return {
    status: 429,
    code: 'throttled',
    title: 'Request was throttled.',
    detail: `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? '' : 's'}.`,
    pointer: '/data',
    links: { type: 'https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits' },
  }
}

/** What zod found wrong with a body, each with its JSON pointer. */
export function toErrors(error: z.ZodError): readonly ApiError[] {
  return error.issues.map(({ path, message }) => invalid(message, `/${path.join('/')}`))
}

/** 404 in the recorded words. */
export function noSegment(id: string | undefined): ApiError {
  return notFound(`A segment with id \`${id}\` does not exist.`)
}
