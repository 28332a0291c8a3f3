import type { AccountSettings } from '../../core/account.ts'
import type { PropertyName } from '../../core/profiles/property-names.ts'
import { commonFingerprint } from '../customers/settings-fingerprint.ts'
import { literal } from '../orders/order-value.ts'

/** The fingerprint of a profile that holds nothing of ours. */
export const NOTHING = '00000000-0000-0000-0000-000000000000'

/**
 * SQL that fingerprints what a profile should hold, over a row `a` of customer_aggregates. It covers exactly the values
 * behind the chosen properties, so that a property nobody asked for causes no push, and nothing that is pushed is missing:
 * when the rest changed (`aov_updated_at`) tells contents apart that have come back to what they were.
 */
export function desiredSql(settings: AccountSettings): string {
  const { properties } = settings.profiles
  const changedAt = properties.includes('aov_updated_at') ? ['extract(epoch from a.changed_at)'] : []
  const parts = [
    literal(commonFingerprint(settings)),
    ...valuesOf(settings, { row: 'a', band: 'a.band' }),
    ...changedAt,
  ]
  return `md5(concat_ws('|', ${parts.join(', ')}))::uuid`
}

/** A row like those of customer_aggregates, and the SQL of its band. */
interface AggregateRow {
  readonly row: string
  readonly band: string
}

/** SQL for whether two rows differ in what a profile shows of them. */
export function showsOtherSql(settings: AccountSettings, one: AggregateRow, other: AggregateRow): string {
  const textOf = (row: AggregateRow) => `concat_ws('|', ${["''", ...valuesOf(settings, row)].join(', ')})`
  return `(${textOf(one)} <> ${textOf(other)})`
}

/** The values behind the chosen properties that differ between customers, but for when they changed. */
function valuesOf(settings: AccountSettings, { row, band: bandOf }: AggregateRow): string[] {
  const type = `case when ${row}.order_count > 1 then 'r' else 'n' end`
  const band = settings.bands === null ? null : `coalesce(${bandOf}, '')`
  const values: Readonly<Record<PropertyName, string | null>> = {
    aov: `${row}.aov_minor`,
    aov_12m: `coalesce(${row}.aov_12m_minor::text, '')`,
    aov_currency: null,
    aov_policy: null,
    aov_band: band,
    order_count: `${row}.order_count`,
    net_revenue: `${row}.revenue_minor`,
    first_order_at: `extract(epoch from ${row}.first_order_at)`,
    last_order_at: `extract(epoch from ${row}.last_order_at)`,
    avg_days_between_orders: `coalesce(${row}.avg_days_between_orders_tenths::text, '')`,
    customer_type: type,
    aov_segment: band === null ? null : `${type}, ${band}`,
    aov_updated_at: null,
  }
  return (settings.profiles.properties.toSorted() as PropertyName[])
    .map((name) => values[name])
    .filter((part) => part !== null)
}
