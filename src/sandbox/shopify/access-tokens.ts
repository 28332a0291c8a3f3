import { randomBytes } from 'node:crypto'
import type { ShopClock } from '../shop-server/shop-clock.ts'

/** Credentials of the app that the sandbox knows. */
export interface AppCredentials {
  readonly clientId: string
  readonly clientSecret: string
  /** The first one of the app's rotating refresh tokens. */
  readonly refreshToken: string
  /** One that never expires, as older custom apps have. */
  readonly accessToken: string
}

/** What the token address answers. */
type Granted = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

/** Gives out tokens and knows which are good. */
export interface TokenDesk {
  grant(fields: URLSearchParams): Granted
  isGood(token: string | undefined): boolean
  /** Ends all but the static one, as a rotated client secret does. */
  revokeAll(): void
  /** How many were given out. */
  readonly granted: number
}

const DAY_S = 86_399
const HOUR_S = 3_600

/** A desk for one app. A used refresh token works again until its successor, or what came with it, is used. */
export function createTokenDesk(app: AppCredentials, clock: ShopClock): TokenDesk {
  const good = new Map<string, number>()
  let refresh = { current: app.refreshToken, next: null as { access: string; refresh: string } | null }
  let granted = 0

  function issue(seconds: number): string {
    granted += 1
    const token = `shpat_${randomBytes(16).toString('hex')}`
    good.set(token, clock.now().getTime() + seconds * 1000)
    return token
  }

  function retire(): void {
    if (refresh.next !== null) refresh = { current: refresh.next.refresh, next: null }
  }

  return {
    get granted() {
      return granted
    },
    revokeAll: () => good.clear(),
    isGood(token) {
      if (token === undefined) return false
      if (token === app.accessToken) return true
      if (token === refresh.next?.access) retire()
      return (good.get(token) ?? 0) > clock.now().getTime()
    },
    grant(fields) {
      const given = { id: fields.get('client_id'), secret: fields.get('client_secret') }
      if (given.id !== app.clientId || given.secret !== app.clientSecret) {
        return { status: 400, body: { error: 'invalid_client', error_description: 'unknown client or secret' } }
      }
      if (fields.get('grant_type') === 'client_credentials') {
        return { status: 200, body: { access_token: issue(DAY_S), scope: 'read_orders', expires_in: DAY_S } }
      }
      const used = fields.get('refresh_token')
      if (fields.get('grant_type') === 'refresh_token' && used !== null) {
        if (used === refresh.next?.refresh) retire()
        if (used === refresh.current) {
          const next = { access: issue(HOUR_S), refresh: `shprt_${randomBytes(16).toString('hex')}` }
          refresh = { ...refresh, next }
          const body = {
            access_token: next.access,
            expires_in: HOUR_S,
            refresh_token: next.refresh,
            scope: 'read_orders',
          }
          return { status: 200, body: { ...body, refresh_token_expires_in: 90 * 86_400 } }
        }
      }
      return { status: 400, body: { error: 'invalid_grant', error_description: 'the refresh token is not good' } }
    },
  }
}
