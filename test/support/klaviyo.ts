import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { createKlaviyoDestination, type KlaviyoOptions } from '../../src/destinations/klaviyo/index.ts'
import { createRateLimiter } from '../../src/lib/rate-limiter.ts'

/** A signal that never fires. */
export const { signal } = new AbortController()

/** What a prepared answer was asked with; empty until then. */
export interface Seen {
  headers: IncomingHttpHeaders
  query: Record<string, string>
  /** Parsed JSON. */
  body: unknown
}

interface Prepared extends Seen {
  readonly status: number
  readonly text: string
  readonly headersOut: Readonly<Record<string, string>>
}

/** A server on the loopback that gives prepared answers, each once, in the order they were prepared. */
export interface ScriptedKlaviyo {
  /** `GET /api/segments` → status and body (JSON, or text as it is). */
  answer(to: string, status: number, body?: unknown, headers?: Readonly<Record<string, string>>): Seen
  /** A destination that talks to it, with a limiter of its own and reads that are repeated without waiting. */
  destination(more?: Partial<KlaviyoOptions>): ReturnType<typeof createKlaviyoDestination>
  /** The address of one of its pages, for `links.next`. */
  url(path: string): string
}

/** Registers the server with the test file; after each test every prepared answer must have been given, and no other. */
export function scriptKlaviyo(): ScriptedKlaviyo {
  const prepared = new Map<string, Prepared[]>()
  const strangers: string[] = []
  let server: Server | undefined
  let origin = ''

  async function take(request: IncomingMessage): Promise<Prepared | undefined> {
    const url = new URL(request.url ?? '/', origin)
    const to = `${request.method} ${url.pathname}`
    const body = await text(request)
    const next = prepared.get(to)?.shift()
    if (next === undefined) strangers.push(to)
    else {
      next.headers = request.headers
      next.query = Object.fromEntries(url.searchParams)
      next.body = body === '' ? undefined : JSON.parse(body)
    }
    return next
  }

  beforeAll(async () => {
    const listening = createServer(async (request, response) => {
      const found = await take(request)
      response.writeHead(found?.status ?? 404, found?.headersOut ?? {}).end(found?.text)
    })
    server = listening
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  })
  afterEach(() => {
    const unused = [...prepared].flatMap(([to, answers]) => answers.map(() => to))
    const unprepared = strangers.splice(0)
    prepared.clear()
    expect({ unused, unprepared }).toEqual({ unused: [], unprepared: [] })
  })
  afterAll(async () => {
    server?.closeAllConnections()
    await new Promise((resolve) => server?.close(resolve))
  })

  return {
    answer(to, status, body, headersOut = {}) {
      const next: Prepared = {
        status,
        text: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
        headersOut,
        headers: {},
        query: {},
        body: undefined,
      }
      prepared.set(to, [...(prepared.get(to) ?? []), next])
      return next
    },
    destination: (more = {}) =>
      createKlaviyoDestination({
        apiKey: 'pk_test',
        baseUrl: origin,
        timezone: 'Europe/Rome',
        limiter: createRateLimiter({ kind: 'memory' }),
        reads: { attempts: 2, baseMs: 1, capMs: 1 },
        ...more,
      }),
    url: (path) => origin + path,
  }
}

/** A page of a list, as Klaviyo sends it. */
export function page(data: readonly unknown[], next?: string): object {
  return { data, links: { self: 'https://a.klaviyo.com', ...(next === undefined ? {} : { next }) } }
}

/** Klaviyo's error body. */
export function errors(...complaints: readonly { code: string; detail?: string; pointer?: string }[]): object {
  return {
    errors: complaints.map(({ code, detail = 'Invalid input.', pointer = '/data' }) => ({
      id: '6f0f',
      status: 400,
      code,
      title: 'Invalid input.',
      detail,
      source: { pointer },
      links: {},
      meta: {},
    })),
  }
}
