import type { AccountSettings } from '../src/core/account.ts'
import { BAND_PROPERTY_NAMES, PROPERTY_NAMES } from '../src/core/profiles/property-names.ts'
import type { ThresholdWindow } from '../src/core/thresholds/aov-cell.ts'
import type { BandSettings } from '../src/core/thresholds/band.ts'
import { collectThresholds, type Following, fillThresholds } from '../src/core/thresholds/following.ts'
import type { AccountInput } from './account-schema.ts'
import { expandSegments, toMoneyValue } from './expand-segments.ts'

/** One source of an account, checked by the schema of its type. */
export interface SourceConfig {
  /** Unique within its account. */
  readonly key: string
  /** Which connector reads it: the key of its schema. */
  readonly type: string
  /** What that schema made of the entry. May hold secrets: never log it. */
  readonly config: unknown
}

/** Where and with which key an account's Klaviyo is reached. Holds a secret: never log it. */
interface KlaviyoAccess {
  readonly apiKey: string
  /** Without a slash at the end. */
  readonly baseUrl: string
}

/** One account: what it wants, its secrets, its sources in the order of the file. */
export interface Account {
  readonly settings: AccountSettings
  readonly klaviyo: KlaviyoAccess
  readonly sources: readonly SourceConfig[]
}

/** A configuration file that has been read and found right. */
export interface Config {
  /** Absolute. */
  readonly path: string
  /** In the order of the file. */
  readonly accounts: readonly Account[]
}

/** Joins what the file says about an account with what it leaves unsaid. */
export function toAccount(key: string, input: AccountInput, sources: readonly SourceConfig[]): Account {
  const { window, tolerance, atMostEvery, round } = input.thresholds
  const bands = toBands(input.bands, window)
  const withoutBands = PROPERTY_NAMES.filter((name) => !(BAND_PROPERTY_NAMES as readonly string[]).includes(name))
  const segments = input.segments.flatMap((entry) => expandSegments(entry, { bands, window }))
  const following: Following = {
    options: { tolerance, atMostEveryDays: atMostEvery, round },
    bands: bands?.at.some((border) => typeof border === 'object') === true ? bands.at : null,
    segments,
  }
  const settings: AccountSettings = {
    key,
    currency: input.currency,
    timezone: input.timezone,
    policy: input.aov,
    rates: input.rates,
    bands,
    profiles: {
      mode: input.profiles.mode,
      prefix: input.profiles.prefix,
      properties: input.profiles.properties ?? (bands === null ? withoutBands : PROPERTY_NAMES),
      onErase: input.profiles.onErase,
    },
    segments: [],
    campaigns: input.campaigns,
    hasBandFamily: input.segments.some((entry) => 'family' in entry && entry.family === 'bands'),
    following,
    schedule: { sync: input.schedule.sync ?? null },
  }
  const filled = fillThresholds(settings, [], null).settings
  const isFollowing = collectThresholds(following).length > 0
  return { settings: { ...filled, following: isFollowing ? following : null }, klaviyo: input.klaviyo, sources }
}

/** Bands as the account has them: thresholds that name no window are over the one given. */
export function toBands(bands: AccountInput['bands'], window: ThresholdWindow): BandSettings | null {
  if (bands === undefined) return null
  const [low, high] = bands.at
  return { ...bands, at: [toMoneyValue(low, window), toMoneyValue(high, window)] }
}
