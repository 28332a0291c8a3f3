import type { Overview, OverviewRequest } from './overview.ts'

/** The store's numbers of one account, kept by week, month and quarter from 1900 to 2199. */
export interface StoreNumbersStore {
  /** Whether a period is waiting to be computed. */
  hasDirty(): Promise<boolean>
  /** How many periods are to be computed, as far as is known without looking at dirty months. */
  countDirty(): Promise<number>
  /**
   * Computes the dirty periods that start in the newest quarter that has some, before the quarter given. Those in which a
   * customer is still to be computed stay dirty. One transaction at a time and none of them long: a pull gets in between.
   * @returns the quarter and how many of its periods were stored; null when there is none.
   * @throws AbortedError between two statements; the quarter's periods stay dirty
   */
  computeQuarter(
    before: string | null,
    signal: AbortSignal,
  ): Promise<{ readonly quarter: string; readonly periods: number } | null>
  /** What is stored, and whether it still is what the orders say. */
  loadOverview(request: OverviewRequest, now: Date): Promise<Overview>
}

/** What computing the store's numbers did. */
export interface StoreCounts {
  /** Weeks, months and quarters computed. */
  readonly periods: number
  /** How many it was stopped before; 0 when it came to the end. */
  readonly left: number
}
