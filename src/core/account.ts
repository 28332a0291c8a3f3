import type { Decimal } from './money.ts'
import type { AovPolicy } from './orders/policy.ts'
import type { SegmentSpec } from './segments/segment.ts'
import type { BandSettings } from './thresholds/band.ts'
import type { Following } from './thresholds/following.ts'

/** From `validFrom` on (a date in the account's time zone) one unit of `currency` is `rate` units of the account's currency. */
export interface ExchangeRate {
  readonly currency: string
  /** `YYYY-MM-DD`. */
  readonly validFrom: string
  readonly rate: Decimal
}

/** Which of our properties are written, and under which names. */
interface ProfileSettings {
  /** `create`: unknown customers become profiles, which Klaviyo bills. `update-existing`: nobody is created. */
  readonly mode: 'create' | 'update-existing'
  /** Put before every property name; lower-case ASCII, digits and `_`. Empty by default. */
  readonly prefix: string
  /** Names without the prefix, from `PROPERTY_NAMES`. */
  readonly properties: readonly string[]
  /** What becomes of a forgotten person's profile: our properties go, or Klaviyo deletes all of it. */
  readonly onErase: 'clear' | 'delete'
}

/** Everything one account of the configuration says, apart from its secrets and sources. */
export interface AccountSettings {
  readonly key: string
  /** ISO 4217: every aggregate is in it. */
  readonly currency: string
  /** IANA name: months, dates and cron ticks are in it. */
  readonly timezone: string
  readonly policy: AovPolicy
  readonly rates: readonly ExchangeRate[]
  /** Null: no band is pushed. */
  readonly bands: BandSettings | null
  readonly profiles: ProfileSettings
  /** Those whose thresholds have a value. */
  readonly segments: readonly SegmentSpec[]
  /** `drafts`: a person may have drafts of campaigns made in Klaviyo, which are never sent or scheduled. */
  readonly campaigns: 'off' | 'drafts'
  /** Whether one entry stands for a segment of each band. */
  readonly hasBandFamily: boolean
  /** Null: everything is said in numbers. */
  readonly following: Following | null
  /** Six- or five-field cron expression in the account's time zone; null: only on demand. */
  readonly schedule: { readonly sync: string | null }
}
