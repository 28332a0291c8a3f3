import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblemPage } from './answer.ts'
import type { PageDoor } from './door.ts'
import { voiceOf } from './voice.ts'

/** Answers 404 to an address that names an account nobody configured. */
export function unknownAccount(door: PageDoor, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblemPage(door, request, reply, {
    status: 404,
    text: voiceOf(request, reply).words.problem.unknownAccount,
  })
}
