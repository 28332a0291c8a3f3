import type { RejectedRecord, SourceOrder } from '../core/orders/order.ts'

/** Which records are wanted: in `[from, before)`, without those of `seen`. Instants of the shop's own clock. */
export interface FeedWindow {
  readonly from: Date
  readonly before: Date
  /** Ids read already whose instant is exactly `from`: several records share one. */
  readonly seen: readonly string[]
}

/** One answer of a feed. */
export interface FeedPage<T> {
  /** Oldest first; records at or after `before` and those of `seen` may be among them and are left out by the reader. */
  readonly records: readonly T[]
  /** True when the window holds nothing more. */
  readonly isLast: boolean
  /** How many records the window still holds, these among them and those of `seen` not, where the shop counts. */
  readonly total?: number
}

/**
 * Something a shop lists by an instant of its records (changed, placed, refunded). It is never paged by offset: a record
 * that moves while pages are read would hide another. The reader moves `from` forward instead.
 */
export interface Feed<T> {
  /** For messages: `orders by date_modified`. */
  readonly what: string
  /** The step of its instants: 1000 where the shop keeps whole seconds. */
  readonly precisionMs: number
  fetchPage(window: FeedWindow, signal: AbortSignal): Promise<FeedPage<T>>
  idOf(record: T): string
  /** To the feed's precision. */
  instantOf(record: T): Date
}

/** What a record of the shop came to. */
export type Mapped =
  | { readonly kind: 'order'; readonly order: SourceOrder }
  | { readonly kind: 'rejected'; readonly externalId: string; readonly rejected: RejectedRecord }
  /** Not an order that was ever placed: a cart. */
  | { readonly kind: 'none'; readonly externalId: string }

/** Something that names its order, such as a refund: the order is fetched anew. */
export interface OrderNamed {
  readonly id: string
  readonly orderId: string
  readonly at: Date
}
