import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Logger } from '../lib/logger.ts'
import { toRawProblem } from './problem.ts'
import type { ProblemCode } from './problem-kinds.ts'

const CODES: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'E_REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'E_HEADERS_TOO_LARGE',
}

/** Answers a connection that sent no request Node could read, or none in time, with a problem document too. */
export function createUnreadableRequestHandler(logger: Logger) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    const requestId = randomUUID()
    const code = CODES[error.code ?? ''] ?? 'E_BAD_REQUEST'
    logger.info({ requestId, code, reason: error.code ?? null, address: socket.remoteAddress }, 'unreadable request')
    if (socket.writable) socket.end(toRawProblem(code, requestId))
    else socket.destroy()
  }
}
