/** Properties of ours that a segment may ask about, and the aggregate behind each. */
export type NumericProperty = 'aov' | 'aov_12m' | 'order_count' | 'net_revenue' | 'avg_days_between_orders'
export type TextProperty = 'customer_type' | 'aov_band' | 'aov_segment' | 'aov_currency' | 'aov_policy'
export type DateProperty = 'first_order_at' | 'last_order_at' | 'aov_updated_at'

/** Numbers that a `predictive` segment can ask about: Klaviyo computes them itself, whatever we write. */
export const PREDICTIVE_PROPERTIES = [
  'aov',
  'order_count',
  'avg_days_between_orders',
] as const satisfies NumericProperty[]

export type NumericOperator = 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'between'

/** A question about a number: `value` in major units of the account's currency; `between` includes both ends. */
export type NumericCondition =
  | {
      readonly property: NumericProperty
      readonly operator: Exclude<NumericOperator, 'between'>
      readonly value: number
    }
  | { readonly property: NumericProperty; readonly operator: 'between'; readonly value: readonly [number, number] }

export type TextCondition =
  | { readonly property: TextProperty; readonly operator: 'eq'; readonly value: string }
  | { readonly property: TextProperty; readonly operator: 'in'; readonly value: readonly string[] }

/**
 * A question about an instant. A date, `YYYY-MM-DD`, is its first instant in the account's time zone: `before` it, or
 * `after` it with that instant included, so that the two complement each other. A day of `inLastDays` is 24 hours.
 */
export type DateCondition =
  | { readonly property: DateProperty; readonly operator: 'before' | 'after'; readonly value: string }
  | { readonly property: DateProperty; readonly operator: 'inLastDays'; readonly value: number }

/** One question about a profile. Who has no value of the property is never meant. */
export type SegmentCondition = NumericCondition | TextCondition | DateCondition

/** A segment, free of any vendor's grammar: `all` groups must hold, in a group `any` condition. */
export interface SegmentSpec {
  /** Stable key from the configuration; the remote id is kept under it. */
  readonly key: string
  readonly name: string
  readonly all: readonly { readonly any: readonly SegmentCondition[] }[]
  /** `property`: our own properties. `predictive`: Klaviyo's own figures, where the account has them. */
  readonly basis: 'property' | 'predictive'
}

/** A segment as the destination has it. */
export interface RemoteSegment {
  readonly id: string
  readonly name: string
  /** The vendor's own definition, to be compared, never interpreted here. */
  readonly definition: unknown
  /** Whether it carries our tag. */
  readonly tagged: boolean
}

/** How large the destination says a segment is. */
export interface SegmentSize {
  /** Profiles in it now; null while the destination does not say. */
  readonly members: number | null
  /** Whether it says that it is still working on it. False proves nothing. */
  readonly isProcessing: boolean
}

/** A flow that starts when somebody enters a segment: changing the segment may send mail. */
export interface FlowTrigger {
  readonly id: string
  readonly name: string
  readonly status: string
}
