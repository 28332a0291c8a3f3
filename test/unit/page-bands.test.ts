import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBandTexts } from '../../src/page/browser/band-texts.ts'
import { keepApart } from '../../src/page/browser/keep-apart.ts'
import { createBrowserFormats } from '../../src/page/browser/number-format.ts'
import { fromPercent, toPercent } from '../../src/page/browser/price-axis.ts'
import { nearestPrice, stepPrice, toPriceLadder } from '../../src/page/browser/price-ladder.ts'
import { moveByKeys } from '../../src/page/browser/slider-keys.ts'
import { splitBands, toBorder } from '../../src/page/browser/split-bands.ts'
import { createFormats } from '../../src/page/formats.ts'
import { isDrawn, toBins, toScale } from '../../src/page/numbers/distribution-bins.ts'
import { LANGUAGES } from '../../src/page/words/language.ts'
import { addUp, aovOf, type Buyer, toDistribution } from '../support/distribution.ts'

const anyBuyer: fc.Arbitrary<Buyer> = fc.record({
  orders: fc.integer({ min: 1, max: 9 }),
  revenueMinor: fc.oneof(
    fc.integer({ min: -500, max: 100_000 }),
    fc.integer({ min: 1, max: 30 }).map((hundreds) => hundreds * 1_000),
    fc.integer({ min: 0, max: 1e10 }),
  ),
})
const anyBuyers = fc.array(anyBuyer, { minLength: 1, maxLength: 60 })
const anyPrice = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 6 })).map(([n, e]) => n * 10 ** e)
const EUR = [100, 10_000_000] as const

describe('what the bands hold', () => {
  test('is what a plain filter over the customers finds, for every threshold of three digits', () => {
    fc.assert(
      fc.property(anyBuyers, anyPrice, anyPrice, (buyers, a, b) => {
        fc.pre(a !== b)
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        expect(splitBands(toDistribution(buyers).cells, low, high)).toEqual({
          low: addUp(buyers.filter((buyer) => aovOf(buyer) < low)),
          mid: addUp(buyers.filter((buyer) => aovOf(buyer) >= low && aovOf(buyer) <= high)),
          high: addUp(buyers.filter((buyer) => aovOf(buyer) > high)),
        })
      }),
    )
  })

  test('has an AOV that is rounded half up', () => {
    const figures = (revenueMinor: number, orders: number) => ({ customers: 1, orders, revenueMinor })
    const bands = { low: figures(5, 2), mid: figures(-5, 2), high: figures(7, 3) }
    const texts = toBandTexts(bands, createBrowserFormats({ locale: 'en-GB', currency: 'JPY', decimals: 0 }))
    expect([texts.low.aov, texts.mid.aov, texts.high.aov]).toEqual(['JP¥3', '-JP¥2', 'JP¥2'])
  })

  test('has no share of nothing', () => {
    const nobody = { customers: 0, orders: 0, revenueMinor: 0 }
    const texts = toBandTexts(
      { low: nobody, mid: nobody, high: nobody },
      createBrowserFormats({ locale: 'fr-FR', currency: 'EUR', decimals: 2 }),
    )
    expect({ ...texts.low, revenue: texts.low.revenue.replace(/\s/, ' ') }).toEqual({
      customers: '0',
      customerShare: '–',
      orders: '0',
      revenue: '0,00 €',
      revenueShare: '–',
      aov: '–',
    })
  })
})

describe.each(LANGUAGES)('a number in the browser (%s)', (language) => {
  test.each(['EUR', 'JPY', 'KWD'])('is written as the server writes it, in %s', (currency) => {
    const formats = createFormats(language, currency, 'UTC')
    const amounts = createBrowserFormats(formats.browser)
    for (const minor of [0, 5, 4_990, 6_000, 123_456_789, -250]) {
      expect([amounts.money(minor), amounts.price(minor), amounts.count(minor), amounts.share(minor / 10_000)]).toEqual(
        [formats.money(minor), formats.price(minor), formats.count(minor), formats.share(minor / 10_000)],
      )
    }
  })
})

describe('the prices of a line', () => {
  const ladder = toPriceLadder(...EUR)

  test('ascend by steps a person would take', () => {
    expect(toPriceLadder(1_800, 5_600)).toEqual([
      ...[1_800, 1_850, 1_900, 1_950],
      ...Array.from({ length: 30 }, (_, index) => 2_000 + 100 * index),
      ...[5_000, 5_200, 5_400, 5_600],
    ])
  })

  test('part the customers exactly: none has more than three digits', () => {
    expect(toPriceLadder(1, 1e12).filter((price) => toBorder(price) !== price)).toEqual([])
  })

  test('are whole minor units, and each is there once, also below a hundred of them', () => {
    const prices = toPriceLadder(1, 2_000)
    expect(prices.every(Number.isInteger)).toBe(true)
    expect(prices).toEqual([...new Set(prices)].sort((a, b) => a - b))
  })

  test('are stepped through from an amount that is none of them', () => {
    expect([stepPrice(ladder, 6_237, 1), stepPrice(ladder, 6_237, -1), stepPrice(ladder, 6_237, 3)]).toEqual([
      6_400, 6_200, 6_800,
    ])
  })

  test('end where the axis ends', () => {
    expect([stepPrice(ladder, EUR[1], 1), stepPrice(ladder, EUR[0], -2)]).toEqual([EUR[1], EUR[0]])
  })

  test('are found again at their place on the axis', () => {
    const scale = { fromMinor: EUR[0], toMinor: EUR[1] }
    const found = ladder.map((price) => nearestPrice(ladder, fromPercent(scale, toPercent(scale, price))))
    expect(found).toEqual(ladder)
  })
})

describe('a key', () => {
  const ladder = toPriceLadder(500, 50_000)
  const press = (key: string, minor = 6_000, limits: readonly [number, number] = [500, 11_500]) =>
    moveByKeys({ key, ctrlKey: false, metaKey: false, altKey: false }, minor, limits, ladder)

  test.each([
    ['ArrowRight', 6_200],
    ['ArrowUp', 6_200],
    ['ArrowLeft', 5_800],
    ['ArrowDown', 5_800],
    ['PageUp', 10_000],
    ['PageDown', 5_000],
    ['Home', 500],
    ['End', 11_500],
  ])('%s moves a line from 60 to %i', (key, expected) => {
    expect(press(key)).toBe(expected)
  })

  test.each(['Tab', 'Enter', 'a'])('%s moves none', (key) => {
    expect(press(key)).toBeNull()
  })

  test('moves no line up to the other', () => {
    expect([press('PageUp', 11_000), press('ArrowRight', 11_500)]).toEqual([11_500, 11_500])
  })

  test('with Ctrl is the browser’s', () => {
    expect(
      moveByKeys({ key: 'Home', ctrlKey: true, metaKey: false, altKey: false }, 6_000, [500, 11_500], ladder),
    ).toBeNull()
  })
})

describe('two lines', () => {
  const scale = { fromMinor: 500, toMinor: 50_000 }
  const ladder = toPriceLadder(500, 50_000)

  test('are always on the axis, the lower one below the upper one', () => {
    const anyMinor = fc.integer({ min: 1, max: 100_000 })
    fc.assert(
      fc.property(anyMinor, anyMinor, fc.constantFrom('low', 'high'), (lowMinor, highMinor, yields) => {
        const kept = keepApart({ lowMinor, highMinor }, yields, scale, ladder)
        expect(kept.lowMinor).toBeGreaterThanOrEqual(scale.fromMinor)
        expect(kept.lowMinor).toBeLessThan(kept.highMinor)
        expect(kept.highMinor).toBeLessThanOrEqual(scale.toMinor)
      }),
    )
  })

  test('stay where they are put, and the one that is named gives way', () => {
    expect(keepApart({ lowMinor: 6_000, highMinor: 4_000 }, 'low', scale, ladder)).toEqual({
      lowMinor: 3_900,
      highMinor: 4_000,
    })
    expect(keepApart({ lowMinor: 6_000, highMinor: 4_000 }, 'high', scale, ladder)).toEqual({
      lowMinor: 6_000,
      highMinor: 6_200,
    })
  })
})

describe('the distribution', () => {
  test('has everybody in its table, once', () => {
    fc.assert(
      fc.property(anyBuyers, (buyers) => {
        const distribution = toDistribution(buyers)
        const bins = toBins(distribution, toScale(distribution))
        for (const { fromMinor, toMinor, customers, orders, revenueMinor } of bins) {
          const inside = buyers.filter(
            (buyer) => aovOf(buyer) >= (fromMinor ?? -Infinity) && aovOf(buyer) < (toMinor ?? Infinity),
          )
          expect({ customers, orders, revenueMinor }).toEqual(addUp(inside))
        }
        expect(bins.reduce((sum, { customers }) => sum + customers, 0)).toBe(buyers.length)
      }),
    )
  })

  test('draws everybody with an AOV above nothing', () => {
    fc.assert(
      fc.property(anyBuyers, (buyers) => {
        const distribution = toDistribution(buyers)
        const drawn = toBins(distribution, toScale(distribution)).filter(isDrawn)
        expect(drawn.reduce((sum, { customers }) => sum + customers, 0)).toBe(
          buyers.filter((buyer) => aovOf(buyer) > 0).length,
        )
      }),
    )
  })

  test('has bins side by side, each about as wide as the others', () => {
    const scale = { fromMinor: 500, toMinor: 50_000 }
    const cells = toDistribution([{ orders: 1, revenueMinor: 700 }]).cells
    const bins = toBins({ cells }, scale)
    expect(bins).toHaveLength(40)
    expect(bins.slice(1).map(({ fromMinor }) => fromMinor)).toEqual(bins.slice(0, -1).map(({ toMinor }) => toMinor))
    expect([bins[0]?.fromMinor, bins.at(-1)?.toMinor]).toEqual([500, 50_000])
    const widths = bins.map(({ fromMinor, toMinor }) => Math.log10((toMinor ?? 0) / (fromMinor ?? 0)))
    expect(Math.max(...widths)).toBeLessThan(0.06)
    expect(Math.min(...widths)).toBeGreaterThan(0.04)
  })

  test('has no axis where nobody has an AOV above nothing', () => {
    expect(toScale(toDistribution([{ orders: 1, revenueMinor: -5 }]))).toBeNull()
  })

  test('is not squeezed by one odd order', () => {
    const usual = Array.from({ length: 5_000 }, (_, index) => ({ orders: 1, revenueMinor: 4_000 + index }))
    const scale = toScale(toDistribution([...usual, { orders: 1, revenueMinor: 90_000_000 }]))
    expect(scale).toEqual({ fromMinor: 2_000, toMinor: 10_000 })
  })
})
