import { createHmac } from 'node:crypto'

/** Name and value, not encoded; a name may occur more than once. */
type Parameter = readonly [name: string, value: string]

/** What a signature is over (RFC 5849, 3.4.1): method, address and sorted parameters, each encoded. `url` has no query. */
export function toSignatureBase(method: string, url: string, parameters: readonly Parameter[]): string {
  const encoded = parameters.map(([name, value]): Parameter => [encode(name), encode(value)])
  const sorted = encoded.toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  const joined = sorted.map(([name, value]) => `${name}=${value}`).join('&')
  return [method.toUpperCase(), encode(toBaseAddress(url)), encode(joined)].join('&')
}

/** The signature of such a text (RFC 5849, 3.4.2), in base64. RFC 5849 itself knows only sha1; sha256 is done likewise. */
export function signBase(base: string, secrets: { consumer: string; token: string }, hash: 'sha1' | 'sha256'): string {
  const key = `${encode(secrets.consumer)}&${encode(secrets.token)}`
  return createHmac(hash, key).update(base).digest('base64')
}

/** Parameters that sign one GET of a shop, which has no tokens. A nonce may be used once, so every attempt takes another. */
export function toOauthParameters(
  url: string,
  query: Readonly<Record<string, string>>,
  key: { readonly consumerKey: string; readonly consumerSecret: string },
  moment: { readonly nonce: string; readonly timestampSeconds: number },
): Record<string, string> {
  const own = {
    oauth_consumer_key: key.consumerKey,
    oauth_nonce: moment.nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(moment.timestampSeconds),
  }
  const base = toSignatureBase('GET', url, Object.entries({ ...query, ...own }))
  return { ...own, oauth_signature: signBase(base, { consumer: key.consumerSecret, token: '' }, 'sha256') }
}

/** Scheme and host in lower case, without the default port, query and fragment (RFC 5849, 3.4.1.2). */
function toBaseAddress(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** By bytes, which for encoded text are its characters. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
