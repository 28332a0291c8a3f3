/** An order of a sample shop as it stands at the end of the sampled time. Money in minor units of `currency`. */
export interface SampleOrder {
  /** The order's number, growing with `placedAt`. */
  readonly order: string
  readonly placedAt: Date
  /** When it was last paid, cancelled or refunded; else when it was placed. */
  readonly updatedAt: Date
  /** Null: a guest. Now and then in capitals, as people type it. */
  readonly email: string | null
  /** The shop's customer id; null for a guest. */
  readonly customer: string | null
  readonly country: string
  readonly currency: string
  /** subtotal − discount + tax + shipping, exactly. */
  readonly totalMinor: number
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly taxMinor: number
  readonly shippingMinor: number
  /** 0 when nothing was given back. */
  readonly refundedMinor: number
  readonly refundedAt: Date | null
  readonly state: 'placed' | 'pending' | 'cancelled'
  readonly test: boolean
  readonly channel: 'online' | 'app' | 'pos'
}
