import type { AccountSettings } from '../account.ts'
import { currencyExponent, toMajor } from '../money.ts'
import { findPlaceholders, formatNamePrice } from '../segments/name-placeholder.ts'
import type { SegmentCondition, SegmentSpec } from '../segments/segment.ts'
import { type FollowingCondition, isFollowing, type SegmentTemplate } from '../segments/segment-template.ts'
import type { BandRule } from './band.ts'
import { type BandsInForce, type CrossedBands, fillBands } from './crossed-bands.ts'
import { isSameThreshold, type MoneyValue, type ThresholdOptions, type ThresholdRef } from './threshold.ts'

/** What of an account follows the shop: its configuration before thresholds are filled in. */
export interface Following {
  readonly options: ThresholdOptions
  /** Null where borders of bands are numbers, or there are no bands. */
  readonly bands: readonly [MoneyValue, MoneyValue] | null
  /** Every segment, in the order of the configuration. */
  readonly segments: readonly SegmentTemplate[]
}

/** A value in force, or about to be. Minor units. */
export interface ThresholdValue extends ThresholdRef {
  readonly valueMinor: number | null
}

/**
 * Why a segment has to wait. `no-value`: for thresholds without one, named; `no-borders`: for the bands' borders;
 * `crossed-bands`: for these to part; `crossed-amounts`: its own lower amount is above its upper one.
 */
export type WaitingCause =
  | { readonly kind: 'no-value'; readonly thresholds: readonly ThresholdRef[] }
  | { readonly kind: 'no-borders' | 'crossed-bands' | 'crossed-amounts' }

/** A segment that cannot be made, or changed, today. */
export interface WaitingSegment {
  readonly key: string
  readonly name: string
  readonly cause: WaitingCause
}

/** Settings as they are to be worked with today. */
export interface FollowedSettings {
  readonly settings: AccountSettings
  readonly waiting: readonly WaitingSegment[]
  /** Null: the bands' borders part, or have no values, or there are no bands. */
  readonly crossed: CrossedBands | null
}

/** Every threshold an account refers to, once each, in the order of the configuration. */
export function collectThresholds({ bands, segments }: Following): ThresholdRef[] {
  const borders = [bands ?? []].flat()
  const asked = segments.flatMap(({ name, all }) => [
    ...findPlaceholders(name).flatMap((placeholder) => (placeholder.kind === 'threshold' ? [placeholder.ref] : [])),
    ...all.flatMap(({ any }) => any.filter(isFollowing).flatMap(({ value }) => [value].flat())),
  ])
  const refs = [...borders, ...asked].filter((value) => typeof value === 'object')
  return refs.filter((ref, index) => refs.findIndex((other) => isSameThreshold(ref, other)) === index)
}

/**
 * The settings with these values in place of names, and with the bands in force where today's borders make none. What has
 * no value yet is left out, and told.
 */
export function fillThresholds(
  settings: AccountSettings,
  values: readonly ThresholdValue[],
  inForce: BandsInForce | null,
): FollowedSettings {
  const { following, currency } = settings
  if (following === null) return { settings, waiting: [], crossed: null }
  const amountOf = (value: MoneyValue): number | null => {
    if (typeof value === 'number') return value
    const minor = values.find((one) => isSameThreshold(one, value))?.valueMinor ?? null
    return minor === null ? null : toMajor(minor, currency)
  }
  const { bands, crossed } = fillBands(settings, following, amountOf, inForce)
  const filling: Filling = { settings: { ...settings, bands }, following, isCrossed: crossed !== null, amountOf }
  const filled = following.segments.map((template) => fillSegment(template, filling))
  return {
    settings: { ...filling.settings, segments: filled.flatMap((one) => ('cause' in one ? [] : [one])) },
    waiting: filled.flatMap((one) => ('cause' in one ? [one] : [])),
    crossed,
  }
}

/** The rule that bands go by; null: there are none, or their borders have no value yet, or the same one. */
export function toBandRule({ bands }: Pick<AccountSettings, 'bands'>): BandRule | null {
  if (bands === null) return null
  const { at, margin, minStayDays } = bands
  const [low, high] = at
  if (typeof low !== 'number' || typeof high !== 'number' || low >= high) return null
  return { borders: [low, high], margin, minStayDays }
}

type AmountOf = (value: MoneyValue) => number | null

/** What segments are filled from. */
interface Filling {
  /** With the bands that are in force. */
  readonly settings: AccountSettings
  readonly following: Following
  readonly isCrossed: boolean
  readonly amountOf: AmountOf
}

function fillSegment(template: SegmentTemplate, filling: Filling): SegmentSpec | WaitingSegment {
  const { key, name, basis } = template
  const amountOf = template.isOfBands === true ? borderOf(filling) : filling.amountOf
  const missing: ThresholdRef[] = []
  let areAmountsCrossed = false
  const numberIn = (from: AmountOf, value: MoneyValue): number => {
    const found = from(value)
    if (found === null && typeof value === 'object' && !missing.some((one) => isSameThreshold(one, value))) {
      missing.push(value)
    }
    return found ?? 0
  }
  const all = template.all.map(({ any }) => ({
    any: any.map((condition): SegmentCondition => {
      if (!isFollowing(condition) && template.isOfBands !== true) return condition as SegmentCondition
      const { operator, value } = condition as FollowingCondition
      if (operator !== 'between') return { ...condition, value: numberIn(amountOf, value) } as SegmentCondition
      const [low, high] = [numberIn(amountOf, value[0]), numberIn(amountOf, value[1])]
      areAmountsCrossed ||= low > high
      return { ...condition, value: [low, high] } as SegmentCondition
    }),
  }))
  const filledName = fillName(name, filling.settings, (value) => numberIn(filling.amountOf, value))
  const waiting = (cause: WaitingCause): WaitingSegment => ({ key, name, cause })
  if (missing.length > 0) return waiting({ kind: 'no-value', thresholds: missing })
  const hasRule = toBandRule(filling.settings) !== null
  if (filledName === null || (template.isOfBands === true && !hasRule)) {
    return waiting({ kind: filling.isCrossed ? 'crossed-bands' : 'no-borders' })
  }
  return areAmountsCrossed ? waiting({ kind: 'crossed-amounts' }) : { key, name: filledName, basis, all }
}

/** For segments that stand for bands an amount is a border, and the one in force. */
function borderOf({ settings, following, amountOf }: Filling): AmountOf {
  const rule = toBandRule(settings)
  if (rule === null || following.bands === null) return amountOf
  const [low] = following.bands
  return (value) => rule.borders[isSameAmount(value, low) ? 0 : 1]
}

function isSameAmount(a: MoneyValue, b: MoneyValue): boolean {
  return typeof a === 'number' || typeof b === 'number' ? a === b : isSameThreshold(a, b)
}

/** Null: a border of the bands is asked for and not there. */
function fillName(name: string, settings: AccountSettings, numberOf: (value: MoneyValue) => number): string | null {
  const { currency } = settings
  const rule = toBandRule(settings)
  let filled = name
  for (const placeholder of findPlaceholders(name)) {
    const border = placeholder.kind === 'border' ? rule?.borders[placeholder.border === 'low' ? 0 : 1] : undefined
    const major = placeholder.kind === 'threshold' ? numberOf(placeholder.ref) : border
    if (major === undefined) return null
    const minor = Math.round(major * 10 ** currencyExponent(currency))
    filled = filled.replace(placeholder.text, formatNamePrice(minor, currency))
  }
  return filled
}
