import type { Distribution } from '../core/distribution.ts'
import { parseDecimal, toMinor } from '../core/money.ts'
import { keepApart, type Thresholds } from './browser/keep-apart.ts'
import { nearestPrice, toPriceLadder } from './browser/price-ladder.ts'
import { toBorder } from './browser/split-bands.ts'
import { cellQuantile, toScale } from './distribution-bins.ts'

/** Where the bands part before anybody moves them. Minor units. */
export interface Borders {
  readonly thresholds: Thresholds
  /** The account's bands, where they cannot be drawn or counted exactly there. */
  readonly rounded: readonly [number, number] | null
  /** No bands are configured: these part the customers in three of about the same number, at prices. */
  readonly isExample: boolean
}

/** The account's bands (minor units), to three digits; or an example. */
export function toBorders(distribution: Distribution, bands: readonly [number, number] | null): Borders {
  if (bands !== null) {
    const thresholds = { lowMinor: toBorder(bands[0]), highMinor: toBorder(bands[1]) }
    const isExact = thresholds.lowMinor === bands[0] && thresholds.highMinor === bands[1]
    return { thresholds, rounded: isExact ? null : bands, isExample: false }
  }
  const scale = toScale(distribution)
  if (scale === null) return { thresholds: { lowMinor: 1, highMinor: 2 }, rounded: null, isExample: true }
  const ladder = toPriceLadder(scale.fromMinor, scale.toMinor)
  const third = (share: number) => nearestPrice(ladder, Math.max(1, cellQuantile(distribution.cells, share) ?? 1))
  const thresholds = keepApart({ lowMinor: third(1 / 3), highMinor: third(2 / 3) }, 'high', scale, ladder)
  return { thresholds, rounded: null, isExample: true }
}

/**
 * Where the lines that can be moved stand: where they are asked for, else at the borders, on the axis and apart. `asked` in
 * major units, as somebody typed it; what is no price is not asked.
 */
export function startThresholds(
  distribution: Distribution,
  bands: readonly [number, number] | null,
  asked: { readonly low?: string | undefined; readonly high?: string | undefined },
  currency: string,
): Borders {
  const borders = toBorders(distribution, bands)
  const scale = toScale(distribution)
  if (scale === null) return borders
  const [low, high] = [readPrice(asked.low, currency), readPrice(asked.high, currency)]
  const wanted = { lowMinor: low ?? borders.thresholds.lowMinor, highMinor: high ?? borders.thresholds.highMinor }
  const thresholds = keepApart(wanted, 'high', scale, toPriceLadder(scale.fromMinor, scale.toMinor))
  const isAsked = low !== null || high !== null
  const isThere = bands !== null && thresholds.lowMinor === bands[0] && thresholds.highMinor === bands[1]
  return { ...borders, thresholds, rounded: isAsked || isThere ? null : bands }
}

/** Null: nothing was asked for, or no price above zero. */
function readPrice(text: string | undefined, currency: string): number | null {
  if (text === undefined || !/^\s*\d{1,12}([.,]\d{1,4})?\s*$/.test(text)) return null
  const minor = toBorder(toMinor(parseDecimal(text.replace(',', '.')), currency))
  return minor > 0 ? minor : null
}
