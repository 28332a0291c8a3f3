import type { AccountSettings } from '../core/account.ts'
import type { PropertyName } from '../core/property-names.ts'
import { literal } from './order-value.ts'
import { commonFingerprint } from './settings-fingerprint.ts'

/** The fingerprint of a profile that holds nothing of ours. */
export const NOTHING = '00000000-0000-0000-0000-000000000000'

/**
 * SQL that fingerprints what a profile should hold, over a row `a` of customer_aggregates. It covers exactly the values
 * behind the chosen properties, so that a property nobody asked for causes no push. `aov_updated_at` is left out: it
 * says when the rest changed.
 */
export function desiredSql(settings: AccountSettings): string {
  const type = "case when a.order_count > 1 then 'r' else 'n' end"
  const band = settings.bands === null ? null : "coalesce(a.band, '')"
  const values: Readonly<Record<PropertyName, string | null>> = {
    aov: 'a.aov_minor',
    aov_12m: "coalesce(a.aov_12m_minor::text, '')",
    aov_currency: null,
    aov_policy: null,
    aov_band: band,
    order_count: 'a.order_count',
    net_revenue: 'a.revenue_minor',
    first_order_at: 'extract(epoch from a.first_order_at)',
    last_order_at: 'extract(epoch from a.last_order_at)',
    avg_days_between_orders: "coalesce(a.avg_days_between_orders_tenths::text, '')",
    customer_type: type,
    aov_segment: band === null ? null : `${type}, ${band}`,
    aov_updated_at: null,
  }
  const parts = (settings.profiles.properties.toSorted() as PropertyName[])
    .map((name) => values[name])
    .filter((part) => part !== null)
  return `md5(concat_ws('|', ${[literal(commonFingerprint(settings)), ...parts].join(', ')}))::uuid`
}
