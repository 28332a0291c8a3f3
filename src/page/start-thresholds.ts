import type { Distribution } from '../core/distribution.ts'
import { parseDecimal, toMinor } from '../core/money.ts'
import { keepApart, type Thresholds } from './browser/keep-apart.ts'
import { nearestPrice, toPriceLadder } from './browser/price-ladder.ts'
import { toBorder } from './browser/split-bands.ts'
import { toScale } from './threshold-bins.ts'

/** Where the thresholds stand at first, and the account's bands if they cannot stand exactly there; minor units. */
export interface Start {
  readonly thresholds: Thresholds
  readonly rounded: readonly [number, number] | null
}

/**
 * Where the lines stand: where they are asked for, else at the account's bands, else where they part the customers in
 * three of about the same number, at prices. `asked` in major units, as somebody typed it; what is no price is not asked.
 */
export function startThresholds(
  distribution: Distribution,
  bands: readonly [number, number] | null,
  asked: { readonly low?: string | undefined; readonly high?: string | undefined },
  currency: string,
): Start {
  const scale = toScale(distribution)
  if (scale === null) return { thresholds: { lowMinor: 1, highMinor: 2 }, rounded: null }
  const ladder = toPriceLadder(scale.fromMinor, scale.toMinor)
  const [low, high] = [readPrice(asked.low, currency), readPrice(asked.high, currency)]
  const [first, second] = bands ?? [1 / 3, 2 / 3].map((share) => nearestPrice(ladder, quantile(distribution, share)))
  const wanted = { lowMinor: low ?? toBorder(first ?? 0), highMinor: high ?? toBorder(second ?? 0) }
  const isRounded = bands !== null && (toBorder(bands[0]) !== bands[0] || toBorder(bands[1]) !== bands[1])
  return {
    thresholds: keepApart(wanted, 'high', scale, ladder),
    rounded: isRounded && low === null && high === null ? bands : null,
  }
}

function quantile({ cells, customers }: Distribution, share: number): number {
  let passed = 0
  const found = cells.find((cell) => {
    passed += cell.customers
    return passed >= share * customers
  })
  return Math.max(1, found?.fromMinor ?? 1)
}

/** Null: nothing was asked for, or no price above zero. */
function readPrice(text: string | undefined, currency: string): number | null {
  if (text === undefined || !/^\s*\d{1,12}([.,]\d{1,4})?\s*$/.test(text)) return null
  const minor = toBorder(toMinor(parseDecimal(text.replace(',', '.')), currency))
  return minor > 0 ? minor : null
}
