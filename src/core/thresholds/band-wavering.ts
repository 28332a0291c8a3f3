import { divideHalfUp, toMajor } from '../money.ts'
import { type BandRule, type HeldBand, nextBand, plainRule } from './band.ts'

/** What a customer had bought before some instant, and everything since, oldest first. Minor units. */
export interface BandHistory {
  readonly orders: number
  readonly revenueMinor: number
  readonly since: readonly {
    readonly at: Date
    /** 1 for an order, 0 for a refund that names none. */
    readonly orders: number
    readonly valueMinor: number
  }[]
}

/** How many customers changed from one band to another and back, over the last `days`. */
export interface BandWavering {
  readonly days: number
  /** Were everybody's band the one the AOV is in. */
  readonly plain: number
  /** By the account's margin and minimum stay; null: it has neither. */
  readonly held: number | null
}

/** A quarter of a year. */
export const WAVERING_DAYS = 91

/** Who is in a band when the look back begins has been there long enough for any minimum stay. */
const LONG_AGO = new Date(0)

/** Counts who came back into a band they had left since these histories begin. */
export function countWavering(
  histories: readonly BandHistory[],
  rule: BandRule,
  currency: string,
  now: Date,
): Omit<BandWavering, 'days'> {
  const count = (by: BandRule) => histories.filter((history) => wavers(history, by, currency, now)).length
  const isHeld = rule.margin !== null || rule.minStayDays !== null
  return { plain: count(plainRule(rule)), held: isHeld ? count(rule) : null }
}

function wavers(history: BandHistory, rule: BandRule, currency: string, now: Date): boolean {
  let { orders, revenueMinor } = history
  let held = orders > 0 ? nextBand(null, aovOf(orders, revenueMinor, currency), rule, LONG_AGO) : null
  const left = new Set<string>()
  let isBack = false
  const moveOn = (at: Date) => {
    if (orders === 0) return
    const next: HeldBand = nextBand(held, aovOf(orders, revenueMinor, currency), rule, at)
    if (held !== null && next.band !== held.band) {
      isBack ||= left.has(next.band)
      left.add(held.band)
    }
    held = next
  }
  /** A minimum stay that ends before the next order lets the customer go by itself. */
  const passTime = (until: Date) => {
    const due = held?.dueAt ?? null
    if (due !== null && due <= until) moveOn(due)
  }
  for (const { at, orders: more, valueMinor } of history.since) {
    passTime(at)
    orders += more
    revenueMinor += valueMinor
    moveOn(at)
  }
  passTime(now)
  return isBack
}

function aovOf(orders: number, revenueMinor: number, currency: string): number {
  return toMajor(Number(divideHalfUp(BigInt(revenueMinor), BigInt(orders))), currency)
}
