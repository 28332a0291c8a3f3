const DAY_MS = 86_400_000

/** How busy a shop is: January to December, Sunday to Saturday, midnight to 23:00. */
const MONTHS = [0.9, 0.8, 0.95, 0.95, 1, 0.95, 0.85, 0.75, 1, 1.05, 1.25, 1.45]
const WEEKDAYS = [1.15, 1.05, 0.95, 0.95, 0.95, 0.95, 1.05]
const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 12, 12, 12, 12, 12, 13, 15, 18, 20, 18, 11, 5]
const SALE = 1.9

/** The shop's own time: it runs faster than the calendar's when the shop is busy. */
export interface Season {
  /** Whole days sampled; shop time runs from 0 to this. */
  readonly days: number
  /** The calendar's instant, to the second, of a moment in shop time; later moments never give earlier instants. */
  toInstant(shopDays: number): Date
  /** Whether an instant lies in the month of the sale. */
  isSale(instant: Date): boolean
}

/**
 * Whatever is spread evenly over shop time follows the seasons, the week, the hours of the day and the sale in the
 * calendar. The sale is the calendar month (UTC) in which three fifths of the time are over.
 */
export function createSeason(from: Date, to: Date): Season {
  const days = Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS))
  const sale = monthOf(new Date(from.getTime() + 0.6 * days * DAY_MS))
  const isSale = (instant: Date): boolean => monthOf(instant) === sale

  const weights = Array.from({ length: days }, (_, index) => {
    const day = new Date(from.getTime() + index * DAY_MS)
    return (MONTHS[day.getUTCMonth()] ?? 1) * (WEEKDAYS[day.getUTCDay()] ?? 1) * (isSale(day) ? SALE : 1)
  })
  const dayEnds = cumulate(weights, days)
  const hourEnds = cumulate(HOURS, 1)

  return {
    days,
    isSale,
    toInstant(shopDays) {
      const day = place(dayEnds, shopDays)
      const clock = place(hourEnds, day.share)
      const seconds = Math.floor((clock.index + clock.share) * 3600)
      return new Date(from.getTime() + day.index * DAY_MS + seconds * 1000)
    },
  }
}

function monthOf(instant: Date): number {
  return instant.getUTCFullYear() * 12 + instant.getUTCMonth()
}

/** Running sums, scaled so that the last one is `total`. */
function cumulate(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let running = 0
  return weights.map((weight) => {
    running += weight
    return (running / sum) * total
  })
}

/** Between which ends a value lies, and how far between them: from 0 to just below 1. */
function place(ends: readonly number[], value: number): { index: number; share: number } {
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  const start = ends[low - 1] ?? 0
  const share = (value - start) / ((ends[low] ?? 1) - start)
  return { index: low, share: Math.min(Math.max(share, 0), 1 - Number.EPSILON) }
}
