import type { AccountSettings } from '../account.ts'
import type { StoredAggregate } from '../customers/aggregate-store.ts'
import type { Standing } from '../explanation/order-values.ts'
import { missingFor, type SegmentDistance, timeDistance } from '../explanation/segment-distance.ts'
import type { PropertyValue } from '../profiles/profile.ts'
import { toPropertyValues } from '../profiles/profile-properties.ts'
import type { SegmentCondition, SegmentSpec } from './segment.ts'
import { conditionHolds } from './segment-condition.ts'

/** One condition, looked at for one customer. */
interface JudgedCondition {
  readonly condition: SegmentCondition
  /** The value as it is on the profile: major units, ISO 8601. Null: the customer has none, and the condition never holds. */
  readonly actual: PropertyValue | null
  readonly holds: boolean
  /** What brings the customer into the segment, or when time changes it; null: neither can be said. */
  readonly distance: SegmentDistance | null
}

/** Whether a customer is in a segment, rule by rule: every group must hold, and in a group any condition. */
export interface SegmentJudgement {
  readonly isIn: boolean
  readonly groups: readonly { readonly holds: boolean; readonly any: readonly JudgedCondition[] }[]
}

/**
 * Judges one customer by our own properties, also where the segment's basis is `predictive`: Klaviyo's own figures are
 * not known here. `aggregate` null: no order of theirs counts.
 */
export function judgeSegment(
  spec: Pick<SegmentSpec, 'all'>,
  aggregate: StoredAggregate | null,
  settings: Pick<AccountSettings, 'currency' | 'timezone' | 'policy' | 'bands'>,
  now: Date,
): SegmentJudgement {
  const values = aggregate === null ? null : toPropertyValues(aggregate, settings)
  const standing: Standing = { aggregate, settings, now }
  const judge = (condition: SegmentCondition): JudgedCondition => {
    const actual = values?.[condition.property] ?? null
    const holds = conditionHolds(condition, actual, { timezone: settings.timezone, now })
    return { condition, actual, holds, distance: timeDistance(condition, holds, standing) }
  }
  const groups = spec.all.map((group) => {
    const any = group.any.map(judge)
    return { holds: any.some(({ holds }) => holds), any }
  })
  // Where another alternative holds, nothing is missing.
  const told = groups.map(({ holds, any }) => ({
    holds,
    any: holds ? any : any.map((one) => ({ ...one, distance: missingFor(one.condition, spec.all, standing) })),
  }))
  return { isIn: groups.every(({ holds }) => holds), groups: told }
}
