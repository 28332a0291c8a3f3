import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { AbortedError, ConfigError } from '../../src/core/errors.ts'
import type { HttpApplication } from '../../src/http/application.ts'
import { createHttpServer, type HttpServerOptions } from '../../src/http/server.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, collectLog, TOKEN } from '../support/http-door.ts'

function toOptions(options: Partial<HttpServerOptions> = {}): HttpServerOptions {
  const { logger } = collectLog()
  const application = createMemoryApplication()
  return { application, token: TOKEN, host: '127.0.0.1', port: 0, logger, version: '1.2.3', ...options }
}

async function listen(options: Partial<HttpServerOptions> = {}) {
  const server = await createHttpServer(toOptions(options))
  onTestFinished(() => server.close())
  return server
}

/** An application whose runs come when `release` is called; `asked` resolves when somebody waits for them. */
function createSlowApplication(): { application: HttpApplication; asked: Promise<void>; release: () => void } {
  const asked = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const application = createMemoryApplication({
    async loadRuns() {
      asked.resolve()
      await released.promise
      return []
    },
  })
  return { application, asked: asked.promise, release: released.resolve }
}

async function openSocket(url: string): Promise<{ socket: Socket; received: () => string; ended: Promise<void> }> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket.on('data', (chunk) => {
    text += String(chunk)
  })
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return { socket, received: () => text, ended }
}

describe('createHttpServer', () => {
  it('listens on the address that it names', async () => {
    const { url } = await listen()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
  })

  it('takes a trigger over real HTTP and answers with its place', async () => {
    const { url } = await listen()
    const answer = await fetch(`${url}/v1/jobs/sync`, { method: 'POST', headers: AUTHORIZED })
    expect([answer.status, answer.headers.get('location')]).toEqual([202, '/v1/jobs/sync/main%2F1'])
  })

  it.each(['0.0.0.0', '::', '192.0.2.1', 'shop.example', '127.0.0.1.nip.example'])(
    'refuses to listen on %s without a token, and says what to do',
    async (host) => {
      const refusal = await createHttpServer(toOptions({ host, token: null })).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(ConfigError)
      expect(refusal).toMatchObject({
        problems: [{ path: 'SCONTRINO_API_TOKEN', hint: expect.stringContaining('SCONTRINO_HTTP_HOST=127.0.0.1') }],
      })
    },
  )

  it('takes an empty token for none', async () => {
    await expect(createHttpServer(toOptions({ host: '0.0.0.0', token: '' }))).rejects.toThrow(ConfigError)
  })

  it('listens on loopback without a token, and asks for none', async () => {
    const { url } = await listen({ token: null })
    expect((await fetch(`${url}/v1/runs`)).status).toBe(200)
  })

  it('says that the port is taken', async () => {
    const { url } = await listen()
    const second = createHttpServer(toOptions({ port: Number(new URL(url).port) }))
    await expect(second).rejects.toMatchObject({ code: 'E_CONFIG', problems: [{ path: 'SCONTRINO_HTTP_PORT' }] })
  })

  it('says that the address is not of this machine', async () => {
    const refused = createHttpServer(toOptions({ host: '192.0.2.1' }))
    await expect(refused).rejects.toMatchObject({ code: 'E_CONFIG', problems: [{ path: 'SCONTRINO_HTTP_HOST' }] })
  })

  it('does not listen when it is told to stop before it starts', async () => {
    await expect(createHttpServer(toOptions({ signal: AbortSignal.abort() }))).rejects.toThrow(AbortedError)
  })

  it('closes when its signal fires', async () => {
    const stop = new AbortController()
    const { url } = await listen({ signal: stop.signal })
    stop.abort()
    await vi.waitFor(() => expect(fetch(`${url}/healthz`)).rejects.toThrow())
  })
})

describe('close', () => {
  it('answers the requests under way, and takes no new connection', async () => {
    const { application, asked, release } = createSlowApplication()
    const { url, close } = await listen({ application })
    const answering = fetch(`${url}/v1/runs`, { headers: AUTHORIZED })
    await asked
    const closed = close()
    await vi.waitFor(() => expect(openSocket(url)).rejects.toThrow('ECONNREFUSED'))
    release()
    expect((await answering).status).toBe(200)
    await closed
  })

  it('answers 503 to a request that comes on an open connection', async () => {
    const { url, close } = await listen()
    const { socket, received, ended } = await openSocket(url)
    // The beginning of the second request has been read when the first is answered: this connection is not idle.
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /docs HTTP/1.1\r\n')
    await vi.waitFor(() => expect(received()).toContain('"ok"'))
    const closed = close()
    await vi.waitFor(() => expect(openSocket(url)).rejects.toThrow('ECONNREFUSED'))
    socket.write('Host: x\r\n\r\n')
    await Promise.all([ended, closed])
    expect(received()).toContain('HTTP/1.1 503 ')
    expect(received()).toContain('"code":"E_ABORTED"')
  })

  it('does not wait for idle connections', async () => {
    const { url, close } = await listen()
    const { socket, received, ended } = await openSocket(url)
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    await vi.waitFor(() => expect(received()).toContain('"ok"'))
    await close()
    await ended
  })

  it('may be called twice', async () => {
    const { close } = await listen()
    expect(await Promise.all([close(), close()])).toEqual([undefined, undefined])
  })
})

describe('a connection that sends no HTTP', () => {
  it.each([
    ['NONSENSE\r\n\r\n', 400, 'E_BAD_REQUEST'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'E_HEADERS_TOO_LARGE'],
  ])('is answered with a problem document and closed (%#)', async (bytes, status, code) => {
    const { url } = await listen()
    const { socket, received, ended } = await openSocket(url)
    socket.write(bytes)
    await ended
    const [head = '', body = ''] = received().split('\r\n\r\n')
    expect(head).toContain(`HTTP/1.1 ${status} `)
    expect(head).toContain('Content-Type: application/problem+json')
    expect(JSON.parse(body)).toMatchObject({ status, code, instance: expect.stringMatching(/^urn:uuid:/) })
  })
})

describe('the port of another program', () => {
  it('is left alone', async () => {
    const other = createServer((_request, response) => response.end('mine')).listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    await expect(createHttpServer(toOptions({ port }))).rejects.toThrow(ConfigError)
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('mine')
  })
})
