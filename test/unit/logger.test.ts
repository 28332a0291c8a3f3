import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ConfigError, RemoteRejectedError } from '../../src/core/errors.ts'
import { createLogger, type LogLevel } from '../../src/lib/logger.ts'

function collect(level: LogLevel = 'info') {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>
  return { logger: createLogger(level, stream), lines, last }
}

describe('createLogger', () => {
  it('writes one JSON line with level and time by name', () => {
    const { logger, last } = collect()
    logger.info({ run: 7 }, 'pulled')
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
      run: 7,
      msg: 'pulled',
    })
  })

  it('writes nothing below its level', () => {
    const { logger, lines } = collect('warn')
    logger.info('quiet')
    expect(lines).toEqual([])
  })

  it('hides keys and addresses that were logged by mistake', () => {
    const { logger, lines } = collect()
    logger.info({
      email: 'anna@example.com',
      request: { headers: { authorization: 'pk_1' } },
      klaviyo: { apiKey: 'pk_2' },
    })
    expect(lines.join('')).not.toMatch(/anna|pk_/)
  })

  it('prints code, context and places of our errors, not the words of the remote', () => {
    const { logger, last, lines } = collect()
    const complaints = [{ code: 'invalid', detail: 'anna is no address', pointer: '/data' }]
    logger.error({ err: new RemoteRejectedError('pushing: answered 400', 400, complaints, { path: '/api' }) })
    expect(last()['err']).toMatchObject({
      type: 'RemoteRejectedError',
      code: 'E_REMOTE_REJECTED',
      context: { path: '/api', status: 400 },
      pointers: [{ code: 'invalid', pointer: '/data' }],
      stack: expect.stringContaining('logger.test'),
    })
    expect(lines.join('')).not.toContain('anna')
  })

  it('prints every problem of a configuration', () => {
    const { logger, last } = collect()
    logger.error({
      err: new ConfigError('two problems', [
        { path: 'a', message: 'x' },
        { path: 'b', message: 'y' },
      ]),
    })
    expect(last()['err']).toMatchObject({ problems: [{ path: 'a' }, { path: 'b' }] })
  })

  it('prints nothing enumerable of foreign errors, nor of their causes', () => {
    const { logger, last, lines } = collect()
    const foreign = Object.assign(new Error('outer'), { config: { key: 'pk_1' } })
    foreign.cause = Object.assign(new Error('inner'), { request: 'pk_2' })
    logger.error({ err: foreign })
    expect(last()['err']).toMatchObject({ message: 'outer', cause: { message: 'inner' } })
    expect(lines.join('')).not.toContain('pk_')
  })
})
