import type { Answer } from './answer.ts'
import { authenticationFailed } from './auth.ts'
import { refuse, throttled } from './errors.ts'
import type { Fault } from './faults.ts'

/** A page such as a proxy in front of Klaviyo sends. */
export interface HtmlAnswer {
  readonly status: number
  readonly html: string
}

/** The answer that a fault gives instead of Klaviyo's; null when the fault is acted out in another way. */
export function toFaultAnswer(fault: Fault): Answer | HtmlAnswer | null {
  const status = fault.status ?? (fault.kind === 'html' ? 403 : 500)
  if (fault.kind === 'auth') return refuse(authenticationFailed())
  if (fault.kind === 'html') return { status, html: `<!DOCTYPE html><title>${status}</title><h1>Just a moment…</h1>` }
  if (fault.kind !== 'status') return null
  const seconds = fault.retryAfterSeconds ?? (status === 429 ? 1 : null)
  const headers = seconds === null ? {} : { 'retry-after': String(seconds) }
  if (status === 429) return { ...refuse(throttled(seconds ?? 1)), headers }
  const title = status >= 500 ? 'A server error occurred.' : 'Invalid input.'
  return { ...refuse({ status, code: status >= 500 ? 'error' : 'invalid', title, detail: title }), headers }
}
