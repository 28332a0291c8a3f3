import { MATRIX_PLAYS } from '../numbers/matrix.ts'
import { customerTypeOf } from './matrix-segment.ts'
import type { SegmentCondition, SegmentSpec } from './segment.ts'

/** What customers of a kind are sent: the four of the matrix, one for each band, and one for those who no longer come. */
export const PLAYS = [
  'upsell',
  'careful-post-purchase',
  'bundles',
  'vip',
  'offers',
  'next-tier',
  'new-releases',
  'win-back',
] as const
export type Play = (typeof PLAYS)[number]

const BAND_PLAYS: Readonly<Record<string, Play>> = { low: 'offers', mid: 'next-tier', high: 'new-releases' }
/** Values of `aov_segment`. */
const SEGMENT_PLAYS: Readonly<Record<string, Play>> = {
  new_low: 'upsell',
  new_high: 'careful-post-purchase',
  recurring_low: 'bundles',
  recurring_high: 'vip',
}
/** Questions that leave nobody of a kind out in practice. */
const GUARDS: ReadonlySet<string> = new Set(['aov_currency', 'aov_policy'])

/**
 * What the customers of a segment are sent, by what it asks: a kind of the matrix, a band, or a high AOV that has not
 * ordered since. Unlike the matrix it does not ask where the threshold lies. Null: it asks for something else.
 */
export function playOf(all: SegmentSpec['all']): Play | null {
  const groups = all.filter(({ any }) => any.some(({ property }) => !GUARDS.has(property)))
  const conditions = groups.flatMap(({ any }) => (any.length === 1 ? any : []))
  if (conditions.length !== groups.length) return null
  const [first, second] = conditions
  if (first === undefined || conditions.length > 2) return null
  return second === undefined ? playOfOne(first) : (playOfTwo(first, second) ?? playOfTwo(second, first))
}

function playOfOne(condition: SegmentCondition): Play | null {
  const band = bandOf(condition)
  if (band !== null) return BAND_PLAYS[band] ?? null
  return condition.property === 'aov_segment' ? (SEGMENT_PLAYS[String(condition.value)] ?? null) : null
}

function playOfTwo(kind: SegmentCondition, height: SegmentCondition): Play | null {
  const band = bandOf(height)
  if (band !== 'low' && band !== 'high') return null
  if (kind.property === 'last_order_at' && kind.operator === 'before') return band === 'high' ? 'win-back' : null
  const type = customerTypeOf(kind)
  return type === null ? null : MATRIX_PLAYS[type][band === 'low' ? 'below' : 'above']
}

function bandOf(condition: SegmentCondition): string | null {
  const { property, operator, value } = condition
  if (property === 'aov_band') {
    const [band, ...others] = [value].flat()
    return others.length === 0 ? String(band) : null
  }
  if (property !== 'aov' && property !== 'aov_12m') return null
  return BANDS_BY_OPERATOR[operator] ?? null
}

const BANDS_BY_OPERATOR: Readonly<Record<string, string>> = {
  lt: 'low',
  lte: 'low',
  between: 'mid',
  gt: 'high',
  gte: 'high',
}
