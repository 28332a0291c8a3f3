import type { OrderValueRange } from './one-more-order.ts'
import type { SegmentDistance } from './segment-distance.ts'

/** A range of amounts by how people put it; minor units. */
export type ToldRange =
  | { readonly say: 'or-more' | 'exactly' | 'at-most'; readonly minor: number }
  | { readonly say: 'range'; readonly fromMinor: number; readonly toMinor: number }

/** A distance by how people put it. */
export type ToldDistance =
  | { readonly say: 'any-order' }
  | { readonly say: 'order' | 'revenue'; readonly range: ToldRange }
  | { readonly say: 'orders'; readonly count: number }
  | { readonly say: 'orders-each'; readonly count: number; readonly range: ToldRange }
  | { readonly say: 'order-between'; readonly from: Date; readonly until: Date }
  | { readonly say: 'order-from' | 'order-until' | 'enters' | 'leaves'; readonly at: Date }

/** Which of the forms a distance has; the words are the reader's language. */
export function tellDistance(distance: SegmentDistance): ToldDistance {
  switch (distance.kind) {
    case 'order':
      return isLeast(distance) && distance.toMinor === null
        ? { say: 'any-order' }
        : { say: 'order', range: tellRange(distance) }
    case 'orders': {
      const { count, each } = distance
      return each === undefined ? { say: 'orders', count } : { say: 'orders-each', count, range: tellRange(each) }
    }
    case 'timed-order': {
      const { from, until } = distance
      if (from !== null && until !== null) return { say: 'order-between', from, until }
      if (from !== null) return { say: 'order-from', at: from }
      return until === null ? { say: 'orders', count: 1 } : { say: 'order-until', at: until }
    }
    case 'revenue':
      return { say: 'revenue', range: tellRange(distance) }
    case 'enters':
    case 'leaves':
      return { say: distance.kind, at: distance.at }
  }
}

function tellRange(range: OrderValueRange): ToldRange {
  const { fromMinor, toMinor } = range
  if (toMinor === null) return { say: 'or-more', minor: fromMinor }
  if (toMinor === fromMinor) return { say: 'exactly', minor: fromMinor }
  return isLeast(range) ? { say: 'at-most', minor: toMinor } : { say: 'range', fromMinor, toMinor }
}

/** Nothing is worth less than the smallest coin that an order can have. */
function isLeast({ fromMinor }: OrderValueRange): boolean {
  return fromMinor <= 1
}
