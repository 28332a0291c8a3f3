import { z } from 'zod'
import {
  AuthError,
  type RemoteComplaint,
  RemoteRejectedError,
  RemoteUnavailableError,
  type ScontrinoError,
} from '../../core/errors.ts'

const failed = z.object({
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().nullish() }))
    .min(1),
})

/** Of all messages only this kind says nothing but names of our own query; others repeat tokens and values. */
const ABOUT_THE_QUERY = 'GRAPHQL_VALIDATION_FAILED'

/** The complaints of an answer with `errors`; [] for any other. */
export function parseComplaints(body: unknown): readonly RemoteComplaint[] {
  const parsed = failed.safeParse(body)
  if (!parsed.success) return []
  return parsed.data.errors.map(({ message, extensions }) => {
    const code = extensions?.code ?? 'no code'
    return { code, detail: code === ABOUT_THE_QUERY ? message : '' }
  })
}

/**
 * The error that the `errors` of an answer under 200 stand for, or null when it has none. Vendure says FORBIDDEN for no
 * key, a wrong one, one of another channel and one that lacks a permission alike.
 */
export function toGraphqlFailure(body: unknown, what: string, needs: string): ScontrinoError | null {
  const complaints = parseComplaints(body)
  const codes = [...new Set(complaints.map(({ code }) => code))]
  if (codes.length === 0) return null
  const message = `${what}: the shop answered ${codes.join(', ')}`
  const context = { codes: codes.join(' '), needs }
  if (codes.includes('CHANNEL_NOT_FOUND')) {
    return new AuthError(`${message}: it has no channel of the configured token`, context)
  }
  if (codes.some((code) => code === 'FORBIDDEN' || code === 'UNAUTHORIZED')) {
    return new AuthError(`${message}: the key is wrong, of another channel, or lacks ${needs}`, context)
  }
  if (codes.some((code) => code === 'INTERNAL_SERVER_ERROR' || code === 'no code')) {
    return new RemoteUnavailableError(message, context)
  }
  return new RemoteRejectedError(message, 200, complaints, context)
}
