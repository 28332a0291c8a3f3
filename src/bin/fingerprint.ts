import { createHash } from 'node:crypto'

/** Tells one secret from another without being one: 16 hexadecimal digits. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 16)
}
