import type { Finding } from './finding.ts'
import type { Cursor, OrderPage } from './page.ts'

/** A shop we pull from. One folder under `src/sources/` each. */
export interface Source {
  /** The key of this source in the configuration, unique within its account. */
  readonly name: string
  /** One cheap authenticated look: reach, scopes, currency, time zone. Problems are findings, not throws. */
  check(signal: AbortSignal): Promise<readonly Finding[]>
  /** Pages in order, from `cursor` (null: from the beginning). The caller saves each page with its cursor. */
  readOrders(from: Cursor | null, signal: AbortSignal): AsyncIterable<OrderPage>
}
