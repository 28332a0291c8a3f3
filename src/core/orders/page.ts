import type { CustomerRefund, RejectedRecord, SourceOrder } from './order.ts'

/** Opaque JSON: only its own source reads it, and versions it. */
export type Cursor = Readonly<Record<string, unknown>>

/** How far a read has come, for people. `total` is absent where the shop cannot count. */
interface ReadProgress {
  readonly done: number
  readonly total?: number
  readonly unit: 'orders' | 'rows' | 'bytes'
}

/** All orders placed in `[placedFrom, placedBefore)`, in any state, readable or not. */
export interface RollCall {
  readonly placedFrom: Date
  readonly placedBefore: Date
  readonly externalIds: readonly string[]
}

/** One page from a source, oldest change first. */
export interface OrderPage {
  /** Orders with their refunds. */
  readonly orders: readonly SourceOrder[]
  /** Refunds that name no order. */
  readonly refunds: readonly CustomerRefund[]
  /** Dead letters; they never stop a run. */
  readonly rejected: readonly RejectedRecord[]
  /** Records read and left out on the configuration's own wish (`skip`), so that every record is accounted for. */
  readonly skipped: number
  /** Saved in the same transaction as the page, never before. */
  readonly cursor: Cursor
  /** True on a page that ends a complete re-read: dead letters of this source that did not come again are resolved. */
  readonly completesReread?: boolean
  /**
   * True on the first page of a reading that began at the source's beginning: what an interrupted reading counted comes
   * again. To be said whenever it is so, also where the given cursor pointed to the middle.
   */
  readonly startsOver?: true
  /**
   * What the orders are worth against stored ones. `live`: as the shop has them now; they count whatever their instants
   * say. `export`: a copy made earlier; newer instants win, and what was deleted meanwhile is not brought back. Absent:
   * versions in any order, as in a file; newer instants win.
   */
  readonly reading?: 'live' | 'export'
  /** Ids of orders that the shop has no more (deleted, trashed): they stay in the ledger and leave every sum. */
  readonly deleted?: readonly string[]
  /** Every order the shop has that was placed in a range; who is stored and not named here is looked up. */
  readonly rollCall?: RollCall
  /** True on the first page of a reading that goes on in the middle, yet names the dead letters before it again. */
  readonly repeatsRejected?: true
  readonly progress?: ReadProgress
}
