import type { AOV_BANDS } from '../profiles/property-names.ts'
import type { MoneyValue } from './threshold.ts'

export type AovBand = (typeof AOV_BANDS)[number]

/** Bands as configured. */
export interface BandSettings {
  /** Upper end of `low` and lower end of `high`. */
  readonly at: readonly [MoneyValue, MoneyValue]
  /** A customer changes band only this share beyond the border (0.05: a twentieth); null: at the border. */
  readonly margin: number | null
  /** A customer nearer than that changes after so many days in the band; null: never. Without a margin nobody sooner. */
  readonly minStayDays: number | null
}

/** What the configuration says of bands, and of the segments that could be theirs. */
export interface ConfiguredBands {
  readonly bands: BandSettings | null
  readonly hasSegments: boolean
  /** Whether they are made with one line for all bands, so that they change with the borders. */
  readonly hasFamily: boolean
  /** Names of segments that stand for a band each, one entry for one; none where there is the family. */
  readonly ownSegments: readonly string[]
}

/** Bands with their borders in major units. */
export interface BandRule {
  readonly borders: readonly [number, number]
  readonly margin: number | null
  readonly minStayDays: number | null
}

/** The rule with nobody held: everybody is in the band of their AOV. */
export function plainRule(rule: BandRule): BandRule {
  return { ...rule, margin: null, minStayDays: null }
}

/**
 * Whether a border that the configuration says as a number has another value than the one in force. Then somebody has
 * corrected it, and nobody is held in a band of a mistake. One that follows the shop and moves is no correction.
 */
export function isCorrected(at: BandSettings['at'], former: BandRule | null, next: BandRule | null): boolean {
  if (former === null || next === null) return false
  return at.some((value, index) => typeof value === 'number' && former.borders[index] !== next.borders[index])
}

/** The band that a customer is in. */
export interface HeldBand {
  readonly band: AovBand
  /** When they came into it. */
  readonly since: Date
  /** When the minimum stay ends for whoever stands elsewhere already; null: no time is set. */
  readonly dueAt: Date | null
}

const DAY_MS = 86_400_000

/** `low` below the first border, `high` above the second, `mid` between them, both ends included. Major units. */
function bandOf(aov: number, borders: readonly [number, number]): AovBand {
  if (aov < borders[0]) return 'low'
  return aov > borders[1] ? 'high' : 'mid'
}

/** The borders that count for who is in a band: away from it by the margin. */
export function bordersFrom(held: AovBand, [low, high]: readonly [number, number], margin: number): [number, number] {
  return [low * (held === 'low' ? 1 + margin : 1 - margin), high * (held === 'high' ? 1 - margin : 1 + margin)]
}

/**
 * The band of a customer from now on. Whoever has none gets the one the AOV is in; others change beyond the border by the
 * margin, or after the minimum stay. The readable twin of the SQL in `src/store/thresholds/band.ts`; property tests hold them equal.
 */
export function nextBand(former: HeldBand | null, aov: number, rule: BandRule, now: Date): HeldBand {
  const natural = bandOf(aov, rule.borders)
  const band = former === null ? natural : changedBand(former, aov, rule, now)
  const since = former === null || former.band !== band ? now : former.since
  const isDue = rule.minStayDays !== null && band !== natural
  return { band, since, dueAt: isDue ? addDays(since, rule.minStayDays) : null }
}

function changedBand(held: HeldBand, aov: number, rule: BandRule, now: Date): AovBand {
  const borders = bordersOfNextOrder(held, rule, now)
  return borders === null ? held.band : bandOf(aov, borders)
}

/**
 * The borders that count for a customer's next order; null: until the minimum stay ends none changes the band.
 * `held` null: somebody without a band.
 */
export function bordersOfNextOrder(
  held: Pick<HeldBand, 'band' | 'since'> | null,
  { borders, margin, minStayDays }: BandRule,
  now: Date,
): readonly [number, number] | null {
  if (held === null || (minStayDays !== null && addDays(held.since, minStayDays) <= now)) return borders
  if (margin !== null) return bordersFrom(held.band, borders, margin)
  return minStayDays === null ? borders : null
}

function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS)
}
