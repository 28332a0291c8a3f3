import { RecordError } from './errors.ts'

/** ISO 4217 currencies whose minor unit is not 1/100 (exponent 2). Source: ISO 4217 list one, amendment 176. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

const KNOWN = new Set(Intl.supportedValuesOf('currency'))

/** Whether `code` is an ISO 4217 alphabetic code in upper case. */
export function isCurrency(code: string): boolean {
  return KNOWN.has(code)
}

/** Number of decimals of a currency's minor unit: 2 for GBP, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2
}

/** An exact decimal: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/
const MAX_SCALE = 30

/**
 * Parses a decimal text digit by digit; never goes through a float. Accepts `12`, `-12.50`, `.5`, `1e-7` and, with
 * `decimalComma`, `1234,50`. Grouping separators are refused: `1,234` could be either.
 * @throws RecordError when the text is no such number.
 */
export function parseDecimal(text: string, options: { decimalComma?: boolean } = {}): Decimal {
  const plain = options.decimalComma === true ? text.trim().replace(',', '.') : text.trim()
  const match = DECIMAL.exec(plain)
  const digits = match === null ? '' : `${match[2] ?? ''}${match[3] ?? ''}`
  if (match === null || digits === '') throw new RecordError('expected a decimal number such as 12.50')
  const scale = (match[3] ?? '').length - Number(match[4] ?? 0)
  if (scale > MAX_SCALE || scale < -MAX_SCALE) throw new RecordError('expected a number of at most 30 decimals')
  const magnitude = BigInt(digits) * (scale < 0 ? 10n ** BigInt(-scale) : 1n)
  return { units: match[1] === '-' ? -magnitude : magnitude, scale: Math.max(scale, 0) }
}

/** Exact sum of two decimals. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: a.units * 10n ** BigInt(scale - a.scale) + b.units * 10n ** BigInt(scale - b.scale), scale }
}

/** Exact product of two decimals. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

/** A decimal as text with as many decimals as it has: `1.170`. */
export function toDecimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const cut = digits.length - scale
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${scale > 0 ? `.${digits.slice(cut)}` : ''}`
}

/** Quotient rounded half up, that is toward +∞ on a tie: 5/2 → 3, −5/2 → −2. `divisor` must be positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const doubled = 2n * dividend + divisor
  const by = 2n * divisor
  const quotient = doubled / by
  return doubled % by < 0n ? quotient - 1n : quotient
}

/**
 * A decimal in major units → integer minor units of `currency`, rounded half up once.
 * @throws RecordError when the amount does not fit in 2^53 − 1 minor units.
 */
export function toMinor(amount: Decimal, currency: string): number {
  const shift = currencyExponent(currency) - amount.scale
  const minor = shift >= 0 ? amount.units * 10n ** BigInt(shift) : divideHalfUp(amount.units, 10n ** BigInt(-shift))
  const asNumber = Number(minor)
  if (!Number.isSafeInteger(asNumber)) throw new RecordError('the amount is too large to be an order')
  return asNumber
}

/** Minor units → the shortest JSON number in major units: 48087 GBP → 480.87, 500 JPY → 500. */
export function toMajor(minor: number, currency: string): number {
  return Number(toMajorText(minor, currency))
}

/** Minor units → decimal text with the currency's decimals: 48087 GBP → `480.87`. */
export function toMajorText(minor: number, currency: string): string {
  return toDecimalText({ units: BigInt(minor), scale: currencyExponent(currency) })
}

/** Minor units → text for people, in English grouping: `£8,911,407.90`. */
export function formatMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    minimumFractionDigits: currencyExponent(currency),
    maximumFractionDigits: currencyExponent(currency),
  })
  return format.format(toMajorText(minor, currency) as `${number}`)
}

/** Minor units → a price for people, without decimals where it is a whole number: `£120`, `£49.90`, `£1,250`. */
export function formatPrice(minor: number, currency: string): string {
  const exponent = currencyExponent(currency)
  const format = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
    trailingZeroDisplay: 'stripIfInteger',
  })
  return format.format(toMajorText(minor, currency) as `${number}`)
}
