import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { PROBLEM_KINDS, type ProblemCode } from './problem-kinds.ts'

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** One place of a request that cannot be used. */
export interface RequestProblem {
  /** `limit`, `dryRun`, `Idempotency-Key`; empty for the whole body. */
  readonly path: string
  /** What was expected. Never the value. */
  readonly message: string
}

/** RFC 9457, with `code` and, where it helps, `problems` and `checks`. */
export const problemSchema = z.object({
  type: z.string().meta({ description: 'Where the problem is explained, relative to this server.' }),
  title: z.string().meta({ description: 'The kind of problem, in words that do not change.' }),
  status: z.int(),
  detail: z.string().meta({ description: 'What happened here, or what to do.' }),
  instance: z.string().meta({ description: 'The id of the request, as in the log: urn:uuid:…' }),
  code: z.string().meta({ description: 'The kind of problem, for programs.' }),
  problems: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'With 422: every place that cannot be used, and what was expected.' }),
  checks: z
    .array(z.object({ name: z.string(), ok: z.boolean() }))
    .optional()
    .meta({ description: 'With E_NOT_READY: what was asked, and whether it answered.' }),
})

/** What a problem may say beyond its kind. */
export interface ProblemDetails {
  /** Absent: the advice of its kind. */
  readonly detail?: string
  readonly problems?: readonly RequestProblem[]
  readonly checks?: readonly { readonly name: string; readonly ok: boolean }[]
}

/** The problem as a document, for the request of this id. */
function toProblem(code: ProblemCode, requestId: string, details: ProblemDetails = {}): z.output<typeof problemSchema> {
  const { status, title, advice } = PROBLEM_KINDS[code]
  const { detail = advice, problems, checks } = details
  return {
    type: `/docs#${code}`,
    title,
    status,
    detail,
    instance: `urn:uuid:${requestId}`,
    code,
    ...(problems === undefined ? {} : { problems: [...problems] }),
    ...(checks === undefined ? {} : { checks: [...checks] }),
  }
}

/** Answers with a problem document instead of whatever the route promises. */
export function sendProblem(reply: FastifyReply, code: ProblemCode, details: ProblemDetails = {}): FastifyReply {
  const problem = toProblem(code, reply.request.id, details)
  return reply.code(problem.status).header('content-type', PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem))
}

/** A whole HTTP/1.1 answer, for a connection on which nothing could be read that the server would route. */
export function toRawProblem(code: ProblemCode, requestId: string): string {
  const problem = toProblem(code, requestId)
  const body = JSON.stringify(problem)
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
