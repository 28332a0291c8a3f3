import type { CustomerAggregate, StoredAggregate } from '../customers/aggregate-store.ts'
import { divideHalfUp } from '../money.ts'

const DAY_MS = 86_400_000

/**
 * What of a customer's aggregates does not depend on what orders are worth, once so many more were placed at an instant;
 * the amounts and the band are left as they are. The days between orders need no more than the first and the last.
 */
export function afterOrders(aggregate: StoredAggregate | null, more: number, at: Date): StoredAggregate {
  const orderCount = (aggregate?.orderCount ?? 0) + more
  const firstOrderAt = aggregate === null || at < aggregate.firstOrderAt ? at : aggregate.firstOrderAt
  const lastOrderAt = aggregate === null || at > aggregate.lastOrderAt ? at : aggregate.lastOrderAt
  return {
    ...(aggregate ?? NO_AMOUNTS),
    orderCount,
    orderCount12m: (aggregate?.orderCount12m ?? 0) + more,
    firstOrderAt,
    lastOrderAt,
    avgDaysBetweenOrdersTenths:
      orderCount === 1
        ? null
        : Number(
            divideHalfUp(
              BigInt(lastOrderAt.getTime() - firstOrderAt.getTime()) * 10n,
              BigInt(DAY_MS) * BigInt(orderCount - 1),
            ),
          ),
    changedAt: at,
  }
}

const NO_AMOUNTS: Pick<
  CustomerAggregate,
  'revenueMinor' | 'aovMinor' | 'revenue12mMinor' | 'aov12mMinor' | 'recomputeAfter'
> &
  Pick<StoredAggregate, 'band' | 'bandSince'> = {
  revenueMinor: 0,
  aovMinor: 0,
  revenue12mMinor: 0,
  aov12mMinor: null,
  recomputeAfter: null,
  band: null,
  bandSince: null,
}
