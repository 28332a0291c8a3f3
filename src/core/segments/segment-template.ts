import type { MoneyValue } from '../thresholds/threshold.ts'
import type { NumericOperator, SegmentCondition, SegmentSpec } from './segment.ts'

/** A question about money, some of whose amounts follow the shop. */
export type FollowingCondition =
  | {
      readonly property: 'aov' | 'aov_12m'
      readonly operator: Exclude<NumericOperator, 'between'>
      readonly value: MoneyValue
    }
  | {
      readonly property: 'aov' | 'aov_12m'
      readonly operator: 'between'
      readonly value: readonly [MoneyValue, MoneyValue]
    }

export type TemplateCondition = SegmentCondition | FollowingCondition

/**
 * A segment as configured: thresholds by name where a `SegmentSpec` has amounts, and placeholders such as `{high}` in its
 * name.
 */
export interface SegmentTemplate extends Omit<SegmentSpec, 'all'> {
  readonly all: readonly { readonly any: readonly TemplateCondition[] }[]
  /** It stands for one of the account's bands: its amounts are the bands' borders, and follow those in force. */
  readonly isOfBands?: true
}

/** Whether an amount of a condition follows the shop. */
export function isFollowing(condition: TemplateCondition): condition is FollowingCondition {
  return [condition.value].flat().some((value) => typeof value === 'object')
}
