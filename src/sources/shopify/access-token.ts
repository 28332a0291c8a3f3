import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AuthError, ContractError, RemoteRejectedError } from '../../core/errors.ts'
import type { SecretStore } from '../../core/orders/secret-store.ts'
import type { HttpClient } from '../../lib/http-client.ts'
import type { ShopifySourceConfig } from './schema.ts'
import { createTokenStore, type StoredToken } from './token-store.ts'

/** Hands out the access token of one shop. */
export interface AccessTokens {
  /** One that is valid as far as its expiry tells. */
  get(signal: AbortSignal): Promise<string>
  /** Another one in place of one that was refused; null where none can be had. */
  renew(refused: string, signal: AbortSignal): Promise<string | null>
}

/** So long before its end a token is renewed: a request takes its time. */
const EARLY_MS = 5 * 60_000

const grant = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
})

/**
 * The three kinds of credentials: a static token; client credentials, good for 24 h; an expiring offline token with a
 * refresh token that changes with every use and is saved before the access token it came with is used.
 */
export function createAccessTokens(
  config: ShopifySourceConfig,
  http: HttpClient,
  secrets: SecretStore,
  nowMs: () => number = Date.now,
): AccessTokens {
  const { accessToken, clientId, clientSecret = '', refreshToken } = config
  if (accessToken !== undefined) return { get: async () => accessToken, renew: async () => null }
  const store = createTokenStore(secrets, clientSecret)
  const origin = createHash('sha256')
    .update(JSON.stringify([config.shop, clientId, clientSecret, refreshToken ?? null]))
    .digest('hex')
  let renewing: Promise<StoredToken> | null = null

  async function load(): Promise<StoredToken | null> {
    const stored = await store.load()
    return stored?.origin === origin ? stored : null
  }

  /** Requests of this process that need a new token wait for the same one. */
  function fetchOnce(signal: AbortSignal): Promise<StoredToken> {
    renewing ??= fetchToken(signal).finally(() => {
      renewing = null
    })
    return renewing
  }

  async function fetchToken(signal: AbortSignal): Promise<StoredToken> {
    const refresh = refreshToken === undefined ? undefined : ((await load())?.refreshToken ?? refreshToken)
    const answer = await requestToken(refresh, signal).catch(async (error: unknown) => {
      // Another process was quicker, and the refresh token is used up.
      const stored = await load()
      if (refresh === undefined || stored === null || stored.refreshToken === refresh) throw error
      return stored
    })
    if ('origin' in answer) return answer
    const token: StoredToken = {
      accessToken: answer.access_token,
      expiresAtMs: nowMs() + answer.expires_in * 1000,
      ...(refresh !== undefined && { refreshToken: answer.refresh_token ?? refresh }),
      origin,
    }
    await store.save(token)
    return token
  }

  async function requestToken(refresh: string | undefined, signal: AbortSignal): Promise<z.infer<typeof grant>> {
    const what = 'renewing the Shopify access token'
    const fields = {
      client_id: clientId ?? '',
      client_secret: clientSecret,
      ...(refresh === undefined
        ? { grant_type: 'client_credentials' }
        : { grant_type: 'refresh_token', refresh_token: refresh }),
    }
    try {
      // Repeatable: a refresh token may be used again until its successor is used.
      const { body } = await http.request({
        method: 'POST',
        path: '/admin/oauth/access_token',
        body: String(new URLSearchParams(fields)),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        isRead: true,
        signal,
        what,
      })
      const parsed = grant.safeParse(body)
      if (!parsed.success) throw new ContractError(`${what}: the answer has no token and expiry`)
      return parsed.data
    } catch (error) {
      if (!(error instanceof RemoteRejectedError)) throw error
      const kind = refresh === undefined ? 'client id and secret' : 'client id, secret and refresh token'
      throw new AuthError(`${what}: Shopify does not accept the ${kind} (${error.status})`, { status: error.status })
    }
  }

  return {
    async get(signal) {
      const stored = await load()
      if (stored !== null && stored.expiresAtMs - EARLY_MS > nowMs()) return stored.accessToken
      return (await fetchOnce(signal)).accessToken
    },
    async renew(refused, signal) {
      // Another process may have renewed it meanwhile.
      const stored = await load()
      if (stored !== null && stored.accessToken !== refused) return stored.accessToken
      return (await fetchOnce(signal)).accessToken
    },
  }
}
