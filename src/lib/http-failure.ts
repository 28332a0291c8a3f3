import {
  AuthError,
  type ErrorContext,
  RateLimitedError,
  type RemoteComplaint,
  RemoteRejectedError,
  RemoteUnavailableError,
  type ScontrinoError,
} from '../core/errors.ts'
import { parseRetryAfterMs } from './retry-timing.ts'

/** What a request was for, in words that may appear in messages and logs. */
export interface Asked {
  /** `creating a Klaviyo segment`. */
  readonly what: string
  readonly method: string
  /** `https://a.klaviyo.com`: told where nobody, or perhaps somebody else, answered. */
  readonly origin: string
  /** Without the query, which may hold addresses. */
  readonly path: string
  /** What the credentials must allow, for the message of a refusal: `segments:write`. */
  readonly needs: string | undefined
}

/** An answer whose body has been read: `body` is parsed JSON when `isJson`, else undefined. */
export interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly isJson: boolean
  readonly body: unknown
}

/** Reads a vendor's error body; answers [] for what it does not know and never throws. */
export type ComplaintParser = (body: unknown) => readonly RemoteComplaint[]

/** Taken when a 429 says no usable time, so that the retry is not lost with it. */
const DEFAULT_DELAY_MS = 10_000

/** The error an HTTP answer stands for (design: errors by whether repeating helps), or null for 2xx. */
export function toFailure(
  asked: Asked,
  answer: Answer,
  parseComplaints: ComplaintParser,
  nowMs: number,
): ScontrinoError | null {
  const { status } = answer
  if (status >= 200 && status < 300) return null
  const complaints = answer.isJson ? parseComplaints(answer.body) : []
  const codes = [...new Set(complaints.map((complaint) => complaint.code))].filter((code) =>
    /^[\w.-]{1,60}$/.test(code),
  )
  const answered = `answered ${status}${codes.length > 0 ? ` (${codes.join(', ')})` : ''}`
  const message = `${describe(asked)} ${answered}`
  const context = contextOf(asked, { status })

  if (status === 429 || (status === 503 && answer.retryAfter !== undefined)) {
    const delayMs = parseRetryAfterMs(answer.retryAfter ?? '', nowMs) ?? DEFAULT_DELAY_MS
    return new RateLimitedError(message, delayMs, context)
  }
  if (status === 401) return new AuthError(`${message}: the key is not accepted`, context)
  if (status === 403 && answer.isJson) {
    const needs = asked.needs === undefined ? '' : `: the key needs ${asked.needs}`
    return new AuthError(message + needs, asked.needs === undefined ? context : { ...context, needs: asked.needs })
  }
  // A 403 that is not JSON comes from a wall in front of the API (shared addresses, maintenance), not from the API.
  if (status === 403 || status === 408 || status >= 500) {
    return new RemoteUnavailableError(`${describeAt(asked)} ${answered}`, context)
  }
  return new RemoteRejectedError(message, status, complaints, context)
}

/** `creating a Klaviyo segment: POST /api/segments`. */
export function describe(asked: Asked): string {
  return `${asked.what}: ${asked.method} ${asked.path}`
}

/** The same with the host: `creating a Klaviyo segment: POST https://a.klaviyo.com/api/segments`. */
export function describeAt(asked: Asked): string {
  return describe({ ...asked, path: asked.origin + asked.path })
}

/** The context of every error about a request. */
export function contextOf(asked: Asked, more: ErrorContext = {}): ErrorContext {
  return { method: asked.method, path: asked.path, ...more }
}
