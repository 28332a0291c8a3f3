import { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { HttpApplication } from '../../src/http/application.ts'
import { buildHttpServer } from '../../src/http/build-server.ts'
import { createLogger, type Logger } from '../../src/lib/logger.ts'
import { createMemoryApplication } from './http-application.ts'

export const TOKEN = 'correct-horse-battery-staple'
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` }

/** A logger whose lines can be read. */
export function collectLog(): { logger: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  const chunks: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  return {
    logger: createLogger('debug', stream),
    lines: () => chunks.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => chunks.join(''),
  }
}

/** The door without a port, closed when the test ends. */
export async function openDoor(
  options: { application?: HttpApplication; token?: string | null; trustProxy?: readonly string[] } = {},
) {
  const log = collectLog()
  const { application = createMemoryApplication(), token = TOKEN, trustProxy = [] } = options
  const app = await buildHttpServer({ application, token, logger: log.logger, version: '1.2.3', trustProxy })
  onTestFinished(() => app.close())
  return { app, log }
}
