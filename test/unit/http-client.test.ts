import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import {
  AbortedError,
  AuthError,
  BugError,
  ContractError,
  RateLimitedError,
  RemoteRejectedError,
  RemoteUnavailableError,
} from '../../src/core/errors.ts'
import { createHttpClient, type HttpClientOptions, type HttpRequest } from '../../src/lib/http-client.ts'
import { createLogger } from '../../src/lib/logger.ts'

const SECRET = 'pk_secret_0123456789'
const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A real server on the loopback; it counts what it was asked. */
async function serve(listener: RequestListener): Promise<{ url: string; hits: string[] }> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits }
}

function clientOf(baseUrl: string, more: Partial<HttpClientOptions> = {}) {
  return createHttpClient({
    baseUrl,
    headers: { authorization: SECRET, 'content-type': 'application/json' },
    timeoutMs: 5_000,
    maxBodyBytes: 100_000,
    parseComplaints: () => [{ code: 'invalid', detail: 'not like that', pointer: '/data' }],
    reads: { attempts: 3, baseMs: 1, capMs: 2 },
    ...more,
  })
}

function post(more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'POST',
    path: '/things?email=anna%40example.com',
    body: { email: 'anna@example.com' },
    signal: new AbortController().signal,
    what: 'making a thing',
    ...more,
  }
}

async function failureOf(baseUrl: string, request = post(), more: Partial<HttpClientOptions> = {}): Promise<unknown> {
  return clientOf(baseUrl, more)
    .request(request)
    .then(
      () => 'no failure',
      (error: unknown) => error,
    )
}

function answering(status: number, body: string, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

describe('createHttpClient', () => {
  it('answers status and parsed body of a 2xx', async () => {
    const { url } = await serve(answering(202, '{"data":{"id":"1"}}'))
    await expect(clientOf(url).request(post())).resolves.toMatchObject({ status: 202, body: { data: { id: '1' } } })
  })

  it('answers no body when there was none', async () => {
    const { url } = await serve(answering(204, ''))
    await expect(clientOf(url).request(post())).resolves.toMatchObject({ status: 204, body: undefined })
  })

  it('tells the headers of an answer by their names in lower case', async () => {
    const { url } = await serve((_, response) => response.writeHead(200, { 'X-WP-Total': '7' }).end('[]'))
    const answer = await clientOf(url).request(post())
    expect([answer.header('x-wp-total'), answer.header('x-other')]).toEqual(['7', undefined])
  })

  it('repeats a POST that only asks', async () => {
    const { url, hits } = await serve((_, response) => response.writeHead(503).end())
    await expect(clientOf(url).request(post({ isRead: true }))).rejects.toThrow('503')
    expect(hits).toHaveLength(3)
  })

  it('signs every attempt anew', async () => {
    const { url, hits } = await serve((_request, response) => {
      response.statusCode = hits.length === 1 ? 502 : 200
      response.end('{}')
    })
    const nonces = ['once', 'twice']
    const sign = () => ({ nonce: nonces.shift() ?? '' })
    const request = { ...post({ path: '/things', query: { page: '1' }, sign }), method: 'GET' } as const
    await clientOf(url).request(request)
    expect(hits).toEqual(['GET /things?page=1&nonce=once', 'GET /things?page=1&nonce=twice'])
  })

  it('sends the request’s own headers beside the client’s', async () => {
    let received: unknown
    const { url } = await serve((request, response) => {
      received = request.headers['x-token']
      response.writeHead(204).end()
    })
    await clientOf(url).request(post({ headers: { 'x-token': 'fresh' } }))
    expect(received).toBe('fresh')
  })

  it('sends ready JSON text as it is', async () => {
    let received = ''
    const { url } = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.toString()
      })
      request.on('end', () => response.writeHead(204).end())
    })
    await clientOf(url).request(post({ body: '{"a": 0}' }))
    expect(received).toBe('{"a": 0}')
  })

  it('puts an encoded query behind path and prefix', async () => {
    const { url, hits } = await serve(answering(200, '{}'))
    const query = { filter: 'any(email,["o\'brien+x@example.com"])' }
    await clientOf(`${url}/prefix/`).request(post({ method: 'GET', path: '/things', query }))
    const asked = new URL(hits[0]?.slice('GET '.length) ?? '', url)
    expect([asked.pathname, asked.searchParams.get('filter')]).toEqual(['/prefix/things', query.filter])
  })

  it.each([
    ['401', answering(401, '{}'), AuthError],
    ['a JSON 403', answering(403, '{"errors":[]}'), AuthError],
    ['a 403 that is not JSON', answering(403, '<html>blocked</html>'), RemoteUnavailableError],
    ['408', answering(408, ''), RemoteUnavailableError],
    ['429', answering(429, '{}'), RateLimitedError],
    ['500', answering(500, '{}'), RemoteUnavailableError],
    ['a 502 page', answering(502, '<html>bad gateway</html>'), RemoteUnavailableError],
    ['503', answering(503, ''), RemoteUnavailableError],
    ['503 with Retry-After', answering(503, '', { 'retry-after': '2' }), RateLimitedError],
    ['400', answering(400, '{"errors":[]}'), RemoteRejectedError],
    ['404', answering(404, '{}'), RemoteRejectedError],
    ['413 that is not JSON', answering(413, 'too large'), RemoteRejectedError],
    ['a redirect', answering(302, '', { location: 'http://127.0.0.1:1/' }), RemoteRejectedError],
    ['a 2xx page', answering(200, '<html>welcome</html>'), RemoteUnavailableError],
    ['half a body without a length', answering(200, '{"data":[{"id":'), RemoteUnavailableError],
    ['more than it is ready to read', answering(200, `"${'x'.repeat(200_000)}"`), ContractError],
  ])('takes %s for the right error', async (_name, listener, expected) => {
    const { url } = await serve(listener)
    expect(await failureOf(url)).toBeInstanceOf(expected)
  })

  it('takes a body that is shorter than announced for an unavailable remote', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"data":')
      response.destroy()
    })
    expect(await failureOf(url)).toBeInstanceOf(RemoteUnavailableError)
  })

  it('takes a connection that is reset for an unavailable remote', async () => {
    const { url } = await serve((request) => request.socket.resetAndDestroy())
    expect(await failureOf(url)).toMatchObject({ code: 'E_REMOTE_UNAVAILABLE', context: { code: 'ECONNRESET' } })
  })

  it('takes a name that does not resolve for an unavailable remote', async () => {
    expect(await failureOf('http://nowhere.invalid')).toBeInstanceOf(RemoteUnavailableError)
  })

  it('takes silence beyond the time-out for an unavailable remote', async () => {
    const { url } = await serve(() => undefined)
    const failure = await failureOf(url, post(), { timeoutMs: 50 })
    expect(failure).toMatchObject({ code: 'E_REMOTE_UNAVAILABLE', context: { timeoutMs: 50 } })
  })

  it('takes an answer that never ends for an unavailable remote', async () => {
    const { url } = await serve((_request, response) => response.writeHead(200).write('{"data":'))
    expect(await failureOf(url, post(), { timeoutMs: 50 })).toBeInstanceOf(RemoteUnavailableError)
  })

  it.each(['no address', 'ftp://127.0.0.1'])('takes the base %j for a mistake of ours', async (baseUrl) => {
    expect(await failureOf(baseUrl)).toBeInstanceOf(BugError)
  })

  it('stops in the middle of an answer when told to', async () => {
    const stop = new AbortController()
    const { url } = await serve(() => stop.abort())
    expect(await failureOf(url, post({ signal: stop.signal }))).toBeInstanceOf(AbortedError)
  })

  it('sends nothing when it was stopped before', async () => {
    const { url, hits } = await serve(answering(204, ''))
    expect(await failureOf(url, post({ signal: AbortSignal.abort() }))).toBeInstanceOf(AbortedError)
    expect(hits).toEqual([])
  })

  it.each([
    ['120', 120_000],
    ['86400', 86_400_000],
    ['whenever', 10_000],
  ])('keeps the retry of a 429 with Retry-After %j', async (header, delayMs) => {
    const { url } = await serve(answering(429, '{}', { 'retry-after': header }))
    expect(await failureOf(url)).toMatchObject({ delayMs })
  })

  it('says what it was doing, what came back, and what the key needs', async () => {
    const { url } = await serve(answering(403, '{"errors":[]}'))
    expect(await failureOf(url, post({ needs: 'things:write' }))).toMatchObject({
      message: 'making a thing: POST /things answered 403 (invalid): the key needs things:write',
      context: { method: 'POST', path: '/things', status: 403, needs: 'things:write' },
    })
  })

  it('names the host, without what may stand in front of it, where the answer may be of something in between', async () => {
    const { url } = await serve(answering(502, '<html>bad gateway</html>'))
    expect(await failureOf(url.replace('//', `//someone:${SECRET}@`))).toMatchObject({
      message: `making a thing: POST ${url}/things answered 502`,
    })
  })

  it('is not admitted for what reached nobody', async () => {
    let admitted = 0
    const admit = async () => {
      admitted += 1
    }
    const unadmit = async () => {
      admitted -= 1
    }
    await failureOf('http://nowhere.invalid', post({ method: 'GET', admit, unadmit }))
    expect(admitted).toBe(0)
  })

  it('stays admitted for what was answered', async () => {
    const { url } = await serve(answering(500, ''))
    let given = 0
    const unadmit = async () => {
      given += 1
    }
    await failureOf(url, post({ method: 'GET', unadmit }))
    expect(given).toBe(0)
  })

  it('hands on what the remote complains about', async () => {
    const { url } = await serve(answering(400, '{"errors":[]}'))
    expect(await failureOf(url)).toMatchObject({
      status: 400,
      complaints: [{ code: 'invalid', detail: 'not like that', pointer: '/data' }],
    })
  })

  it.each(['POST', 'PATCH', 'DELETE'] as const)('never repeats a %s', async (method) => {
    const { url, hits } = await serve(answering(500, ''))
    expect(await failureOf(url, post({ method }))).toBeInstanceOf(RemoteUnavailableError)
    expect(hits).toHaveLength(1)
  })

  it('repeats a read until it is answered', async () => {
    let count = 0
    const { url, hits } = await serve((request, response) => {
      count += 1
      if (count === 1) response.destroy()
      else answering(count === 2 ? 502 : 200, '{}')(request, response)
    })
    await expect(clientOf(url).request(post({ method: 'GET' }))).resolves.toMatchObject({ status: 200 })
    expect(hits).toHaveLength(3)
  })

  it('gives a read up after its attempts', async () => {
    const { url, hits } = await serve(answering(500, ''))
    expect(await failureOf(url, post({ method: 'GET' }))).toBeInstanceOf(RemoteUnavailableError)
    expect(hits).toHaveLength(3)
  })

  it('does not repeat a read that was refused', async () => {
    const { url, hits } = await serve(answering(404, '{}'))
    expect(await failureOf(url, post({ method: 'GET' }))).toBeInstanceOf(RemoteRejectedError)
    expect(hits).toHaveLength(1)
  })

  it('leaves a long Retry-After of a read to the queue', async () => {
    const { url, hits } = await serve(answering(429, '{}', { 'retry-after': '60' }))
    expect(await failureOf(url, post({ method: 'GET' }))).toBeInstanceOf(RateLimitedError)
    expect(hits).toHaveLength(1)
  })

  it('asks to be admitted before every attempt', async () => {
    const { url } = await serve(answering(500, ''))
    let admitted = 0
    const admit = async () => {
      admitted += 1
    }
    await failureOf(url, post({ method: 'GET', admit }))
    expect(admitted).toBe(3)
  })

  it('stops while it waits for the next attempt', async () => {
    const stop = new AbortController()
    const { url } = await serve((_request, response) => {
      response.on('close', () => setImmediate(() => stop.abort()))
      response.writeHead(500).end()
    })
    const reads = { attempts: 3, baseMs: 1_000_000, capMs: 1_000_000 }
    expect(await failureOf(url, post({ method: 'GET', signal: stop.signal }), { reads })).toBeInstanceOf(AbortedError)
  })

  it.each([
    ['a refusal', answering(400, '{"errors":[]}')],
    ['a torn body', answering(200, '{"data":"anna@example.com')],
    ['a reset', ((request) => request.socket.resetAndDestroy()) satisfies RequestListener],
  ])('keeps key, address and body out of the error and the log of %s', async (_name, listener) => {
    const { url } = await serve(listener)
    const failure = await failureOf(url)
    let logged = ''
    const stream = new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk)
        done()
      },
    })
    createLogger('info', stream).error({ err: failure }, 'failed')
    const seen = inspect(failure, { depth: 20, showHidden: true }) + logged
    expect(logged).toContain('making a thing')
    expect(seen).not.toContain(SECRET)
    expect(seen).not.toContain('anna')
    expect(seen).not.toMatch(/axios/i)
  })
})
