import { CUSTOMER_TYPES } from '../profiles/property-names.ts'

/** What a cell of the matrix is sent. */
type Play = 'upsell' | 'careful-post-purchase' | 'bundles' | 'vip'

/** Customers of one type on one side of the store's AOV, over their whole time. Minor units. */
export interface MatrixCell {
  /** Today's status: one counted order, or more. */
  readonly customerType: 'new' | 'recurring'
  /** Whether the customer's AOV is below the threshold, or at or above it. */
  readonly side: 'below' | 'above'
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
  /** revenue / orders, half up; null without orders. */
  readonly aovMinor: number | null
  readonly play: Play
}

/** New and recurring customers below and above the AOV of all of them: everybody with an address and a counted order. */
export interface Matrix {
  /** The store's AOV; null without orders. */
  readonly thresholdMinor: number | null
  /** Always four: new below and above, recurring below and above. */
  readonly cells: readonly MatrixCell[]
}

/** What practice recommends for each cell. */
export const MATRIX_PLAYS = {
  new: { below: 'upsell', above: 'careful-post-purchase' },
  recurring: { below: 'bundles', above: 'vip' },
} as const satisfies Record<MatrixCell['customerType'], Record<MatrixCell['side'], Play>>

const SIDES = ['below', 'above'] as const

/** The whole matrix from the cells that hold somebody. */
export function toMatrix(thresholdMinor: number | null, counted: readonly Omit<MatrixCell, 'play'>[]): Matrix {
  const cells = CUSTOMER_TYPES.flatMap((customerType) =>
    SIDES.map((side): MatrixCell => {
      const cell = counted.find((one) => one.customerType === customerType && one.side === side)
      const { customers, orders, revenueMinor, aovMinor } = cell ?? NOBODY
      return { customerType, side, customers, orders, revenueMinor, aovMinor, play: MATRIX_PLAYS[customerType][side] }
    }),
  )
  return { thresholdMinor, cells }
}

const NOBODY = { customers: 0, orders: 0, revenueMinor: 0, aovMinor: null }
