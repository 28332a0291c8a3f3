import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createRunFeed } from '../../src/http/page/run-feed.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { RUNS } from '../support/cli-ledger.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { collectLog, TOKEN } from '../support/http-door.ts'
import { cookieOf } from '../support/page-door.ts'

/** A server that listens, and somebody who has logged in. */
async function open() {
  const application = createMemoryApplication({ loadRuns: async () => [...RUNS] })
  const options = { host: '127.0.0.1', port: 0, application, token: TOKEN, logger: collectLog().logger, version: '1' }
  const server = await createHttpServer(options)
  onTestFinished(() => server.close())
  const { origin } = new URL(server.url)
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' }
  const send = (path: string, form: Record<string, string>, cookie = '') =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, cookie },
      body: new URLSearchParams(form),
    })
  const login = await send('/login', { token: TOKEN })
  const cookie = cookieOf({ headers: { 'set-cookie': login.headers.getSetCookie() } })
  const follow = async (method = 'GET'): Promise<IncomingMessage> => {
    const asked = request(`${origin}/runs/events`, { method, headers: { cookie } })
    asked.end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    return answer
  }
  return { server, origin, cookie, send, follow }
}

/** The first event of a stream. */
async function firstEvent(stream: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (text.includes('data: ')) break
  }
  return text
}

describe('the stream of runs', () => {
  it('tells how runs are', async () => {
    const { follow } = await open()
    const stream = await follow()
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(await firstEvent(stream)).toContain('"history":')
    stream.destroy()
  })

  it('ends when the session is logged out', async () => {
    const { follow, send, origin, cookie } = await open()
    const stream = await follow()
    await firstEvent(stream)
    const page = await (await fetch(`${origin}/runs`, { headers: { cookie } })).text()
    const form = /name="form" value="([^"]+)"/.exec(page)?.[1] ?? ''
    await send('/logout', { form }, cookie)
    stream.resume()
    await once(stream, 'end')
  })

  it('ends when the server stops', async () => {
    const { follow, server } = await open()
    const stream = await follow()
    await firstEvent(stream)
    stream.resume()
    await Promise.all([once(stream, 'end'), server.close()])
  })

  it('is nothing that a HEAD could ask for', async () => {
    const { follow } = await open()
    const answer = await follow('HEAD')
    expect(answer.statusCode).toBe(405)
  })
})

describe('the looks at runs', () => {
  afterEach(() => vi.useRealTimers())

  it('are one a second however many listen, and end with the last of them', async () => {
    vi.useFakeTimers()
    let looks = 0
    const loadRuns = async () => {
      looks += 1
      return []
    }
    const feed = createRunFeed(createMemoryApplication({ loadRuns }), () => undefined)
    const told: string[] = []
    const leave = ['ann', 'bob'].map((who) =>
      feed.listen('main', { tell: () => void told.push(who), end: () => undefined }),
    )
    await vi.advanceTimersByTimeAsync(2_500)
    expect([looks, told.join(' ')]).toEqual([3, 'ann bob ann bob ann bob'])
    for (const end of leave) end()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(looks).toBe(3)
  })

  it('are told to everybody but who cannot be told, and go on', async () => {
    vi.useFakeTimers()
    const failures: unknown[] = []
    const happened: string[] = []
    const feed = createRunFeed(createMemoryApplication(), (error) => failures.push(error))
    const broken = new Error('cannot be shown')
    feed.listen('main', {
      tell() {
        throw broken
      },
      end: () => void happened.push('end of ann'),
    })
    const end = feed.listen('main', { tell: () => void happened.push('bob'), end: () => void happened.push('end') })
    await vi.advanceTimersByTimeAsync(1_500)
    expect([happened, failures]).toEqual([['end of ann', 'bob', 'bob'], [broken]])
    end()
  })

  it('end when the only listener cannot be told', async () => {
    vi.useFakeTimers()
    let looks = 0
    const loadRuns = async () => {
      looks += 1
      return []
    }
    const feed = createRunFeed(createMemoryApplication({ loadRuns }), () => undefined)
    feed.listen('main', {
      tell() {
        throw new Error('cannot be shown')
      },
      end: () => undefined,
    })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(looks).toBe(1)
  })
})
