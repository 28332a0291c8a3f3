import type { AccountSettings } from './account.ts'
import type { BandRule } from './band.ts'
import { currencyExponent, toMajor } from './money.ts'
import { findPlaceholders, formatNamePrice } from './name-placeholder.ts'
import type { SegmentCondition, SegmentSpec } from './segment.ts'
import { isFollowing, type SegmentTemplate } from './segment-template.ts'
import {
  isSameThreshold,
  type MoneyValue,
  type ThresholdOptions,
  type ThresholdRef,
  thresholdText,
} from './threshold.ts'

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

/** A segment that cannot be made yet, and why, for people. */
export interface WaitingSegment {
  readonly key: string
  readonly name: string
  readonly reason: string
}

/** Settings as they are to be worked with today. */
export interface FollowedSettings {
  readonly settings: AccountSettings
  readonly waiting: readonly WaitingSegment[]
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

/** The settings with these values in place of names. What has no value yet is left out, and told. */
export function fillThresholds(settings: AccountSettings, values: readonly ThresholdValue[]): FollowedSettings {
  const { following, currency } = settings
  if (following === null) return { settings, waiting: [] }
  const amountOf = (value: MoneyValue): number | null => {
    if (typeof value === 'number') return value
    const minor = values.find((one) => isSameThreshold(one, value))?.valueMinor ?? null
    return minor === null ? null : toMajor(minor, currency)
  }
  const bands = fillBands(settings, following, amountOf)
  const inForce = { ...settings, bands }
  const filled = following.segments.map((template) => fillSegment(template, inForce, amountOf))
  return {
    settings: { ...inForce, segments: filled.flatMap((one) => ('reason' in one ? [] : [one])) },
    waiting: filled.flatMap((one) => ('reason' in one ? [one] : [])),
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

function fillBands({ bands }: AccountSettings, following: Following, amountOf: AmountOf): AccountSettings['bands'] {
  if (bands === null || following.bands === null) return bands
  const [low, high] = following.bands
  return { ...bands, at: [amountOf(low) ?? low, amountOf(high) ?? high] }
}

function fillSegment(
  template: SegmentTemplate,
  settings: AccountSettings,
  amountOf: AmountOf,
): SegmentSpec | WaitingSegment {
  const { key, name, basis } = template
  const missing = new Set<string>()
  let isCrossed = false
  const numberOf = (value: MoneyValue): number => {
    const found = amountOf(value)
    if (found === null && typeof value === 'object') missing.add(thresholdText(value))
    return found ?? 0
  }
  const all = template.all.map(({ any }) => ({
    any: any.map((condition): SegmentCondition => {
      if (!isFollowing(condition)) return condition as SegmentCondition
      if (condition.operator !== 'between') return { ...condition, value: numberOf(condition.value) }
      const [low, high] = condition.value
      const value = [numberOf(low), numberOf(high)] as const
      isCrossed ||= value[0] > value[1]
      return { ...condition, value }
    }),
  }))
  const filledName = fillName(name, settings, numberOf)
  const waiting = (reason: string): WaitingSegment => ({ key, name, reason })
  if (missing.size > 0) {
    return waiting(`${[...missing].join(' and ')} has no value yet: no customer has an order that counts`)
  }
  if (filledName === null) return waiting('the bands have no borders yet')
  return isCrossed ? waiting('its lower amount is above its upper one today') : { key, name: filledName, basis, all }
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
