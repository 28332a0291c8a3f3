import { currencyExponent } from '../../core/money.ts'
import type { Distribution } from '../../core/numbers/distribution.ts'
import { keepApart, type Thresholds } from '../browser/keep-apart.ts'
import { nearestPrice, toPriceLadder } from '../browser/price-ladder.ts'
import { toBorder } from '../browser/split-bands.ts'
import { type Placed, placeTyped } from '../browser/typed-thresholds.ts'
import { cellQuantile, toScale } from '../numbers/distribution-bins.ts'

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

/** Where the lines stand when the page is asked for, and what is to be said of what was typed. */
export interface Start extends Borders {
  readonly remarks: Placed['remarks']
}

/** As it came with the request, in major units, as somebody typed it; `…Before`: where the lines stood then. */
export interface AskedThresholds {
  readonly low?: string | undefined
  readonly high?: string | undefined
  readonly lowBefore?: string | undefined
  readonly highBefore?: string | undefined
}

/** Where the lines that can be moved stand: where they are asked for, else where they stood, else at the borders; on the axis. */
export function startThresholds(
  distribution: Distribution,
  bands: readonly [number, number] | null,
  { low, high, lowBefore, highBefore }: AskedThresholds,
  currency: string,
): Start {
  const borders = toBorders(distribution, bands)
  const scale = toScale(distribution)
  if (scale === null) return { ...borders, remarks: { low: null, high: null } }
  const decimals = currencyExponent(currency)
  const ladder = toPriceLadder(scale.fromMinor, scale.toMinor)
  const onAxis = keepApart(borders.thresholds, 'high', scale, ladder)
  const before = placeTyped({ low: lowBefore, high: highBefore }, onAxis, scale, decimals).thresholds
  const { thresholds, remarks } = placeTyped({ low, high }, before, scale, decimals)
  const isAsked = low !== undefined || high !== undefined
  const isThere = bands !== null && thresholds.lowMinor === bands[0] && thresholds.highMinor === bands[1]
  return { ...borders, thresholds, remarks, rounded: isAsked || isThere ? null : bands }
}
