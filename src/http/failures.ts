import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ConfigError, ConflictError, RateLimitedError, type ScontrinoError, toScontrinoError } from '../core/errors.ts'
import { toRequestProblems } from './invalid-request.ts'
import { sendProblem } from './problem.ts'
import { isProblemCode, PROBLEM_KINDS, type ProblemCode } from './problem-kinds.ts'

/** What the framework itself refuses, by its code. */
const FRAMEWORK: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_BAD_URL: 'E_BAD_REQUEST',
  FST_ERR_CTP_BODY_TOO_LARGE: 'E_BODY_TOO_LARGE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'E_BAD_REQUEST',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'E_BAD_REQUEST',
  FST_ERR_CTP_INVALID_JSON_BODY: 'E_BAD_REQUEST',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'E_UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_HANDLER_TIMEOUT: 'E_TIMEOUT',
  FST_ERR_MAX_PARAM_LENGTH: 'E_PATH_TOO_LONG',
}

/** Answers whatever was thrown. The words of a 5xx stay in the log; what leaves is the text of its kind. */
export function answerFailure(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refused = toRefusal(thrown, reply)
  if (refused !== null) return refused
  const error = toScontrinoError(thrown, `answering ${request.method} ${request.routeOptions.url ?? 'a path'}`)
  if (error instanceof ConfigError) return sendProblem(reply, 'E_CONFIG', { problems: error.problems.map(toPlace) })
  if (error instanceof ConflictError) return sendProblem(reply, 'E_CONFLICT', { detail: error.message })
  if (error instanceof RateLimitedError) reply.header('retry-after', String(Math.ceil(error.delayMs / 1000)))
  const code = toCode(error)
  if (code === 'E_BUG') request.log.error({ err: error }, 'answering failed')
  else request.log.warn({ err: error }, 'answering failed')
  return sendProblem(reply, code)
}

/** Null: the request was all right. */
function toRefusal(thrown: unknown, reply: FastifyReply): FastifyReply | null {
  if (thrown instanceof z.ZodError && 'validationContext' in thrown) {
    // A path that its schema refuses names nothing that exists.
    if (thrown.validationContext === 'params') return sendProblem(reply, 'E_NOT_FOUND')
    const part = PARTS[String(thrown.validationContext)] ?? 'request'
    return sendProblem(reply, 'E_INVALID_REQUEST', { problems: toRequestProblems(thrown, part) })
  }
  const code = thrown instanceof Error && 'code' in thrown ? FRAMEWORK[String(thrown.code)] : undefined
  if (code === undefined) return null
  if (code === 'E_UNSUPPORTED_MEDIA_TYPE') reply.header('accept', 'application/json')
  return sendProblem(reply, code)
}

const PARTS: Readonly<Record<string, string>> = { body: 'body', headers: 'headers', querystring: 'query' }

/** Errors that only a run can have (a dead letter) are a mistake of ours here. */
function toCode({ code }: ScontrinoError): ProblemCode {
  return isProblemCode(code) && PROBLEM_KINDS[code].status >= 500 ? code : 'E_BUG'
}

function toPlace({ path, message }: { path: string; message: string }) {
  return { path, message }
}
