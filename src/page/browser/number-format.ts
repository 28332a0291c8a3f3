/** How the page writes numbers; comes with the data of every chart. */
export interface NumberFormat {
  readonly locale: string
  /** ISO 4217. */
  readonly currency: string
  readonly decimals: number
}

/** The formats of the server's own page, for numbers that are made here. */
export interface BrowserFormats {
  /** Minor units, with all decimals. */
  money(minor: number): string
  /** Without decimals where the amount has none. */
  price(minor: number): string
  count(count: number): string
  /** A part of one. */
  share(part: number): string
}

/** One decimal of a percent. */
const LEAST_SHARE = 0.001

/** Formats as `createFormats` on the server makes them. */
export function createBrowserFormats({ locale, currency, decimals }: NumberFormat): BrowserFormats {
  const grouped = { useGrouping: 'always' } as const
  const exact = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const money = new Intl.NumberFormat(locale, { ...grouped, style: 'currency', currency, ...exact })
  const price = new Intl.NumberFormat(locale, {
    ...{ ...grouped, style: 'currency', currency, ...exact },
    trailingZeroDisplay: 'stripIfInteger',
  })
  const count = new Intl.NumberFormat(locale, grouped)
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const toShareText = (part: number) =>
    part > 0 && part < LEAST_SHARE / 2 ? `<\u00a0${share.format(LEAST_SHARE)}` : share.format(part)
  const toMajor = (minor: number) => minor / 10 ** decimals
  return {
    money: (minor) => money.format(toMajor(minor)),
    price: (minor) => price.format(toMajor(minor)),
    count: (number) => count.format(number),
    share: (part) => (Number.isFinite(part) ? toShareText(part) : '–'),
  }
}
