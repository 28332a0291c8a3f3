import { currencyExponent, divideHalfUp } from '../../core/money.ts'

/** Minor units → text with `decimals` decimals, the shop's or those asked for, whatever the currency has. */
export function toAmountText(minor: number, currency: string, decimals: number): string {
  const shift = decimals - currencyExponent(currency)
  const units = shift >= 0 ? BigInt(minor) * 10n ** BigInt(shift) : divideHalfUp(BigInt(minor), 10n ** BigInt(-shift))
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0')
  const cut = digits.length - decimals
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${decimals > 0 ? `.${digits.slice(cut)}` : ''}`
}
