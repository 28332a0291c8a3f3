import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { ConfigError, ContractError, RateLimitedError } from '../../core/errors.ts'
import { createHttpClient, type HttpClientOptions } from '../../lib/http-client.ts'
import type { Logger } from '../../lib/logger.ts'
import type { RateLimiter } from '../../lib/rate-limiter.ts'
import { toWindows } from '../../lib/rate-windows.ts'
import { parseComplaints } from './complaints.ts'
import { type Operation, REVISION } from './limits.ts'
import { pageOf } from './schema.ts'

/** What the client of one Klaviyo account is made of. */
export interface KlaviyoClientOptions {
  /** A private key, `pk_…`. */
  readonly apiKey: string
  /** `https://a.klaviyo.com`, or a sandbox. */
  readonly baseUrl: string
  readonly limiter: RateLimiter
  readonly logger?: Logger
  /** For a whole request; the default leaves time to send 4.5 MB over a slow line. */
  readonly timeoutMs?: number
  /** How often and how far apart reads are tried. */
  readonly reads?: NonNullable<HttpClientOptions['reads']>
}

/** The variable parts of one call. */
interface Call {
  readonly id?: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object | string
  readonly signal: AbortSignal
}

/** Calls operations within their limits and checks what comes back. */
export interface KlaviyoClient {
  /** The answer as `schema` reads it. @throws ContractError when it has another shape, and whatever HTTP can mean. */
  call<T extends z.ZodType>(operation: Operation, schema: T, call: Call): Promise<z.infer<T>>
  /** For answers that are empty or not read. */
  send(operation: Operation, call: Call): Promise<void>
  /** Every page of a list, following `links.next` to its end. */
  readPages<T extends z.ZodType>(operation: Operation, item: T, call: Call): AsyncIterable<z.infer<T>[]>
}

const TIMEOUT_MS = 60_000
/**
 * Reads wait for the limiter in place: a hundred pages take several windows of up to 5.5 s, and a job that is sent
 * away in their middle would begin at the first page again, for ever.
 */
const LONGEST_READ_WAIT_MS = 10_000
/** A page of 100 import errors repeats 100 profiles of up to 100 KB. */
const LONGEST_ANSWER_BYTES = 32_000_000

/** Builds the client; processes and accounts that share a key and a host share its limits, through the limiter's store. */
export function createKlaviyoClient(options: KlaviyoClientOptions): KlaviyoClient {
  const { apiKey, baseUrl, limiter, logger } = options
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new ConfigError('the Klaviyo key cannot be used', [
      { path: 'klaviyo.apiKey', message: 'expected a private key such as pk_…, without blanks or line ends' },
    ])
  }
  const http = createHttpClient({
    baseUrl,
    headers: {
      authorization: `Klaviyo-API-Key ${apiKey}`,
      revision: REVISION,
      accept: 'application/vnd.api+json',
      'content-type': 'application/vnd.api+json',
      'user-agent': 'scontrino',
    },
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    maxBodyBytes: LONGEST_ANSWER_BYTES,
    parseComplaints,
    ...(options.reads === undefined ? {} : { reads: options.reads }),
  })
  const fingerprint = createHash('sha256')
    .update(`${baseUrl.replace(/\/+$/, '')} ${apiKey}`)
    .digest('hex')
    .slice(0, 12)

  async function request(operation: Operation, path: string, call: Call): Promise<unknown> {
    const startedAtMs = Date.now()
    const windows = toWindows(operation.rate)
    const key = `klaviyo:${fingerprint}:${operation.name}`
    const inWords = (error: unknown) => {
      if (!(error instanceof RateLimitedError)) throw error
      const message = `${operation.what}: the calls that Klaviyo allows are used up for now`
      throw new RateLimitedError(message, error.delayMs, error.context)
    }
    const maxWaitMs = operation.method === 'GET' ? LONGEST_READ_WAIT_MS : undefined
    const { status, body } = await http.request({
      method: operation.method,
      path,
      signal: call.signal,
      what: operation.what,
      needs: operation.scopes.join(', '),
      ...(call.query === undefined ? {} : { query: call.query }),
      ...(call.body === undefined ? {} : { body: call.body }),
      admit: () => limiter.take(key, windows, call.signal, maxWaitMs).catch(inWords),
      unadmit: () => limiter.giveBack(key, windows),
    })
    logger?.debug({ operation: operation.name, status, durationMs: Date.now() - startedAtMs }, 'called Klaviyo')
    return body
  }

  async function call<T extends z.ZodType>(operation: Operation, schema: T, asked: Call): Promise<z.infer<T>> {
    return parseAnswer(operation, schema, await request(operation, pathOf(operation, asked.id), asked))
  }

  async function send(operation: Operation, asked: Call): Promise<void> {
    await request(operation, pathOf(operation, asked.id), asked)
  }

  async function* readPages<T extends z.ZodType>(operation: Operation, item: T, asked: Call) {
    const schema = pageOf(item)
    const seen = new Set<string>()
    let path: string | null = pathOf(operation, asked.id)
    let query = asked.query
    while (path !== null) {
      const body = await request(operation, path, { signal: asked.signal, ...(query === undefined ? {} : { query }) })
      const page: z.infer<typeof schema> = parseAnswer(operation, schema, body)
      yield page.data
      path = nextPath(operation, page.links?.next)
      query = undefined
      if (path !== null && seen.has(path)) throw contractError(operation, 'the next page is one that was read already')
      if (path !== null) seen.add(path)
    }
  }

  return { call, send, readPages }
}

function pathOf(operation: Operation, id: string | undefined): string {
  return operation.path.replace('{id}', encodeURIComponent(id ?? ''))
}

/** Only path and query of a next link are used: the key must not follow a link to another host. */
function nextPath(operation: Operation, next: string | null | undefined): string | null {
  if (next === null || next === undefined || next === '') return null
  const link = URL.parse(next, 'https://a.klaviyo.com')
  if (link === null || !link.pathname.startsWith('/api/')) {
    throw contractError(operation, 'the link to the next page is not one of the API')
  }
  return link.pathname + link.search
}

function parseAnswer<T extends z.ZodType>(operation: Operation, schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.') || 'body'} (${code})`)
  throw contractError(operation, `unexpected at ${places.join(', ')}`)
}

function contractError(operation: Operation, problem: string): ContractError {
  return new ContractError(
    `${operation.what}: the answer is not what revision ${REVISION} of Klaviyo's API promises: ${problem}`,
    { operation: operation.name, revision: REVISION },
  )
}
