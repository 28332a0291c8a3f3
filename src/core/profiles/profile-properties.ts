import type { AccountSettings } from '../account.ts'
import type { StoredAggregate } from '../customers/aggregate-store.ts'
import { toMajor } from '../money.ts'
import type { PropertyValue } from './profile.ts'
import { BAND_PROPERTY_NAMES, type PropertyName } from './property-names.ts'

type Settings = Pick<AccountSettings, 'currency' | 'policy' | 'bands' | 'profiles'>

/** The names, with prefix, that a profile of this account carries. */
export function profilePropertyNames(settings: Settings): string[] {
  return chosen(settings).map((name) => settings.profiles.prefix + name)
}

/**
 * What a profile should hold, by name with prefix: numbers in major units, instants in ISO 8601. A property without a
 * value (no order within twelve months) is null, which clears it; without an aggregate everything is null.
 */
export function toProfileProperties(
  aggregate: StoredAggregate | null,
  settings: Settings,
): Record<string, PropertyValue | null> {
  const values = aggregate === null ? null : toPropertyValues(aggregate, settings)
  return Object.fromEntries(chosen(settings).map((name) => [settings.profiles.prefix + name, values?.[name] ?? null]))
}

function chosen(settings: Settings): PropertyName[] {
  const withoutBands = settings.bands === null ? new Set<string>(BAND_PROPERTY_NAMES) : new Set<string>()
  return (settings.profiles.properties as PropertyName[]).filter((name) => !withoutBands.has(name))
}

/** Every property of ours by name without prefix, whether or not the account has it written; null: no value. */
export function toPropertyValues(
  aggregate: StoredAggregate,
  { currency, policy }: Pick<Settings, 'currency' | 'policy'>,
): Record<PropertyName, PropertyValue | null> {
  const { band } = aggregate
  const type = aggregate.orderCount > 1 ? 'recurring' : 'new'
  return {
    aov: toMajor(aggregate.aovMinor, currency),
    aov_12m: aggregate.aov12mMinor === null ? null : toMajor(aggregate.aov12mMinor, currency),
    aov_currency: currency,
    aov_policy: policy.name,
    aov_band: band,
    order_count: aggregate.orderCount,
    net_revenue: toMajor(aggregate.revenueMinor, currency),
    first_order_at: aggregate.firstOrderAt.toISOString(),
    last_order_at: aggregate.lastOrderAt.toISOString(),
    avg_days_between_orders:
      aggregate.avgDaysBetweenOrdersTenths === null ? null : aggregate.avgDaysBetweenOrdersTenths / 10,
    customer_type: type,
    aov_segment: band === null ? null : `${type}_${band}`,
    aov_updated_at: aggregate.changedAt.toISOString(),
  }
}
