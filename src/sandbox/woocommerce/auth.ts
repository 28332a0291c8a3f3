import { createHmac, timingSafeEqual } from 'node:crypto'
import { Failure } from './failure.ts'
import { SANDBOX_KEY } from './options.ts'

/** What of a request shows a key. */
interface Presented {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  readonly authorization: string | undefined
}

/** Who may read what: throws for everybody without the key. */
export type Authenticate = (presented: Presented) => void

const WINDOW_SECONDS = 15 * 60
const OAUTH_NAMES = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
]

/** Takes keys as WooCommerce does: under TLS as they are, over plain http by signature only. `homeUrl` is what is signed. */
export function createAuthenticate(homeUrl: () => string, isTls: boolean): Authenticate {
  const usedNonces = new Map<string, number>()

  function checkSignature({ method, path, query }: Presented): void {
    const missing = OAUTH_NAMES.filter((name) => (query.get(name) ?? '') === '')
    if (missing.length === OAUTH_NAMES.length) throw cannotView()
    if (missing.length > 0) {
      throw refused(
        'woocommerce_rest_authentication_missing_parameter',
        `Missing OAuth parameter ${missing.join(', ')}`,
      )
    }
    if (query.get('oauth_consumer_key') !== SANDBOX_KEY.consumerKey) throw wrong('Consumer key is invalid.')
    const algorithm = query.get('oauth_signature_method')
    if (algorithm !== 'HMAC-SHA1' && algorithm !== 'HMAC-SHA256')
      throw wrong('Invalid signature - signature method is invalid.')
    const pairs = [...query].filter(([name]) => name !== 'oauth_signature')
    // As PHP does it: names sorted before they are encoded, every pair encoded as a whole.
    pairs.sort(([a], [b]) => (a < b ? -1 : 1))
    const joined = pairs
      .map(([name, value]) => rawurlencode(`${rawurlencode(name)}=${rawurlencode(value)}`))
      .join('%26')
    const text = `${method}&${rawurlencode(homeUrl() + path)}&${joined}`
    const expected = createHmac(algorithm.slice('HMAC-'.length), `${SANDBOX_KEY.consumerSecret}&`).update(text).digest()
    const given = Buffer.from(query.get('oauth_signature') ?? '', 'base64')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw wrong('Invalid signature - provided signature does not match.')
    }
    checkFreshness(Number(query.get('oauth_timestamp')), query.get('oauth_nonce') ?? '')
  }

  /** By real time, also in a shop whose clock a test has stopped: clients have no other. */
  function checkFreshness(timestamp: number, nonce: string): void {
    const now = Date.now() / 1000
    if (!(Math.abs(timestamp - now) <= WINDOW_SECONDS)) throw wrong('Invalid timestamp.')
    if (usedNonces.has(nonce)) throw wrong('Invalid nonce - nonce has already been used.')
    for (const [old, at] of usedNonces) if (at < now - WINDOW_SECONDS) usedNonces.delete(old)
    usedNonces.set(nonce, timestamp)
  }

  return (presented) => {
    const shown = isTls ? plainKey(presented) : null
    if (shown === null) return checkSignature(presented)
    if (shown.key !== SANDBOX_KEY.consumerKey) throw cannotView()
    if (shown.secret !== SANDBOX_KEY.consumerSecret) throw wrong('Consumer secret is invalid.')
  }
}

function plainKey({ query, authorization }: Presented): { key: string; secret: string } | null {
  const [key, secret] = [query.get('consumer_key') ?? '', query.get('consumer_secret') ?? '']
  if (key !== '' && secret !== '') return { key, secret }
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1]
  if (basic === undefined) return null
  const [name = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { key: name, secret: rest.join(':') }
}

function rawurlencode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function cannotView(): Failure {
  return refused('woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
}

function wrong(message: string): Failure {
  return refused('woocommerce_rest_authentication_error', message)
}

function refused(code: string, message: string): Failure {
  return new Failure(401, code, message)
}
