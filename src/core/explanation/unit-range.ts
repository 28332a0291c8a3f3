import type { NumericCondition } from '../segments/segment.ts'

/** Whole units (of a currency's minor unit, or orders), both ends included; infinite where it is open. */
export interface UnitRange {
  readonly low: number
  readonly high: number
}

const NOTHING: UnitRange = { low: Infinity, high: -Infinity }

/** The whole units whose value passes a condition. `toValue`: units → the number that is compared. */
export function toUnitRange(condition: NumericCondition, toValue: (units: number) => number): UnitRange {
  const open = { low: -Infinity, high: Infinity }
  const floor = (value: number) => floorUnits(value, toValue)
  const isWhole = (value: number) => Number.isSafeInteger(floor(value)) && toValue(floor(value)) === value
  const ceil = (value: number) => floor(value) + (isWhole(value) ? 0 : 1)
  switch (condition.operator) {
    case 'gt':
      return { ...open, low: floor(condition.value) + 1 }
    case 'gte':
      return { ...open, low: ceil(condition.value) }
    case 'lt':
      return { ...open, high: ceil(condition.value) - 1 }
    case 'lte':
      return { ...open, high: floor(condition.value) }
    case 'eq':
      return isWhole(condition.value) ? { low: floor(condition.value), high: floor(condition.value) } : NOTHING
    case 'between':
      return { low: ceil(condition.value[0]), high: floor(condition.value[1]) }
  }
}

/** The most units that are worth no more than `value`; infinite beyond what a number holds exactly. */
function floorUnits(value: number, toValue: (units: number) => number): number {
  const guess = Math.floor(value / toValue(1))
  if (!Number.isSafeInteger(guess)) return value < 0 ? -Infinity : Infinity
  // The division above is of floats, and may be one off.
  if (toValue(guess) > value) return guess - 1
  return toValue(guess + 1) <= value ? guess + 1 : guess
}
