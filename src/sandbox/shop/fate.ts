import type { Random } from './random.ts'
import type { SampleOrder } from './sample-order.ts'

/** What became of an order after it was placed. */
type Fate = Pick<SampleOrder, 'state' | 'updatedAt' | 'refundedMinor' | 'refundedAt'>

const DAY_MS = 86_400_000
const CANCELLED = 0.025
/** Of the cancelled, those that were already paid and are paid back. */
const PAID_BACK = 0.5
const BANK_TRANSFER = 0.05
/** Of the bank transfers, those that never arrive. */
const NEVER_PAID = 0.1
const FULL_REFUND = 0.35

/**
 * What became of an order by `asOf`: what happens later has not happened yet. Refunds come some days after the order,
 * the slowest after months.
 */
export function decideFate(
  random: Random,
  order: { readonly placedAt: Date; readonly totalMinor: number },
  refundProbability: number,
  asOf: Date,
): Fate {
  const { placedAt, totalMinor } = order
  const untouched = { state: 'placed', updatedAt: placedAt, refundedMinor: 0, refundedAt: null } as const
  const later = (medianDays: number, sigma: number): Date =>
    new Date(placedAt.getTime() + Math.round((random.logNormal(medianDays, sigma) * DAY_MS) / 1000) * 1000)

  if (random.chance(CANCELLED)) {
    const updatedAt = later(0.5, 1)
    if (updatedAt > asOf) return untouched
    return random.chance(PAID_BACK)
      ? { state: 'cancelled', updatedAt, refundedMinor: totalMinor, refundedAt: updatedAt }
      : { state: 'cancelled', updatedAt, refundedMinor: 0, refundedAt: null }
  }
  const paidAt = random.chance(BANK_TRANSFER) ? later(2, 0.6) : placedAt
  if (paidAt > asOf || (paidAt > placedAt && random.chance(NEVER_PAID))) return { ...untouched, state: 'pending' }

  const refundedAt = random.chance(refundProbability) ? later(11, 0.8) : null
  if (refundedAt === null || refundedAt > asOf || refundedAt < paidAt) return { ...untouched, updatedAt: paidAt }
  const share = random.chance(FULL_REFUND) ? 1 : 0.1 + 0.6 * random.next()
  return { state: 'placed', updatedAt: refundedAt, refundedMinor: Math.round(totalMinor * share), refundedAt }
}
