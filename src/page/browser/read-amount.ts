/** What a person typed where an amount of money belongs. */
export type ReadAmount =
  /** `isPlain`: it was written as programs write it, with no more than a comma for the point. Minor units, half up. */
  | { readonly kind: 'amount'; readonly minor: number; readonly isPlain: boolean; readonly isExact: boolean }
  /** A single separator before three digits: of thousands, or of decimals. */
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'notPositive' }
  | { readonly kind: 'noAmount' }

const GROUPED = /^\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})*(?:([.,])(\d+))?$/
const PLAIN = /^(\d+)(?:[.,](\d+))?$/
const MOST_DIGITS = 12

/** Reads `60`, `49,9`, `1.234,50`, `1,234.50`, `1 234` or `€60`, whatever the reader's language. */
export function readAmount(text: string, decimals: number): ReadAmount {
  const typed = text
    .trim()
    .replace(/^\p{Sc}\s*|\s*\p{Sc}$/gu, '')
    .replaceAll(/[\u00a0\u2009\u202f]/g, ' ')
  const unsigned = typed.replace(/^[-−]\s*/, '')
  const found = unsigned === typed ? readUnsigned(typed, decimals) : readUnsigned(unsigned, decimals)
  if (found.kind !== 'amount') return found
  return unsigned !== typed || found.minor <= 0 ? { kind: 'notPositive' } : found
}

function readUnsigned(text: string, decimals: number): ReadAmount {
  const plain = PLAIN.exec(text)
  const grouped = GROUPED.exec(text)
  const isOneSeparator = /^\d{1,3}[.,]\d{3}$/.test(text)
  // 0.125 has no thousands.
  if (isOneSeparator && !text.startsWith('0')) return { kind: 'ambiguous' }
  if (plain !== null) return toAmount(plain[1] ?? '', plain[2] ?? '', decimals, true)
  if (grouped === null || grouped[1] === grouped[2]) return { kind: 'noAmount' }
  const fraction = grouped[3] ?? ''
  const whole = fraction === '' ? text : text.slice(0, -fraction.length - 1)
  return toAmount(whole.replaceAll(/\D/g, ''), fraction, decimals, false)
}

function toAmount(whole: string, fraction: string, decimals: number, isPlain: boolean): ReadAmount {
  if (whole.length > MOST_DIGITS) return { kind: 'noAmount' }
  const kept = Number(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`)
  const rest = fraction.slice(decimals)
  return { kind: 'amount', minor: kept + (/^[5-9]/.test(rest) ? 1 : 0), isPlain, isExact: !/[1-9]/.test(rest) }
}
