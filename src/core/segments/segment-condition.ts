import { startOfDate } from '../instant.ts'
import type { PropertyValue } from '../profiles/profile.ts'
import { DATE_PROPERTY_NAMES, TEXT_PROPERTY_NAMES } from '../profiles/property-names.ts'
import type { DateCondition, NumericCondition, SegmentCondition, TextCondition } from './segment.ts'

/** A day of `inLastDays`. */
export const DAY_MS = 86_400_000

/** Whether a condition asks for one of some words. */
export function isTextCondition(condition: SegmentCondition): condition is TextCondition {
  return (TEXT_PROPERTY_NAMES as readonly string[]).includes(condition.property)
}

/** Whether a condition asks about an instant. */
export function isDateCondition(condition: SegmentCondition): condition is DateCondition {
  return (DATE_PROPERTY_NAMES as readonly string[]).includes(condition.property)
}

/** The words one of which a text condition asks for. */
export function wantedWords(condition: TextCondition): readonly string[] {
  return condition.operator === 'in' ? condition.value : [condition.value]
}

/** Whether a condition holds for a property's value, as `toPropertyValues` has it; never for one that is null. */
export function conditionHolds(
  condition: SegmentCondition,
  actual: PropertyValue | null,
  { timezone, now }: { readonly timezone: string; readonly now: Date },
): boolean {
  if (actual === null) return false
  if (isTextCondition(condition)) return wantedWords(condition).includes(String(actual))
  if (isDateCondition(condition)) return dateHolds(condition, Date.parse(String(actual)), timezone, now.getTime())
  return numberHolds(condition, Number(actual))
}

function numberHolds(condition: NumericCondition, actual: number): boolean {
  switch (condition.operator) {
    case 'gt':
      return actual > condition.value
    case 'gte':
      return actual >= condition.value
    case 'lt':
      return actual < condition.value
    case 'lte':
      return actual <= condition.value
    case 'eq':
      return actual === condition.value
    case 'between':
      return actual >= condition.value[0] && actual <= condition.value[1]
  }
}

function dateHolds(condition: DateCondition, atMs: number, timezone: string, nowMs: number): boolean {
  switch (condition.operator) {
    case 'before':
      return atMs < startOfDate(condition.value, timezone).getTime()
    case 'after':
      return atMs >= startOfDate(condition.value, timezone).getTime()
    case 'inLastDays':
      return atMs <= nowMs && atMs >= nowMs - condition.value * DAY_MS
  }
}
