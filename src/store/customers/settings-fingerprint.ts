import { createHash } from 'node:crypto'
import type { AccountSettings } from '../../core/account.ts'
import { currencyExponent } from '../../core/money.ts'
import { profilePropertyNames } from '../../core/profiles/profile-properties.ts'
import { isMoneyProperty } from '../../core/profiles/property-names.ts'

/** Changes when a setting changes that any customer's aggregates depend on. */
export function aggregateFingerprint(settings: AccountSettings): string {
  const { name: _label, ...rules } = settings.policy
  const rates = settings.rates.map((rate) => [rate.currency, rate.validFrom, String(rate.rate.units), rate.rate.scale])
  return fingerprint([settings.currency, settings.timezone, rules, rates])
}

/** Changes when a setting changes that what profiles should hold depends on, besides the aggregates. */
export function profileFingerprint(settings: AccountSettings): string {
  return fingerprint(constantProperties(settings))
}

/** Changes when amounts that were decided under other settings mean something else. */
export function thresholdFingerprint({ currency, policy }: AccountSettings): string {
  const { name: _label, ...rules } = policy
  return fingerprint([currency, rules])
}

/** Fingerprint of what every profile of the account has in common, whatever its aggregates. */
export function commonFingerprint(settings: AccountSettings): string {
  return fingerprint(constantProperties(settings))
}

function constantProperties(settings: AccountSettings): unknown {
  const { properties } = settings.profiles
  return [
    profilePropertyNames(settings).sort(),
    // Written in major units: the same minor units are another amount where the currency has other decimals.
    properties.some(isMoneyProperty) ? currencyExponent(settings.currency) : null,
    properties.includes('aov_currency') ? settings.currency : null,
    properties.includes('aov_policy') ? settings.policy.name : null,
  ]
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
}
