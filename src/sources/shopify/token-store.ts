import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { SecretStore } from '../../core/orders/secret-store.ts'

const storedToken = z.object({
  accessToken: z.string(),
  expiresAtMs: z.number(),
  /** Absent for tokens that are fetched with the client secret alone. */
  refreshToken: z.string().optional(),
  /** Fingerprint of the configured credentials it came from: other ones make it void. */
  origin: z.string(),
})

/** An access token and what renews it. */
export type StoredToken = z.infer<typeof storedToken>

/** Where a source keeps the newest token, since a refresh token that was used is soon worth nothing. Shared by all processes. */
export interface TokenStore {
  /** Null: nothing was kept, or not with this client secret. */
  load(): Promise<StoredToken | null>
  /** Replaces what was kept, at once and as a whole. */
  save(token: StoredToken): Promise<void>
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Keeps tokens sealed with a key that is made of the client secret. */
export function createTokenStore(secrets: SecretStore, clientSecret: string): TokenStore {
  const key = Buffer.from(hkdfSync('sha256', clientSecret, '', 'scontrino shopify token', 32))
  return {
    async load() {
      const sealed = await secrets.load()
      return sealed === null ? null : unseal(sealed, key)
    },
    async save(token) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, key, nonce)
      const text = Buffer.concat([cipher.update(JSON.stringify(token), 'utf8'), cipher.final()])
      await secrets.save(Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64'))
    },
  }
}

/** What another secret has sealed cannot be read, and is as good as nothing. */
function unseal(sealed: string, key: Buffer): StoredToken | null {
  const bytes = Buffer.from(sealed, 'base64')
  const textAt = NONCE_BYTES + TAG_BYTES
  if (bytes.length <= textAt) return null
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, textAt))
    const text = decipher.update(bytes.subarray(textAt), undefined, 'utf8') + decipher.final('utf8')
    return storedToken.parse(JSON.parse(text))
  } catch {
    return null
  }
}
