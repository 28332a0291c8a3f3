import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether a signature (base64 of HMAC-SHA256) is one of these secrets' over the body. Every secret is tried, so that the
 * time taken does not tell which one it was.
 */
export function isSignedBody(body: Buffer, signature: string | undefined, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature ?? '', 'base64')
  return secrets
    .map((secret) => createHmac('sha256', secret).update(body).digest())
    .map((right) => given.length === right.length && timingSafeEqual(given, right))
    .includes(true)
}
