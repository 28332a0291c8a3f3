import { RecordError } from '../../core/errors.ts'
import {
  addDecimals,
  currencyExponent,
  type Decimal,
  multiplyDecimals,
  parseDecimal,
  toMinor,
} from '../../core/money.ts'

/**
 * An exact decimal, `units / 10^scale`, as core's `Decimal`, whose units stay an ordinary safe integer as long as they
 * fit: a million rows of short amounts then cost no big integers. Every operation is exact on both forms.
 */
export interface Amount {
  readonly units: number | bigint
  readonly scale: number
}

const MAX_FAST_DIGITS = 15
const POWERS = Array.from({ length: MAX_FAST_DIGITS + 1 }, (_, exponent) => 10 ** exponent)

/**
 * Parses what `parseDecimal` parses, to the same value. With `decimalComma` a point is refused: in `1.234` it would
 * be a grouping separator, and the amount a thousand times smaller.
 * @throws RecordError when the text is no such number.
 */
export function parseAmount(text: string, decimalComma: boolean): Amount {
  const plain = text.trim()
  if (decimalComma && plain.includes('.')) {
    throw new RecordError('expected a number with a decimal comma and no grouping, such as 1234,50')
  }
  return parseShort(plain, decimalComma ? 0x2c : 0x2e) ?? parseDecimal(plain, { decimalComma })
}

/** Sign, at most 15 digits, one point; null for anything else, which the exact parser then judges. */
function parseShort(text: string, point: number): Amount | null {
  const first = text.charCodeAt(0)
  const negative = first === 0x2d
  let units = 0
  let digits = 0
  let scale = -1
  for (let at = negative || first === 0x2b ? 1 : 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) {
      units = units * 10 + code - 0x30
      digits++
      if (scale >= 0) scale++
    } else if (code === point && scale < 0) scale = 0
    else return null
  }
  if (digits === 0 || digits > MAX_FAST_DIGITS) return null
  return { units: negative && units !== 0 ? -units : units, scale: Math.max(scale, 0) }
}

/** Exact product: a quantity times a price. */
export function multiplyAmounts(a: Amount, b: Amount): Amount {
  if (typeof a.units === 'number' && typeof b.units === 'number') {
    const units = a.units * b.units
    if (Number.isSafeInteger(units)) return { units: units + 0, scale: a.scale + b.scale }
  }
  return multiplyDecimals(toDecimal(a), toDecimal(b))
}

/** Exact sum. */
export function addAmounts(a: Amount, b: Amount): Amount {
  if (typeof a.units === 'number' && typeof b.units === 'number') {
    const scale = Math.max(a.scale, b.scale)
    const left = a.units * (POWERS[scale - a.scale] ?? Number.NaN)
    const right = b.units * (POWERS[scale - b.scale] ?? Number.NaN)
    const units = left + right
    // Each of the three must be safe: two unsafe ones may add up to a safe but wrong sum.
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right) && Number.isSafeInteger(units)) {
      return { units, scale }
    }
  }
  return addDecimals(toDecimal(a), toDecimal(b))
}

/**
 * Major units → integer minor units of `currency`, rounded half up once, as core's `toMinor`.
 * @throws RecordError when the amount does not fit in 2^53 − 1 minor units.
 */
export function amountToMinor(amount: Amount, currency: string): number {
  const shift = currencyExponent(currency) - amount.scale
  const power = POWERS[Math.abs(shift)]
  if (typeof amount.units === 'bigint' || power === undefined) return toMinor(toDecimal(amount), currency)
  if (shift < 0) return divideHalfUpFast(amount.units, power)
  const minor = amount.units * power
  return Number.isSafeInteger(minor) ? minor : toMinor(toDecimal(amount), currency)
}

/** For comparing with a threshold of the configuration; the nearest double. */
export function amountToNumber(amount: Amount): number {
  return Number(amount.units) / 10 ** amount.scale
}

function divideHalfUpFast(units: number, divisor: number): number {
  let remainder = units % divisor
  let quotient = (units - remainder) / divisor
  if (remainder < 0) {
    remainder += divisor
    quotient -= 1
  }
  return (2 * remainder >= divisor ? quotient + 1 : quotient) + 0
}

function toDecimal(amount: Amount): Decimal {
  return { units: BigInt(amount.units), scale: amount.scale }
}
