import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios'
import {
  AbortedError,
  BugError,
  ContractError,
  RateLimitedError,
  RemoteUnavailableError,
  ScontrinoError,
  throwIfAborted,
} from '../core/errors.ts'
import { type Asked, type ComplaintParser, contextOf, describe, describeAt, toFailure } from './http-failure.ts'
import { type Backoff, backoffMs } from './retry-timing.ts'
import { wait } from './wait.ts'

/** What a client keeps for all its requests. */
export interface HttpClientOptions {
  /** `https://host[:port][/prefix]`; request paths are put behind it. */
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  /** From the first byte of connecting to the last of the answer. */
  readonly timeoutMs: number
  /** Longest answer read. */
  readonly maxBodyBytes: number
  readonly parseComplaints: ComplaintParser
  /** How often in all, and how far apart, an idempotent read is tried. */
  readonly reads?: Backoff & { readonly attempts: number }
}

/** One request; only reads are repeated, everything else is sent once. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `/api/segments`; may carry a ready query string. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** An object to be serialised, or ready JSON text. */
  readonly body?: object | string
  /** Beside the client's own; a header of both is the request's. */
  readonly headers?: Readonly<Record<string, string>>
  /** More of the query, made anew for every attempt: a signature that may be used once. */
  readonly sign?: () => Readonly<Record<string, string>>
  /** True for a POST that only asks, such as a GraphQL query: it may be repeated like a GET. */
  readonly isRead?: true
  readonly signal: AbortSignal
  /** For messages: `creating a Klaviyo segment`. */
  readonly what: string
  /** What the credentials must allow, for the message when they are refused. */
  readonly needs?: string
  /** Awaited before every attempt: the place of a rate limiter. */
  readonly admit?: () => Promise<void>
  /** Awaited after an attempt that was admitted and reached nobody: no connection came about. */
  readonly unadmit?: () => Promise<void>
}

/** A 2xx answer. `body` is parsed JSON, or undefined when there was none. */
interface HttpResponse {
  readonly status: number
  readonly body: unknown
  /** The text of a header, named in lower case; undefined when it is absent. */
  header(name: string): string | undefined
}

/** Sends requests; every failure is one of our errors, never axios's. */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>
}

const READS = { attempts: 3, baseMs: 250, capMs: 2_000 }
/** A read waits out a rate limit itself up to here; longer ones go back to the queue. */
const LONGEST_WAIT_MS = 10_000

/** Builds a client that keeps connections open between requests; idle ones do not keep the process alive. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const reads = options.reads ?? READS
  const http = axios.create({
    headers: { ...options.headers },
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    maxContentLength: options.maxBodyBytes,
    maxBodyLength: Number.POSITIVE_INFINITY,
    // A redirect would carry the key to wherever it points.
    maxRedirects: 0,
    proxy: false,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    transformRequest: (text: unknown) => text,
    validateStatus: () => true,
  })

  async function request(asked: HttpRequest): Promise<HttpResponse> {
    for (let attempt = 1; ; attempt += 1) {
      await asked.admit?.()
      try {
        return await send(http, options, asked)
      } catch (error) {
        if (isUnreached(error)) await asked.unadmit?.()
        const delayMs = repeatAfterMs(error, asked, attempt, reads)
        if (delayMs === null) throw error
        await wait(delayMs, asked.signal)
      }
    }
  }

  return { request }
}

/** What happens before a connection stands: the remote has heard and counted nothing. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function isUnreached(error: unknown): boolean {
  return error instanceof RemoteUnavailableError && UNREACHED.has(String(error.context['code']))
}

/** Null: not to be repeated here. The server's own timing is taken as it is, without backoff on top. */
function repeatAfterMs(
  error: unknown,
  asked: HttpRequest,
  attempt: number,
  reads: Backoff & { readonly attempts: number },
): number | null {
  if ((asked.method !== 'GET' && asked.isRead !== true) || attempt >= reads.attempts) return null
  if (error instanceof RemoteUnavailableError) return backoffMs(attempt, reads)
  if (error instanceof RateLimitedError && error.delayMs <= LONGEST_WAIT_MS) return error.delayMs
  return null
}

async function send(http: AxiosInstance, options: HttpClientOptions, request: HttpRequest): Promise<HttpResponse> {
  const asked: Asked = {
    what: request.what,
    origin: originOf(options.baseUrl),
    method: request.method,
    path: request.path.split('?', 1)[0] ?? '',
    needs: request.needs,
  }
  throwIfAborted(request.signal, request.what)
  const deadline = new AbortController()
  const stop = () => deadline.abort()
  const timer = setTimeout(stop, options.timeoutMs)
  request.signal.addEventListener('abort', stop, { once: true })
  try {
    const answer: AxiosResponse<unknown> = await http.request({
      method: request.method,
      url: toUrl(options.baseUrl, request),
      ...(request.body === undefined ? {} : { data: toText(request.body) }),
      ...(request.headers === undefined ? {} : { headers: { ...request.headers } }),
      signal: deadline.signal,
    })
    return toResponse(asked, answer, options.parseComplaints)
  } catch (error) {
    throw toTransportFailure(error, asked, request.signal, deadline.signal.aborted ? options.timeoutMs : null)
  } finally {
    clearTimeout(timer)
    request.signal.removeEventListener('abort', stop)
  }
}

/** Without credentials that may stand in front of the host. */
function originOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.origin ?? 'the configured address'
}

function toText(body: object | string): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function toUrl(baseUrl: string, { path, query, sign }: HttpRequest): string {
  const url = baseUrl.replace(/\/+$/, '') + path
  const whole = sign === undefined ? query : { ...query, ...sign() }
  if (whole === undefined) return url
  return `${url}${path.includes('?') ? '&' : '?'}${new URLSearchParams(whole)}`
}

function toResponse(asked: Asked, answer: AxiosResponse<unknown>, parseComplaints: ComplaintParser): HttpResponse {
  const { status } = answer
  const text = typeof answer.data === 'string' ? answer.data : ''
  const parsed = text === '' ? { isJson: false, body: undefined } : parseJson(text)
  const retryAfter = answer.headers['retry-after']
  const failure = toFailure(
    asked,
    { status, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined, ...parsed },
    parseComplaints,
    Date.now(),
  )
  if (failure !== null) throw failure
  // The API speaks JSON: anything else under 2xx is an answer that was cut off or a page of something in between.
  if (text !== '' && !parsed.isJson) {
    throw new RemoteUnavailableError(
      `${describeAt(asked)} answered ${status} with a body that is not whole JSON`,
      contextOf(asked, { status }),
    )
  }
  const header = (name: string) => {
    const value: unknown = answer.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return { status, body: parsed.body, header }
}

function parseJson(text: string): { isJson: boolean; body: unknown } {
  try {
    return { isJson: true, body: JSON.parse(text) }
  } catch {
    return { isJson: false, body: undefined }
  }
}

/** Foreign errors hold the request with its key and body: only their codes go on. */
function toTransportFailure(
  error: unknown,
  asked: Asked,
  signal: AbortSignal,
  timedOutAfterMs: number | null,
): ScontrinoError {
  if (error instanceof ScontrinoError) return error
  if (signal.aborted) return new AbortedError(`${describe(asked)}: stopped`, contextOf(asked))
  if (timedOutAfterMs !== null) {
    return new RemoteUnavailableError(
      `${describeAt(asked)} did not answer within ${timedOutAfterMs} ms`,
      contextOf(asked, { timeoutMs: timedOutAfterMs }),
    )
  }
  const code = codeOf(error)
  const cause = new Error(`transport failure ${code}`)
  if (isAxiosError(error) && error.message.startsWith('maxContentLength')) {
    return new ContractError(`${describe(asked)} answered more than we are ready to read`, contextOf(asked), { cause })
  }
  if (!isAxiosError(error) || /^ERR_(?:INVALID|UNESCAPED|BAD_OPTION|BAD_REQUEST|NOT_SUPPORT)/.test(code)) {
    return new BugError(`${describe(asked)} could not be sent: ${code}`, contextOf(asked, { code }), { cause })
  }
  const message = UNREACHED.has(code)
    ? `${asked.what}: ${asked.origin} cannot be reached (${code})`
    : `${describeAt(asked)} failed: ${code}`
  return new RemoteUnavailableError(message, contextOf(asked, { code }), { cause })
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : 'unknown'
}
