import type { Book } from './book.ts'
import type { ShopClock } from './shop-clock.ts'
import type { ShopFaults } from './shop-faults.ts'

/** A running shop of one platform, with everything a test or a demo needs of it. */
export interface ShopServer {
  /** Base address without a slash at the end. */
  readonly url: string
  readonly book: Book
  readonly clock: ShopClock
  readonly faults: ShopFaults
  /** What `sources.<key>` in scontrino.yaml has to be to read it, secrets included. */
  readonly source: Readonly<Record<string, unknown>>
  close(): Promise<void>
}

/** How to start one. */
export interface ShopServerOptions {
  /** Default: any free port. */
  readonly port?: number
  /** Where the shop is: of its local instants. */
  readonly timezone?: string
  readonly currency?: string
  /** Default: one that runs with real time. */
  readonly clock?: ShopClock
  /** Awaited between a list's being read and its being answered, so that a test can change the shop in between. */
  readonly onList?: () => void
}
