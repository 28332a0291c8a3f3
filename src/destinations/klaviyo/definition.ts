import { ConfigError, type ConfigProblem } from '../../core/errors.ts'
import type { SegmentCondition, SegmentSpec } from '../../core/segments/segment.ts'
import {
  type Basis,
  needsPresence,
  predictiveBasis,
  propertyBasis,
  toFilters,
  type WireCondition,
} from './condition.ts'
import { MAX_SEGMENT_CONDITIONS } from './limits.ts'

/** Klaviyo's grammar: groups are joined by AND, the conditions in a group by OR, and nothing nests deeper. */
export interface SegmentDefinition {
  readonly condition_groups: readonly { readonly conditions: readonly WireCondition[] }[]
}

/** What conditions on our properties depend on. */
export interface PropertySettings {
  /** Put before every name. */
  readonly prefix: string
  /** IANA name: dates begin in it. */
  readonly timezone: string
}

/** More groups than this are not spelt out only to be refused; what is said twice among them may still bring them down. */
const MOST_SPREAD = 256

/** Spec → Klaviyo's definition. @throws ConfigError with everything in the spec that Klaviyo cannot express. */
export function toDefinition(spec: SegmentSpec, { prefix, timezone }: PropertySettings): SegmentDefinition {
  const basis = spec.basis === 'predictive' ? predictiveBasis : propertyBasis(prefix)
  const place = `segments.${spec.key}`
  const problems: ConfigProblem[] = []
  if (spec.all.length === 0) problems.push({ path: place, message: 'expected at least one condition' })
  const groups = spec.all.flatMap(({ any }, index) => {
    const path = spec.all.length === 1 ? place : `${place}.all[${index}]`
    const found = any.flatMap((condition) => findProblems(condition, basis, timezone))
    if (any.length === 0) found.push({ message: 'expected at least one condition' })
    const parts = any.map((condition) => toParts(condition, basis, timezone))
    if (parts.reduce((product, { length }) => product * length, 1) > MOST_SPREAD) found.push(TOO_MANY)
    problems.push(...found.map((problem) => ({ path, ...problem })))
    return found.length > 0 ? [] : spread(parts)
  })
  const needed = withoutImplied(groups.map(withoutRepeats))
  const count = needed.reduce((sum, conditions) => sum + conditions.length, 0)
  if (count > MAX_SEGMENT_CONDITIONS) problems.push({ path: place, ...TOO_MANY })
  if (problems.length > 0) {
    throw new ConfigError(`the segment ${spec.key} cannot be expressed in Klaviyo`, problems)
  }
  return { condition_groups: needed.map((conditions) => ({ conditions })) }
}

type Problem = Omit<ConfigProblem, 'path'>

const TOO_MANY: Problem = {
  message: `the segment takes more than the ${MAX_SEGMENT_CONDITIONS} conditions that Klaviyo allows`,
  hint: 'split it into several segments',
}

function findProblems(condition: SegmentCondition, basis: Basis, timezone: string): Problem[] {
  const { property, operator, value } = condition
  const problems: Problem[] = []
  const numbers = operator === 'between' ? value : typeof value === 'number' ? [value] : []
  if (!numbers.every(Number.isFinite)) {
    problems.push({ message: `${property} ${operator}: expected a finite number` })
  }
  if (operator === 'between' && value[0] > value[1]) {
    problems.push({ message: `${property} between: the lower end is above the upper end`, hint: 'swap the two ends' })
  }
  if (operator === 'in' && value.length === 0) problems.push({ message: `${property} in: expected at least one value` })
  if (toFilters(condition, timezone).some((filter) => basis.toCondition(property, filter) === null)) {
    problems.push({
      message: `Klaviyo computes no ${property} of its own that can be compared like this`,
      hint: 'use basis: property, or only aov, order_count and avg_days_between_orders',
    })
  }
  return problems
}

/** What must all hold for one condition: its filters, and that there is a value at all where that is not certain. */
function toParts(condition: SegmentCondition, basis: Basis, timezone: string): WireCondition[] {
  const guarded = needsPresence(condition)
  return [
    ...toFilters(condition, timezone).map((filter) => basis.toCondition(condition.property, filter)),
    guarded === null ? null : basis.toPresence(guarded),
  ].filter((part) => part !== null)
}

/**
 * One `any` group as groups that all must hold. "A below 200 and known, or B" is spread out, since nothing nests:
 * (A below 200 or B) and (A known or B).
 */
function spread(alternatives: readonly (readonly WireCondition[])[]): WireCondition[][] {
  return alternatives.reduce<WireCondition[][]>(
    (groups, parts) => groups.flatMap((group) => parts.map((part) => [...group, part])),
    [[]],
  )
}

/** Drops groups that hold whenever another one does: who meets "A" meets "A or B". Of two that are the same the first stays. */
function withoutImplied(groups: readonly WireCondition[][]): WireCondition[][] {
  const sets = groups.map((conditions) => new Set(conditions.map((condition) => JSON.stringify(condition))))
  return groups.filter((_, index) => {
    const own = sets[index] ?? new Set()
    return !sets.some(
      (other, place) => [...other].every((condition) => own.has(condition)) && (other.size < own.size || place < index),
    )
  })
}

function withoutRepeats(conditions: readonly WireCondition[]): WireCondition[] {
  return [...new Map(conditions.map((condition) => [JSON.stringify(condition), condition])).values()]
}
