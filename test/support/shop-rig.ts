import type { BookOrder, NewOrder, OrderChange } from '../../src/sandbox/shop-server/book.ts'
import type { ShopFaults } from '../../src/sandbox/shop-server/shop-faults.ts'
import type { SOURCE_TYPES } from '../../src/sources/registry.ts'

/** What happened in a shop, and a way to make more happen; a shop's answers may take their time. */
export interface RigBook {
  /** Every order as the shop must show it by now. */
  readonly orders: ReadonlyMap<number, BookOrder>
  /** What the platform cannot do as wished it does its own way; the order says how. */
  place(order: NewOrder): BookOrder | Promise<BookOrder>
  /** To be awaited. */
  change(orderId: number, change: OrderChange, at?: Date): unknown
}

/** A shop of a rig: of the sandbox, or a real server. */
export interface RigShop {
  readonly book: RigBook
  readonly clock: {
    now(): Date
    /** To be awaited. */
    advance(ms: number): unknown
  }
  /** Null: nobody can tell it to fail. */
  readonly faults: ShopFaults | null
  /** What `sources.<key>` in scontrino.yaml has to be to read it, secrets included. */
  readonly source: Readonly<Record<string, unknown>>
  close(): Promise<void>
}

/** How to open one. */
export interface RigOptions {
  /** What the clock shows: it stands still until it is told to move, or, of a real server, goes on from here. */
  readonly startedAt: Date
  readonly timezone?: string
  readonly currency?: string
  /** Awaited between a list's being read and its being answered, so that a test can change the shop in between. */
  readonly onList?: () => Promise<void>
}

/** A shop of one platform and how its source is to see it. */
export interface ShopRig<S extends RigShop = RigShop> {
  /** Of the tests: the type, and what is special about the shop. */
  readonly name: string
  readonly type: keyof typeof SOURCE_TYPES
  open(options: RigOptions): Promise<S>
  /** The source's id of an order of the book. */
  idOf(id: number): string
  /** Every change that the platform has, and when it is seen: by the next reading, or by the next sweep. */
  readonly seen: Readonly<Partial<Record<OrderChange['kind'], 'at once' | 'by the sweep'>>>
  /** In place of what the shop's own configuration says. */
  readonly wrongKey: Readonly<Record<string, unknown>>
  /** Settings under which its pages are small, where it has such. */
  readonly smallPages: Readonly<Record<string, unknown>>
  /** More orders than one page has under `smallPages`. */
  readonly severalPages: number
  /** Whether a backfill comes as one file, of which `malformed-record` spoils nothing. */
  readonly exports?: true
  /** A server of somebody else: its clock runs, its zone is UTC, its currency the euro, and everything takes time. */
  readonly isReal?: true
}
