import type { DateFilter } from './segment-definition.ts'

const UNIT_MS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 }
const DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/

/**
 * Tests ISO 8601 text against a date filter; anything else never matches. `in-the-last 3 days`: not older and not in
 * the future; `at-least`: that old or older; `between 2 and 5`: between two and five units ago.
 */
export function createDateTest(filter: DateFilter): (value: unknown, nowMs: number) => boolean {
  const holds = createInstantTest(filter)
  return (value, nowMs) => {
    if (typeof value !== 'string' || !DATE.test(value)) return false
    const atMs = Date.parse(value)
    return !Number.isNaN(atMs) && holds(atMs, nowMs)
  }
}

function createInstantTest(filter: DateFilter): (atMs: number, nowMs: number) => boolean {
  switch (filter.operator) {
    case 'before':
      return (atMs) => atMs < Date.parse(filter.date)
    case 'after':
      return (atMs) => atMs > Date.parse(filter.date)
    case 'between-static':
      return (atMs) => atMs >= Date.parse(filter.start) && atMs <= Date.parse(filter.end)
    case 'in-the-last':
      return (atMs, nowMs) => atMs <= nowMs && atMs >= nowMs - filter.quantity * UNIT_MS[filter.unit]
    case 'in-the-next':
      return (atMs, nowMs) => atMs >= nowMs && atMs <= nowMs + filter.quantity * UNIT_MS[filter.unit]
    case 'at-least':
      return (atMs, nowMs) => atMs <= nowMs - filter.quantity * UNIT_MS[filter.unit]
    case 'between': {
      const [near, far] = [Math.min(filter.start, filter.end), Math.max(filter.start, filter.end)]
      return (atMs, nowMs) => {
        const ago = (nowMs - atMs) / UNIT_MS[filter.unit]
        return ago >= near && ago <= far
      }
    }
    case 'calendar-month':
      return (atMs) => new Date(atMs).getUTCMonth() + 1 === filter.value
    case 'anniversary-month':
      return (atMs, nowMs) => new Date(atMs).getUTCMonth() === new Date(nowMs).getUTCMonth()
    case 'anniversary':
      return (atMs, nowMs) => monthAndDay(atMs) === monthAndDay(nowMs)
    case 'anniversary-last':
      return (atMs, nowMs) => hasAnniversary(atMs, nowMs - filter.quantity * UNIT_MS[filter.unit], nowMs)
    case 'anniversary-next':
      return (atMs, nowMs) => hasAnniversary(atMs, nowMs, nowMs + filter.quantity * UNIT_MS[filter.unit])
  }
}

function monthAndDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(5, 10)
}

function hasAnniversary(atMs: number, fromMs: number, toMs: number): boolean {
  const first = new Date(fromMs).getUTCFullYear()
  const last = new Date(toMs).getUTCFullYear()
  for (let year = first; year <= last; year++) {
    const inYear = new Date(atMs).setUTCFullYear(year)
    if (inYear >= fromMs && inYear <= toMs) return true
  }
  return false
}
