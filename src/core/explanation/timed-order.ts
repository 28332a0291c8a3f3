import type { NumericCondition } from '../segments/segment.ts'
import type { Standing } from './order-values.ts'
import { toUnitRange } from './unit-range.ts'

const DAY_MS = 86_400_000
/** Longer than anybody waits for an order. */
const LONG_MS = 36_500 * DAY_MS

/** When one more order may be placed; null: at once, or whenever. */
export interface OrderWindow {
  readonly from: Date | null
  readonly until: Date | null
}

/**
 * When one more order makes the average number of days between orders meet a condition, by the rounding to tenths that
 * the ledger does; null: never, or where `isIn`, whether an order of any worth at an instant does, is false at
 * either end.
 */
export function timedOrder(
  condition: NumericCondition,
  { aggregate, now }: Standing,
  isIn: (at: Date) => boolean,
): OrderWindow | null {
  // Orders of the future would be the last ones still.
  if (aggregate === null || aggregate.lastOrderAt > now) return null
  const { low, high } = toUnitRange(condition, (tenths) => tenths / 10)
  if (low > high) return null
  const gaps = BigInt(aggregate.orderCount)
  const firstMs = aggregate.firstOrderAt.getTime()
  const reaching = (tenths: number) => firstMs + Number(leastSpan(BigInt(tenths), gaps))
  const fromMs = Number.isSafeInteger(low) ? Math.max(reaching(low), now.getTime()) : now.getTime()
  const untilMs = Number.isSafeInteger(high) ? reaching(high + 1) - 1 : Infinity
  if (low === Infinity || high === -Infinity || fromMs > untilMs || !isInstant(fromMs)) return null
  const from = new Date(fromMs)
  // What else time ends has begun and not ended at both ends, or would be wrong to be left out.
  const last = new Date(Math.min(untilMs, now.getTime() + LONG_MS))
  if (!isIn(from) || !isIn(last)) return null
  return { from: from > now ? from : null, until: isInstant(untilMs) ? new Date(untilMs) : null }
}

/** The least span of milliseconds whose average over `gaps` rounds half up to so many tenths of a day. */
function leastSpan(tenths: bigint, gaps: bigint): bigint {
  // 10·span / (day·gaps), rounded half up, reaches t where 20·span ≥ day·gaps·(2t − 1).
  const wanted = BigInt(DAY_MS) * gaps * (2n * tenths - 1n)
  return wanted <= 0n ? 0n : (wanted + 19n) / 20n
}

function isInstant(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15
}
