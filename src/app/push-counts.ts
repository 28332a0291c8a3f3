/** What a push has done so far; kept with its job while it waits, so that the final count is of the whole. */
export interface PushCounts {
  readonly confirmed: number
  readonly refused: number
  /** Customers without a profile in Klaviyo, left alone by `profiles: update-existing`. */
  readonly absent: number
  readonly imports: number
  /** Imports that were cancelled, forgotten, or failed for profiles that were not named; their profiles go again. */
  readonly abandoned: number
  /** Forgotten people, and customers without an order left, whose profile was cleared, deleted or not there. */
  readonly erased: number
}

/** Nothing done yet. */
export const NO_PUSHES: PushCounts = { confirmed: 0, refused: 0, absent: 0, imports: 0, abandoned: 0, erased: 0 }

/** The counts as one push changes them. */
export type Tally = { -readonly [Count in keyof PushCounts]: number }
