import { randomUUID } from 'node:crypto'
import { ContractError, type RemoteComplaint, RemoteRejectedError } from '../../core/errors.ts'
import { createHttpClient, type HttpClientOptions } from '../../lib/http-client.ts'
import { parseHttpDate } from '../../lib/http-date.ts'
import { toOauthParameters } from './oauth1.ts'
import type { WoocommerceSourceConfig } from './schema.ts'
import { wireError } from './wire.ts'

/** One GET: `path` begins behind `/wp-json/wc/v3`, `what` is for messages. */
interface Asking {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly what: string
  readonly signal: AbortSignal
}

/** One page of a list. */
interface ListAnswer {
  readonly records: readonly unknown[]
  /** Of the whole list, from `X-WP-Total`. */
  readonly total: number
  readonly totalPages: number
  /** The shop's clock when it answered, in whole seconds; null when it does not say. */
  readonly date: Date | null
}

/** Reads one shop's REST API v3. */
export interface WoocommerceClient {
  /** @throws ContractError when the answer is no list or does not say how long the list is. */
  fetchList(asking: Asking): Promise<ListAnswer>
  /** The parsed body. */
  fetchOne(asking: Asking): Promise<unknown>
  /** What WordPress says of itself to anybody: asked without the key, which is none of WordPress's own. */
  fetchIndex(signal: AbortSignal): Promise<unknown>
}

/** A page of 100 full orders takes a small host many seconds. */
const TIMEOUT_MS = 90_000
const LONGEST_ANSWER_BYTES = 64_000_000
const API = '/wp-json/wc/v3'

/** How the key is shown to this shop. */
export function authOf({ auth, url }: Pick<WoocommerceSourceConfig, 'auth' | 'url'>): 'basic' | 'query' | 'oauth1' {
  return auth ?? (url.toLowerCase().startsWith('https:') ? 'basic' : 'oauth1')
}

/** Builds the client. Reads are repeated by the HTTP client; a signature is made anew each time. */
export function createWoocommerceClient(
  config: WoocommerceSourceConfig,
  options: { readonly reads?: NonNullable<HttpClientOptions['reads']> } = {},
): WoocommerceClient {
  const baseUrl = config.url.replace(/\/+$/, '')
  const http = createHttpClient({
    baseUrl,
    headers: { accept: 'application/json', 'user-agent': 'scontrino' },
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: LONGEST_ANSWER_BYTES,
    parseComplaints,
    ...(options.reads !== undefined && { reads: options.reads }),
  })
  const { consumerKey, consumerSecret } = config

  function credentialsFor(path: string, query: Readonly<Record<string, string>>) {
    switch (authOf(config)) {
      case 'basic':
        return { headers: { authorization: `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}` } }
      case 'query':
        return { sign: () => ({ consumer_key: consumerKey, consumer_secret: consumerSecret }) }
      case 'oauth1':
        return {
          sign: () =>
            toOauthParameters(baseUrl + path, query, config, {
              nonce: randomUUID().replaceAll('-', ''),
              timestampSeconds: Math.floor(Date.now() / 1000),
            }),
        }
    }
  }

  function get({ path, query = {}, what, signal }: Asking) {
    const whole = API + path
    const credentials = credentialsFor(whole, query)
    return http.request({ method: 'GET', path: whole, query, what, needs: 'permission Read', signal, ...credentials })
  }

  return {
    async fetchList(asking) {
      const { body, header } = await get(asking)
      if (!Array.isArray(body)) throw new ContractError(`${asking.what}: the shop did not answer with a list`)
      const total = toCount(header('x-wp-total'))
      const totalPages = toCount(header('x-wp-totalpages'))
      if (total === null || totalPages === null) {
        throw new ContractError(
          `${asking.what}: the answer lacks X-WP-Total or X-WP-TotalPages; something between us and the shop takes them out`,
        )
      }
      return { records: body, total, totalPages, date: parseHttpDate(header('date')) }
    },
    fetchOne: async (asking) => (await get(asking)).body,
    async fetchIndex(signal) {
      const query = { _fields: 'timezone_string,gmt_offset' }
      const what = 'asking WordPress for its time zone'
      return (await http.request({ method: 'GET', path: '/wp-json/', query, what, signal })).body
    },
  }
}

/** Whether the shop said, as WordPress does, that it has no such route: its WooCommerce is too old for it, or off. */
export function isNoRoute(error: unknown): boolean {
  return hasComplaint(error, /^rest_no_route$/)
}

/** Whether the shop said that it has no such order or refund. */
export function isUnknownId(error: unknown): boolean {
  return hasComplaint(error, /^woocommerce_rest_[a-z_]*invalid[a-z_]*_id$/)
}

function hasComplaint(error: unknown, code: RegExp): boolean {
  return (
    error instanceof RemoteRejectedError &&
    error.status === 404 &&
    error.complaints.some((complaint) => code.test(complaint.code))
  )
}

/** WordPress's words may repeat what was asked for, so only its code is kept. */
function parseComplaints(body: unknown): readonly RemoteComplaint[] {
  const parsed = wireError.safeParse(body)
  return parsed.success ? [{ code: parsed.data.code, detail: '' }] : []
}

function toCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null
}
