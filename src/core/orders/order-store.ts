import type { Cursor, OrderPage, RollCall } from './page.ts'
import type { FetchedOrders } from './source.ts'

/** What saving one page changed. */
export interface PageCounts {
  readonly orders: number
  readonly refunds: number
  /** Orders and refunds that were new or different. */
  readonly changed: number
  readonly rejected: number
  readonly skipped: number
}

/** Where pulled orders go. One instance per account. */
export interface OrderStore {
  /** The cursor to read from (null: from the beginning) and the ledger's own time, for `saveOrderPage`. */
  beginReading(source: string): Promise<{ cursor: Cursor | null; readSince: Date }>
  /** Forgets the cursor, so that the next pull reads from the beginning. */
  resetCursor(source: string): Promise<void>
  /**
   * Saves orders, refunds, dead letters and the cursor in one transaction. Idempotent; an order older than the stored
   * one never overwrites it. `readSince`: when this reading began, to resolve dead letters that did not come again.
   */
  saveOrderPage(source: string, page: OrderPage, readSince: Date): Promise<PageCounts>
  /** Saves orders that were looked up one by one: the cursor stays where it is. */
  saveFetchedOrders(source: string, fetched: FetchedOrders): Promise<PageCounts>
  /** Stored orders, not known as deleted, that were placed in the roll call's range and are not named in it. */
  loadAbsent(
    source: string,
    rollCall: RollCall,
  ): Promise<{ readonly absent: readonly string[]; readonly stored: number }>
}
