import type { PageAssets } from '../../page/assets.ts'
import type { HttpApplication } from '../application.ts'
import type { TokenCheck } from '../bearer-token.ts'
import type { RequestLimits } from '../limits.ts'
import type { PageSessions } from './session.ts'

/** What the pages for people stand on. */
export interface PageDoor {
  readonly application: HttpApplication
  readonly assets: PageAssets
  readonly sessions: PageSessions
  readonly limits: RequestLimits
  /** Null: no token is configured, nobody logs in, and only this machine is answered. */
  readonly hasToken: TokenCheck | null
  /** Under which people reach it, when that is another address than the one a proxy asks for. */
  readonly publicUrl: string | null
}

/** The cookie of a session. */
export const SESSION_COOKIE = 'scontrino_session'
