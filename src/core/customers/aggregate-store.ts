import type { AovBand, BandRule } from '../thresholds/band.ts'

/** What one computation did. */
export interface ComputeCounts {
  readonly customers: number
  readonly changed: number
  /** True when a changed setting made everything dirty. */
  readonly everything: boolean
}

/** The aggregates of one account. */
export interface AggregateStore {
  /** Marks what the settings or the passing of time made dirty. @returns whether a changed setting touched everyone. */
  markOutdated(now: Date): Promise<boolean>
  /** Computes up to `limit` dirty customers and what their profiles should hold. @returns how many were taken and changed. */
  computeCustomers(now: Date, limit: number): Promise<{ taken: number; changed: number }>
  countDirtyCustomers(): Promise<number>
  /** Brings bands in line with a rule, and with minimum stays that have ended. @returns how many customers changed band. */
  applyBands(rule: BandRule | null, now: Date): Promise<number>
}

/** The aggregates of a customer, money in minor units of the account's currency. */
export interface CustomerAggregate {
  readonly orderCount: number
  readonly revenueMinor: number
  readonly aovMinor: number
  readonly orderCount12m: number
  readonly revenue12mMinor: number
  /** Null: no counted order within twelve months. */
  readonly aov12mMinor: number | null
  readonly firstOrderAt: Date
  readonly lastOrderAt: Date
  /** Null for a single order. */
  readonly avgDaysBetweenOrdersTenths: number | null
  /** When the oldest order leaves the window; null when none is in it. */
  readonly recomputeAfter: Date | null
}

/** A customer's aggregates as the ledger holds them. */
export interface StoredAggregate extends CustomerAggregate {
  /** When what is pushed of the customer last changed. */
  readonly changedAt: Date
  /** Null: the account has no bands, or they have no borders yet. */
  readonly band: AovBand | null
  /** When they came into it. */
  readonly bandSince: Date | null
}
