import { ConfigError, type ConfigProblem } from '../../core/errors.ts'
import type { SegmentCondition, SegmentSpec } from '../../core/segment.ts'
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

/** Above this a group with open lower ends would double into more conditions than a segment may have. */
const MOST_GUARDED = 5

/** Spec → Klaviyo's definition. @throws ConfigError with everything in the spec that Klaviyo cannot express. */
export function toDefinition(spec: SegmentSpec, prefix: string): SegmentDefinition {
  const basis = spec.basis === 'predictive' ? predictiveBasis : propertyBasis(prefix)
  const place = `segments.${spec.key}`
  const problems: ConfigProblem[] = []
  if (spec.all.length === 0) problems.push({ path: place, message: 'expected at least one condition' })
  const groups = spec.all.flatMap(({ any }, index) => {
    const path = spec.all.length === 1 ? place : `${place}.all[${index}]`
    const found = any.flatMap((condition) => findProblems(condition, basis))
    if (any.length === 0) found.push({ message: 'expected at least one condition' })
    if (any.length > 1 && any.some(({ operator }) => operator === 'between')) found.push(BETWEEN_AMONG_OTHERS)
    if (any.filter((condition) => needsPresence(condition) !== null).length > MOST_GUARDED) found.push(TOO_MANY)
    problems.push(...found.map((problem) => ({ path, ...problem })))
    return found.length > 0 ? [] : toGroups(any, basis)
  })
  const distinct = withoutRepeats(groups.map((conditions) => ({ conditions: withoutRepeats(conditions) })))
  const count = distinct.reduce((sum, { conditions }) => sum + conditions.length, 0)
  if (count > MAX_SEGMENT_CONDITIONS) problems.push({ path: place, ...TOO_MANY })
  if (problems.length > 0) {
    throw new ConfigError(`the segment ${spec.key} cannot be expressed in Klaviyo`, problems)
  }
  return { condition_groups: distinct }
}

type Problem = Omit<ConfigProblem, 'path'>

const BETWEEN_AMONG_OTHERS: Problem = {
  message: 'between cannot stand beside other conditions of which any may hold',
  hint: 'Klaviyo has no between here, only two groups that both must hold: make it a segment of its own',
}
const TOO_MANY: Problem = {
  message: `the segment takes more than the ${MAX_SEGMENT_CONDITIONS} conditions that Klaviyo allows`,
  hint: 'split it into several segments',
}

function findProblems(condition: SegmentCondition, basis: Basis): Problem[] {
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
  if (toFilters(condition).some((filter) => basis.toCondition(property, filter) === null)) {
    problems.push({
      message: `Klaviyo computes no ${property} of its own that can be compared like this`,
      hint: 'use basis: property, or only aov, order_count and avg_days_between_orders',
    })
  }
  return problems
}

/**
 * One `any` group as groups that all must hold. "A below 200 and known, or B" is spread out, since nothing nests:
 * (A below 200 or B) and (A known or B).
 */
function toGroups(any: readonly SegmentCondition[], basis: Basis): WireCondition[][] {
  let groups: WireCondition[][] = [[]]
  for (const condition of any) {
    const guarded = needsPresence(condition)
    const asked = [
      ...toFilters(condition).map((filter) => basis.toCondition(condition.property, filter)),
      guarded === null ? null : basis.toPresence(guarded),
    ].filter((part) => part !== null)
    groups = asked.length === 1 ? groups.map((group) => [...group, ...asked]) : spread(groups, asked)
  }
  return groups
}

function spread(groups: readonly WireCondition[][], parts: readonly WireCondition[]): WireCondition[][] {
  return groups.flatMap((group) => parts.map((part) => [...group, part]))
}

function withoutRepeats<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}
