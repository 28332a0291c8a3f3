import type { DateProperty, NumericProperty, TextProperty } from '../segments/segment.ts'

/** Every profile property we can write, without the account's prefix. All are on by default. */
export const PROPERTY_NAMES = [
  'aov',
  'aov_12m',
  'aov_currency',
  'aov_policy',
  'aov_band',
  'order_count',
  'net_revenue',
  'first_order_at',
  'last_order_at',
  'avg_days_between_orders',
  'customer_type',
  'aov_segment',
  'aov_updated_at',
] as const

export type PropertyName = (typeof PROPERTY_NAMES)[number]

/** Properties that exist only where the account has `bands`. */
export const BAND_PROPERTY_NAMES = ['aov_band', 'aov_segment'] as const satisfies readonly PropertyName[]

/** Properties a segment may compare as numbers. */
export const NUMERIC_PROPERTY_NAMES = [
  'aov',
  'aov_12m',
  'order_count',
  'net_revenue',
  'avg_days_between_orders',
] as const satisfies readonly (NumericProperty & PropertyName)[]

/** Those of them that are amounts of the account's currency. */
const MONEY_PROPERTY_NAMES: readonly string[] = [
  'aov',
  'aov_12m',
  'net_revenue',
] satisfies (typeof NUMERIC_PROPERTY_NAMES)[number][]

/** Whether a property is an amount of the account's currency. */
export function isMoneyProperty(property: string): boolean {
  return MONEY_PROPERTY_NAMES.includes(property)
}

/** Properties a segment may compare as words. */
export const TEXT_PROPERTY_NAMES = [
  'customer_type',
  'aov_band',
  'aov_segment',
  'aov_currency',
  'aov_policy',
] as const satisfies readonly (TextProperty & PropertyName)[]

/** Properties a segment may compare as instants. */
export const DATE_PROPERTY_NAMES = [
  'first_order_at',
  'last_order_at',
  'aov_updated_at',
] as const satisfies readonly (DateProperty & PropertyName)[]

/** Values of `customer_type`: one counted order, or more. */
export const CUSTOMER_TYPES = ['new', 'recurring'] as const

/** Values of `aov_band`, from the lowest. */
export const AOV_BANDS = ['low', 'mid', 'high'] as const

/** Values of `aov_segment`: customer type and band, `new_low` … `recurring_high`. */
export const AOV_SEGMENTS = [
  'new_low',
  'new_mid',
  'new_high',
  'recurring_low',
  'recurring_mid',
  'recurring_high',
] as const satisfies readonly `${(typeof CUSTOMER_TYPES)[number]}_${(typeof AOV_BANDS)[number]}`[]
