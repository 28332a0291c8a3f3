import { createHash, timingSafeEqual } from 'node:crypto'

const BEARER = /^Bearer +([\x21-\x7e]+)$/i

/** Whether what was sent is the token. */
export type TokenCheck = (sent: string | undefined) => boolean

/** What an `Authorization` header carries. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1]
}

/**
 * Tells the token from anything else. Both sides are hashed first, so that the comparison takes the same time whatever
 * was sent, its length included.
 */
export function createTokenCheck(token: string): TokenCheck {
  const expected = digest(token)
  return (sent) => sent !== undefined && timingSafeEqual(digest(sent), expected)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
