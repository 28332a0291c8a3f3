import type { AccountSettings } from '../account.ts'
import type { StoredAggregate } from '../customers/aggregate-store.ts'
import { toMajor } from '../money.ts'
import { toPropertyValues } from '../profiles/profile-properties.ts'
import { AOV_BANDS } from '../profiles/property-names.ts'
import type { NumericCondition, SegmentCondition, TextCondition } from '../segments/segment.ts'
import { conditionHolds, wantedWords } from '../segments/segment-condition.ts'
import { type AovBand, bordersOfNextOrder } from '../thresholds/band.ts'
import { toBandRule } from '../thresholds/following.ts'
import { afterOrders } from './after-orders.ts'
import { type OrderSum, ordersIntoAverage, ordersIntoRevenue } from './one-more-order.ts'
import { toUnitRange } from './unit-range.ts'
import { ALL_UNITS, intersectRanges, type UnitRanges, uniteRanges } from './unit-ranges.ts'

/** One customer at one moment, and the settings that their figures go by. `aggregate` null: no order of theirs counts. */
export interface Standing {
  readonly aggregate: StoredAggregate | null
  readonly settings: Pick<AccountSettings, 'currency' | 'timezone' | 'policy' | 'bands'>
  readonly now: Date
}

/** Every amount that an order may have and count, from the least. */
export function countedValues({ policy }: Pick<AccountSettings, 'policy'>): UnitRanges {
  return [{ low: policy.zeroValueOrders === 'count' ? 0 : 1, high: Infinity }]
}

/**
 * What each of `more` further orders, placed now, may count for in minor units so that a condition holds afterwards,
 * whether it holds now or not. None: whatever they are worth, it does not, or that cannot be told.
 */
export function orderValues(condition: SegmentCondition, more: number, standing: Standing): UnitRanges {
  return intersectRanges([countedValues(standing.settings), heldValues(condition, more, standing)])
}

function heldValues(condition: SegmentCondition, more: number, standing: Standing): UnitRanges {
  const { aggregate, settings } = standing
  const money = (one: NumericCondition) => toUnitRange(one, (minor) => toMajor(minor, settings.currency))
  switch (condition.property) {
    case 'aov':
      return ordersIntoAverage(lifetimeSum(aggregate), money(condition), more)
    case 'aov_12m': {
      const { orderCount12m: orderCount = 0, revenue12mMinor: revenueMinor = 0 } = aggregate ?? {}
      return ordersIntoAverage({ orderCount, revenueMinor }, money(condition), more)
    }
    case 'net_revenue':
      return ordersIntoRevenue(lifetimeSum(aggregate).revenueMinor, money(condition), more)
    case 'aov_band':
    case 'aov_segment':
      return bandValues(wantedBands(condition, more, aggregate), more, standing)
    case 'avg_days_between_orders':
      // Several orders hardly come on one day.
      return more === 1 && holdsAfter(condition, more, standing) ? ALL_UNITS : []
    default:
      return holdsAfter(condition, more, standing) ? ALL_UNITS : []
  }
}

/** Whether a condition that asks for no amount holds once so many more orders were placed now. */
export function holdsAfter(condition: SegmentCondition, more: number, { aggregate, settings, now }: Standing): boolean {
  const values = toPropertyValues(afterOrders(aggregate, more, now), settings)
  return conditionHolds(condition, values[condition.property], { timezone: settings.timezone, now })
}

function lifetimeSum(aggregate: StoredAggregate | null): OrderSum {
  return { orderCount: aggregate?.orderCount ?? 0, revenueMinor: aggregate?.revenueMinor ?? 0 }
}

function wantedBands(condition: TextCondition, more: number, aggregate: StoredAggregate | null): AovBand[] {
  const words = wantedWords(condition)
  const type = (aggregate?.orderCount ?? 0) + more === 1 ? 'new' : 'recurring'
  return AOV_BANDS.filter((band) => words.includes(condition.property === 'aov_band' ? band : `${type}_${band}`))
}

function bandValues(wanted: readonly AovBand[], more: number, { aggregate, settings, now }: Standing): UnitRanges {
  const rule = toBandRule(settings)
  if (rule === null || wanted.length === 0) return []
  // Somebody who is held in bands on the way ends in one or the other, as the orders come together or one by one.
  if (more > 1 && (rule.margin !== null || rule.minStayDays !== null)) return []
  const held = heldBand(aggregate)
  const borders = bordersOfNextOrder(held, rule, now)
  if (borders === null) return held !== null && wanted.includes(held.band) ? ALL_UNITS : []
  const asked = {
    low: { property: 'aov', operator: 'lt', value: borders[0] },
    mid: { property: 'aov', operator: 'between', value: borders },
    high: { property: 'aov', operator: 'gt', value: borders[1] },
  } as const satisfies Readonly<Record<AovBand, NumericCondition>>
  const sum = lifetimeSum(aggregate)
  return uniteRanges(
    wanted.map((band) =>
      ordersIntoAverage(
        sum,
        toUnitRange(asked[band], (minor) => toMajor(minor, settings.currency)),
        more,
      ),
    ),
  )
}

function heldBand(aggregate: StoredAggregate | null) {
  if (aggregate === null || aggregate.band === null || aggregate.bandSince === null) return null
  return { band: aggregate.band, since: aggregate.bandSince }
}
