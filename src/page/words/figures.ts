/** Recurring against new customers in a period, as they are to be read. */
export interface GapFigures {
  readonly period: string
  /** Without a sign. */
  readonly gap: string
  readonly newAov: string
  readonly recurringAov: string
  readonly newOrders: string
  readonly recurringOrders: string
  /** Ends of the interval, with their signs. */
  readonly low: string
  readonly high: string
}

/** In how many of the finished periods of late recurring customers spent more or less, or nobody can tell. */
export interface GapsFigures {
  /** Which periods: `Over the last 12 finished months`. */
  readonly span: string
  readonly more: string
  readonly less: string
  readonly unclear: string
}

/** The AOV of a period and of the one it is compared with. */
export interface ChangeFigures {
  readonly period: string
  readonly other: string
  readonly from: string
  readonly to: string
}

/** What the largest orders of a period make of its AOV. */
export interface LargestFigures {
  readonly period: string
  readonly orders: string
  readonly topOrders: string
  readonly topCount: number
  readonly share: string
  readonly aov: string
  readonly without: string
}

/** What becomes of a threshold that follows the shop. */
export interface ThresholdFigures {
  readonly name: string
  /** In force from now on, and until now. */
  readonly price: string
  readonly former: string
  /** What it would be if it might move. */
  readonly wanted: string
  readonly today: string
  readonly tolerance: string
  /** When it may move. */
  readonly after: string
}
