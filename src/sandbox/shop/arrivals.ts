import type { Random } from './random.ts'

/** Who comes to the shop for the first time: somebody who leaves an address, a guest, or the staff trying the till. */
type ArrivalKind = 'customer' | 'guest' | 'test'

/** A first visit, at a moment of shop time. */
export interface Arrival {
  readonly at: number
  readonly kind: ArrivalKind
}

/** Every year the shop attracts more people than the year before. */
const GROWTH = 0.8

/**
 * Exactly so many arrivals of each kind, in order, without holding them: the next of n sorted uniform numbers follows
 * from the one before (Bentley and Saxe, 1980), its kind is drawn from those that are left.
 */
export function* readArrivals(
  random: Random,
  counts: Readonly<Record<ArrivalKind, number>>,
  days: number,
): Generator<Arrival> {
  const left = { ...counts }
  let above = 1
  for (let remaining = left.customer + left.guest + left.test; remaining > 0; remaining--) {
    above *= (1 - random.next()) ** (1 / remaining)
    const drawn = random.next() * remaining
    const kind = drawn < left.customer ? 'customer' : drawn < left.customer + left.guest ? 'guest' : 'test'
    left[kind]--
    yield { at: days * (1 - above) ** GROWTH, kind }
  }
}
