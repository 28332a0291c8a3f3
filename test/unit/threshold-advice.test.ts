import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../src/core/seeded-random.ts'
import { type AovCell, addCells, medianOf, quantileOf, storeAov } from '../../src/core/thresholds/aov-cell.ts'
import { adviseThresholds, type ThresholdMethod } from '../../src/core/thresholds/threshold-advice.ts'
import { goodnessOfFit, toClasses } from '../../src/core/thresholds/threshold-classes.ts'
import { toPrices } from '../../src/core/thresholds/threshold-prices.ts'

function cell(aovMinor: number, customers: number, ordersEach = 1): AovCell {
  return { aovMinor, customers, orders: customers * ordersEach, revenueMinor: aovMinor * customers * ordersEach }
}

const anyCells = fc
  .uniqueArray(fc.tuple(fc.integer({ min: -100, max: 60_000 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 30,
    selector: ([aov]) => aov,
  })
  .map((all) => all.map(([aov, customers]) => cell(aov, customers)).sort((a, b) => a.aovMinor - b.aovMinor))

/** A shop whose customers' AOVs lie around two prices, far apart. */
function twoPeaks(customers: number): AovCell[] {
  const random = createRandom(1)
  const near = (price: number) => Math.round(price * (0.8 + 0.2 * (random() + random())))
  const aovs = Array.from({ length: customers }, (_, index) => near(index % 3 === 0 ? 20_000 : 3_000))
  return aovs.sort((a, b) => a - b).map((aov) => cell(aov, 1))
}

function advised(cells: readonly AovCell[], method: ThresholdMethod, classes = 2) {
  const found = adviseThresholds(cells, { window: 'lifetime', classes }).advice.find((one) => one.method === method)
  if (found === undefined) throw new Error(`no advice by ${method}`)
  return found
}

describe('a quantile', () => {
  test('is the least AOV that so many customers do not exceed', () => {
    fc.assert(
      fc.property(anyCells, fc.integer({ min: 1, max: 99 }), (cells, percent) => {
        const all = cells.flatMap(({ aovMinor, customers }) => Array.from({ length: customers }, () => aovMinor))
        const expected = all.find((aov) => all.filter((other) => other <= aov).length * 100 >= percent * all.length)
        expect(quantileOf(cells, percent / 100)).toBe(expected)
      }),
    )
  })

  test('in the middle is half up between two customers, or one of them', () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const all = cells.flatMap(({ aovMinor, customers }) => Array.from({ length: customers }, () => aovMinor))
        const [lower = 0, upper = 0] = [Math.ceil(all.length / 2) - 1, Math.floor(all.length / 2)].map((at) => all[at])
        expect(medianOf(cells)).toBe(Math.floor((lower + upper) / 2 + 0.5))
      }),
    )
  })

  test('is nothing without customers', () => {
    expect(quantileOf([], 0.5)).toBeNull()
    expect(medianOf([])).toBeNull()
  })
})

describe('the store’s AOV', () => {
  test('is revenue by orders, not the mean of customers’ AOVs', () => {
    expect(storeAov([cell(1_000, 1, 9), cell(11_000, 1)])).toBe(2_000)
  })
})

describe('classes', () => {
  test('hold every customer once', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(anyCells, cuts, (cells, some) => {
        const ascending = some.toSorted((a, b) => a - b)
        const classes = toClasses(cells, ascending)
        expect(classes.reduce((sum, { customers }) => sum + customers, 0)).toBe(addCells(cells).customers)
      }),
    )
  })

  test('begin at their cut', () => {
    expect(toClasses([cell(100, 1), cell(200, 1)], [200]).map(({ customers }) => customers)).toEqual([1, 1])
  })

  test('made by two cuts are bands: the middle holds both ends', () => {
    const cells = [cell(99, 1), cell(100, 1), cell(200, 1), cell(201, 1)]
    expect(toClasses(cells, [100, 200]).map(({ customers }) => customers)).toEqual([1, 2, 1])
  })

  test('explain all variance where each holds one AOV, and none where one holds all', () => {
    const cells = [cell(100, 5), cell(10_000, 5)]
    expect(goodnessOfFit(cells, [500])).toBeCloseTo(1, 10)
    expect(goodnessOfFit(cells, [50])).toBeCloseTo(0, 10)
    expect(goodnessOfFit([cell(100, 5)], [50])).toBeNull()
  })
})

describe('prices of cuts', () => {
  test('stay in the order of their cuts', () => {
    fc.assert(
      fc.property(
        anyCells,
        fc.uniqueArray(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 4 }),
        (cells, some) => {
          const prices = toPrices(
            cells,
            some.toSorted((a, b) => a - b),
          )
          expect(prices).toEqual([...new Set(prices)].sort((a, b) => a - b))
        },
      ),
    )
  })

  test('may carry one customer across where there are few, but leave nobody out of a class', () => {
    const few = [1_000, 2_000, 3_000, 42_600, 43_050, 43_125, 60_000, 80_000].map((aov) => cell(aov, 1))
    expect(toPrices(few, [43_125])).toEqual([45_000])
    expect(toPrices([cell(1_000, 1), cell(4_310, 1)], [4_310])).toEqual([4_250])
  })

  test('do not carry a crowd across', () => {
    expect(toPrices([cell(2_000, 50), cell(4_990, 30), cell(9_000, 20)], [4_990])).toEqual([4_990])
    expect(toPrices([cell(2_000, 50), cell(5_010, 30), cell(9_000, 20)], [4_990])).toEqual([5_000])
  })
})

describe('advice', () => {
  test('is the same for the same customers', () => {
    const request = { window: '12m', classes: 4 } as const
    expect(adviseThresholds(twoPeaks(500), request)).toEqual(adviseThresholds(twoPeaks(500), request))
  })

  test('finds the gap between two kinds of customers', () => {
    const breaks = advised(twoPeaks(900), 'natural_breaks')
    expect(breaks.cuts[0]?.priceMinor).toBeGreaterThan(3_600)
    expect(breaks.cuts[0]?.priceMinor).toBeLessThan(16_000)
    expect(breaks.classes.map(({ customers }) => customers)).toEqual([600, 300])
    expect(breaks.fit).toBeGreaterThan(0.95)
    expect(breaks.cuts[0]?.stability).toBeGreaterThan(0.95)
    expect(breaks.warnings).toEqual([])
  })

  test('puts the raw cut of a large shop into a narrow interval', () => {
    const [cut] = advised(twoPeaks(3_000), 'store_aov').cuts
    expect(cut?.lowMinor).toBeLessThanOrEqual(cut?.rawMinor ?? 0)
    expect(cut?.highMinor).toBeGreaterThanOrEqual(cut?.rawMinor ?? Infinity)
    expect((cut?.highMinor ?? Infinity) / (cut?.lowMinor ?? 1)).toBeLessThan(1.2)
  })

  test('names quantiles as the configuration does', () => {
    expect(advised(twoPeaks(300), 'quantiles', 3).cuts.map(({ name }) => name)).toEqual(['p33', 'p67'])
  })

  test('is none without customers', () => {
    const nothing = adviseThresholds([], { window: 'lifetime', classes: 3 })
    expect(nothing).toMatchObject({ customers: 0, storeAovMinor: null, medianMinor: null, advice: [] })
  })

  test('counts AOVs of zero and less to the lowest class', () => {
    const cells = [cell(-50, 10), cell(0, 40), ...twoPeaks(300)]
    expect(advised(cells, 'natural_breaks').classes[0]?.customers).toBe(250)
  })
})

describe('advice warns', () => {
  test('of few customers', () => {
    expect(advised(twoPeaks(99), 'store_aov').warnings).toContainEqual({ kind: 'few-customers', customers: 99 })
    expect(advised(twoPeaks(102), 'store_aov').warnings).toEqual([])
  })

  test('of fewer different AOVs than classes', () => {
    const { warnings } = advised([cell(1_000, 100), cell(2_000, 100)], 'natural_breaks', 4)
    expect(warnings).toContainEqual({ kind: 'few-values', classes: 2 })
  })

  test('of a class that nobody is in', () => {
    const { warnings } = advised([cell(1_000, 150), cell(5_000, 50)], 'store_median')
    expect(warnings).toContainEqual({ kind: 'empty-class', class: 0 })
    expect(warnings).toContainEqual({ kind: 'edge', priceMinor: 1_000 })
  })

  test('of a class with less than one percent, and of one with more than eighty', () => {
    const { warnings } = advised([cell(1_000, 995), cell(900_000, 5)], 'store_aov')
    expect(warnings).toContainEqual({ kind: 'small-class', class: 1, share: 0.005 })
    expect(warnings).toContainEqual({ kind: 'large-class', class: 0, share: 0.995 })
  })

  test('of two cuts at one price', () => {
    const { warnings } = advised([cell(1_000, 100), cell(5_000, 20)], 'quantiles', 3)
    expect(warnings).toContainEqual({ kind: 'same-price', priceMinor: 1_000 })
  })

  test('of a cut that stands on chance', () => {
    const { warnings } = advised([cell(1_000, 200), cell(1_000_000, 2)], 'store_aov')
    expect(warnings).toContainEqual(expect.objectContaining({ kind: 'unstable' }))
  })
})
