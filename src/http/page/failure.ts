import type { FastifyReply, FastifyRequest } from 'fastify'
import { toScontrinoError } from '../../core/errors.ts'
import { ownWord } from '../../page/words/own-word.ts'
import { isProblemCode, PROBLEM_KINDS } from '../problem-kinds.ts'
import { voiceOf } from './voice.ts'

/** What went wrong, in plain words. */
export interface PageFailure {
  readonly status: number
  /** From docs/errors.md. */
  readonly code: string
  readonly text: string
}

/** The message itself is in the log only, under the request's id. `isLate`: the answer took too long. */
export function tellFailure(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  isLate = false,
): PageFailure {
  const error = toScontrinoError(thrown, `answering ${request.method} ${request.routeOptions.url ?? 'a page'}`)
  const code = isLate ? 'E_TIMEOUT' : error.code
  if (code === 'E_BUG') request.log.error({ err: error }, 'answering failed')
  else request.log.warn({ err: error }, 'answering failed')
  const { errors } = voiceOf(request, reply).words
  const words = ownWord(errors, code) ?? errors['E_BUG']
  return {
    status: isProblemCode(code) ? PROBLEM_KINDS[code].status : 500,
    code,
    text: `${words?.what} ${words?.advice}`,
  }
}
