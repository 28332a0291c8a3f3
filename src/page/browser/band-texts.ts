import type { BrowserFormats } from './number-format.ts'
import type { Bands } from './split-bands.ts'

/** The bands, from the lowest. */
export const BANDS = ['low', 'mid', 'high'] as const
export type Band = (typeof BANDS)[number]

/** What is told of a band, in the order of the table. */
export const FIGURES = ['customers', 'customerShare', 'orders', 'revenue', 'revenueShare', 'aov'] as const
export type Figure = (typeof FIGURES)[number]

/** Where there is no number. */
const NOTHING = '–'

/** Shares of the whole, from 0 to 1; null where there is no whole. */
export function toShares(bands: Bands, of: 'customers' | 'revenueMinor') {
  const whole = BANDS.reduce((sum, band) => sum + bands[band][of], 0)
  const shareOf = (band: Band) => (whole > 0 ? bands[band][of] / whole : null)
  return { low: shareOf('low'), mid: shareOf('mid'), high: shareOf('high') }
}

/** What is told of each band, as text. */
export function toBandTexts(
  bands: Bands,
  amounts: Pick<BrowserFormats, 'count' | 'share' | 'money'>,
): Readonly<Record<Band, Readonly<Record<Figure, string>>>> {
  const customerShares = toShares(bands, 'customers')
  const revenueShares = toShares(bands, 'revenueMinor')
  const share = (part: number | null) => (part === null ? NOTHING : amounts.share(part))
  const textsOf = (band: Band): Readonly<Record<Figure, string>> => {
    const { customers, orders, revenueMinor } = bands[band]
    return {
      customers: amounts.count(customers),
      customerShare: share(customerShares[band]),
      orders: amounts.count(orders),
      revenue: amounts.money(revenueMinor),
      revenueShare: share(revenueShares[band]),
      aov: orders === 0 ? NOTHING : amounts.money(divideHalfUp(revenueMinor, orders)),
    }
  }
  return { low: textsOf('low'), mid: textsOf('mid'), high: textsOf('high') }
}

/** Whole numbers below 2^53 / 2: exact, since the rest decides and not a fraction. */
function divideHalfUp(dividend: number, divisor: number): number {
  const rest = ((dividend % divisor) + divisor) % divisor
  return (dividend - rest) / divisor + (2 * rest >= divisor ? 1 : 0)
}
