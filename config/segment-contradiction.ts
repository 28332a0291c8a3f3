import type { SegmentCondition, SegmentSpec } from '../src/core/segments/segment.ts'
import { isDateCondition, isTextCondition, wantedWords } from '../src/core/segments/segment-condition.ts'

interface Range {
  readonly low: number
  readonly lowIncluded: boolean
  readonly high: number
  readonly highIncluded: boolean
}

/**
 * The property whose conditions exclude each other, or null. Looks at what must hold for certain (groups of one
 * condition) and at groups none of whose alternatives fits that, so what it reports is always true.
 */
export function findContradiction(groups: SegmentSpec['all']): string | null {
  const certain = groups.flatMap(({ any }) => (any.length === 1 ? any : []))
  for (const { any } of groups) {
    if (any.length > 0 && any.every((condition) => !canHold(certain, condition))) return any[0]?.property ?? null
  }
  return null
}

function canHold(certain: readonly SegmentCondition[], extra: SegmentCondition): boolean {
  const all = [...certain.filter(({ property }) => property === extra.property), extra]
  const ranges = all.map(toRange).filter((range) => range !== null)
  const low = Math.max(...ranges.map((range) => range.low))
  const high = Math.min(...ranges.map((range) => range.high))
  if (ranges.length > 0 && low >= high) {
    const endsIncluded = ranges.every(
      (range) => (range.low < low || range.lowIncluded) && (range.high > high || range.highIncluded),
    )
    return low === high && endsIncluded
  }
  const [first, ...others] = all.map(toWords).filter((words) => words !== null)
  return first === undefined || first.some((word) => others.every((words) => words.includes(word)))
}

function toRange(condition: SegmentCondition): Range | null {
  const open = { low: -Infinity, lowIncluded: true, high: Infinity, highIncluded: true }
  if (isTextCondition(condition)) return null
  if (isDateCondition(condition)) {
    // What lies within the last days is another range tomorrow.
    if (condition.operator === 'inLastDays') return null
    const day = Date.parse(condition.value)
    return condition.operator === 'after' ? { ...open, low: day } : { ...open, high: day, highIncluded: false }
  }
  const { operator, value } = condition
  if (operator === 'between') return { ...open, low: value[0], high: value[1] }
  if (operator === 'gt' || operator === 'gte') return { ...open, low: value, lowIncluded: operator === 'gte' }
  if (operator === 'lt' || operator === 'lte') return { ...open, high: value, highIncluded: operator === 'lte' }
  return { ...open, low: value, high: value }
}

function toWords(condition: SegmentCondition): readonly string[] | null {
  return isTextCondition(condition) ? wantedWords(condition) : null
}
