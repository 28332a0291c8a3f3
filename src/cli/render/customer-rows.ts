import type { CustomerLine } from '../../app/application.ts'
import { toMajorText } from '../../core/money.ts'
import type { AccountView } from '../select-accounts.ts'

/** A line as it leaves us: money is decimal text in major units of `currency`, instants are ISO 8601 in UTC. */
export interface CustomerRow {
  readonly account: string
  readonly email: string
  readonly currency: string
  readonly order_count: number
  readonly net_revenue: string
  readonly aov: string
  readonly order_count_12m: number
  readonly net_revenue_12m: string
  readonly aov_12m: string | null
  readonly first_order_at: string
  readonly last_order_at: string
  readonly avg_days_between_orders: number | null
}

/** Columns of the CSV, in order. */
export const CUSTOMER_COLUMNS = [
  'account',
  'email',
  'currency',
  'order_count',
  'net_revenue',
  'aov',
  'order_count_12m',
  'net_revenue_12m',
  'aov_12m',
  'first_order_at',
  'last_order_at',
  'avg_days_between_orders',
] as const satisfies readonly (keyof CustomerRow)[]

/** One customer of an account, named as on the profile. */
export function toCustomerRow({ key, currency }: AccountView, line: CustomerLine): CustomerRow {
  return {
    account: key,
    email: line.email,
    currency,
    order_count: line.orderCount,
    net_revenue: toMajorText(line.revenueMinor, currency),
    aov: toMajorText(line.aovMinor, currency),
    order_count_12m: line.orderCount12m,
    net_revenue_12m: toMajorText(line.revenue12mMinor, currency),
    aov_12m: line.aov12mMinor === null ? null : toMajorText(line.aov12mMinor, currency),
    first_order_at: line.firstOrderAt.toISOString(),
    last_order_at: line.lastOrderAt.toISOString(),
    avg_days_between_orders: line.avgDaysBetweenOrdersTenths === null ? null : line.avgDaysBetweenOrdersTenths / 10,
  }
}
