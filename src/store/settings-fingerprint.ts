import { createHash } from 'node:crypto'
import type { AccountSettings } from '../core/account.ts'
import { profilePropertyNames } from '../core/profile-properties.ts'

/** Changes when a setting changes that any customer's aggregates depend on. */
export function aggregateFingerprint(settings: AccountSettings): string {
  const { name: _label, ...rules } = settings.policy
  const rates = settings.rates.map((rate) => [rate.currency, rate.validFrom, String(rate.rate.units), rate.rate.scale])
  return fingerprint([settings.currency, settings.timezone, rules, rates])
}

/** Changes when a setting changes that what profiles should hold depends on, besides the aggregates. */
export function profileFingerprint(settings: AccountSettings): string {
  const { properties } = settings.profiles
  return fingerprint([
    profilePropertyNames(settings),
    settings.bands,
    properties.includes('aov_currency') ? settings.currency : null,
    properties.includes('aov_policy') ? settings.policy.name : null,
  ])
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
}
