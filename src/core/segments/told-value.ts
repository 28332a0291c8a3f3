import { currencyExponent, parseDecimal, toMinor } from '../money.ts'
import { isMoneyProperty } from '../profiles/property-names.ts'

/** How a comparison of numbers is written, in any language. */
export const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=' } as const

/** A value by how it is shown. */
export type ToldValue =
  | { readonly say: 'money'; readonly minor: number }
  | { readonly say: 'text'; readonly text: string }

/** A property's value, or one it is compared with: an amount as money where it is some, anything else as it is. */
export function tellValue(property: string, value: unknown, currency: string): ToldValue {
  if (typeof value !== 'number' || !isMoneyProperty(property)) return { say: 'text', text: String(value) }
  const decimal = parseDecimal(String(value))
  // More decimals than the currency has are nobody's price.
  if (decimal.scale > currencyExponent(currency)) return { say: 'text', text: `${value} ${currency}` }
  return { say: 'money', minor: toMinor(decimal, currency) }
}
