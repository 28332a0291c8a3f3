import { describe, expect, it } from 'vitest'
import { accountSchema } from '../../config/account-schema.ts'
import { toAccount } from '../../config/config.ts'
import { type Play, playOf } from '../../src/core/segments/play.ts'
import type { SegmentCondition } from '../../src/core/segments/segment.ts'

const asking = (...conditions: SegmentCondition[]) => conditions.map((condition) => ({ any: [condition] }))
const aov = (operator: 'gt' | 'gte' | 'lt' | 'lte', value = 80): SegmentCondition => ({
  property: 'aov',
  operator,
  value,
})
const is = (property: 'customer_type' | 'aov_band' | 'aov_segment' | 'aov_currency', value: string) =>
  ({ property, operator: 'eq', value }) as const

/** Keys and plays of the segments that entries of a configuration stand for. */
function playsOf(...segments: object[]): (readonly [string, Play | null])[] {
  const input = accountSchema.parse({
    klaviyo: { apiKey: 'pk_test' },
    currency: 'EUR',
    timezone: 'Europe/Rome',
    bands: [50, 150],
    sources: { shop: { type: 'file' } },
    segments,
  })
  return toAccount('main', input, []).settings.segments.map(({ key, all }) => [key, playOf(all)])
}

describe('the play of a segment', () => {
  it('is the one of its kind, for the family of new and recurring customers at any threshold', () => {
    expect(playsOf({ family: 'new-recurring-by-aov', at: 400 })).toEqual([
      ['aov-new-low', 'upsell'],
      ['aov-new-high', 'careful-post-purchase'],
      ['aov-recurring-low', 'bundles'],
      ['aov-recurring-high', 'vip'],
    ])
  })

  it('is the one of its band, for the family of bands', () => {
    expect(playsOf({ family: 'bands' })).toEqual([
      ['aov-low', 'offers'],
      ['aov-mid', 'next-tier'],
      ['aov-high', 'new-releases'],
    ])
  })

  it.each<[string, SegmentCondition[], Play]>([
    [
      'counts orders instead of naming the type',
      [aov('lt'), { property: 'order_count', operator: 'gte', value: 2 }],
      'bundles',
    ],
    ['names the band', [is('aov_band', 'mid')], 'next-tier'],
    ['names type and band', [is('customer_type', 'recurring'), is('aov_band', 'high')], 'vip'],
    ['names both in one word', [is('aov_segment', 'new_high')], 'careful-post-purchase'],
    ['also guards the currency', [is('aov_currency', 'EUR'), aov('gt')], 'new-releases'],
    [
      'asks for high AOV that has not ordered since',
      [aov('gte'), { property: 'last_order_at', operator: 'before', value: '2026-01-01' }],
      'win-back',
    ],
  ])('is known of a segment that %s', (_what, conditions, play) => {
    expect(playOf(asking(...conditions))).toBe(play)
  })

  it.each<[string, SegmentCondition[]]>([
    ['the middle of a kind', [is('customer_type', 'new'), is('aov_band', 'mid')]],
    [
      'low AOV that has not ordered since',
      [aov('lt'), { property: 'last_order_at', operator: 'before', value: '2026-01-01' }],
    ],
    [
      'high AOV that has ordered since',
      [aov('gt'), { property: 'last_order_at', operator: 'after', value: '2026-01-01' }],
    ],
    ['one amount exactly', [{ property: 'aov', operator: 'eq', value: 80 }]],
    ['revenue', [{ property: 'net_revenue', operator: 'gt', value: 80 }]],
    ['three things', [is('customer_type', 'new'), aov('gt'), aov('lt', 200)]],
    ['both types', [{ property: 'customer_type', operator: 'in', value: ['new', 'recurring'] }, aov('gt')]],
  ])('is not guessed for a segment that asks for %s', (_what, conditions) => {
    expect(playOf(asking(...conditions))).toBeNull()
  })

  it('is not guessed where one question may be answered in two ways', () => {
    expect(playOf([{ any: [aov('gt'), is('customer_type', 'new')] }])).toBeNull()
  })
})
