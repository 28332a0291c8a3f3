import { createHash, timingSafeEqual } from 'node:crypto'

const BEARER = /^Bearer +([\x21-\x7e]+)$/i

/**
 * Tells whether an `Authorization` header carries the token. Both sides are hashed first, so that the comparison takes
 * the same time whatever was sent, its length included.
 */
export function createTokenCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token)
  return (authorization) => {
    const sent = BEARER.exec(authorization ?? '')?.[1]
    return sent !== undefined && timingSafeEqual(digest(sent), expected)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
