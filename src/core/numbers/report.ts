import type { Uncomputed } from './overview.ts'

/** How orders are told apart: by their customer's first order in the period, or by being the first order. */
export type NewDefinition = 'period' | 'rank'

/** The length of a period; weeks start on Monday. */
export type PeriodLength = 'week' | 'month' | 'quarter'

/** Which orders a line of the store's aggregates speaks of. */
export type CustomerKind = 'new' | 'recurring' | 'anonymous'

/** The store's numbers for one kind of customer in one period. Minor units of the account's currency. */
export interface StoreAggregate {
  /** First day of the period, `YYYY-MM-DD` in the account's time zone; null for the whole range. */
  readonly period: string | null
  readonly kind: CustomerKind
  /** Distinct customers with a counted order; 0 for anonymous orders. */
  readonly customers: number
  readonly orders: number
  /** Values of the counted orders, less refunds that name no order where the policy deducts them. */
  readonly revenueMinor: number
  /** revenue / orders, half up; null without orders. */
  readonly aovMinor: number | null
  /** Median value of the counted orders, half up; null without orders. */
  readonly medianMinor: number | null
}

/** An order that does not count, or counts apart, and how much of it there is. */
export interface LeftOut {
  readonly reason: string
  readonly orders: number
  /** Sum of the totals as charged, in minor units of `currency`. */
  readonly totalMinor: number
  readonly currency: string
}

/** Orders in a currency that has no rate at their date. */
export interface UnratedOrders {
  readonly currency: string
  readonly orders: number
  /** When the first of them was placed, `YYYY-MM-DD` in the account's time zone. */
  readonly since: string
}

/** Numbers of the shop between two instants. */
export interface StoreReport {
  readonly from: Date | null
  readonly to: Date | null
  readonly definition: NewDefinition
  readonly by: PeriodLength
  /** Whether customers wait to be computed, so that new and recurring may be told by what was known before. */
  readonly isStale: boolean
  /** The periods in which those bought. */
  readonly uncomputed: Uncomputed
  readonly periods: readonly StoreAggregate[]
  /** The whole range by kind. */
  readonly total: readonly StoreAggregate[]
  /** All identified customers of the range in one line. */
  readonly identified: Omit<StoreAggregate, 'kind' | 'period'>
  readonly leftOut: readonly LeftOut[]
}
