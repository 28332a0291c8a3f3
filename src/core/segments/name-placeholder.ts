import { formatPrice } from '../money.ts'
import type { ThresholdRef } from '../thresholds/threshold.ts'

/** Something in braces in the name of a segment that stands for an amount. */
export type NamePlaceholder =
  | { readonly kind: 'border'; readonly text: string; readonly border: 'low' | 'high' }
  | { readonly kind: 'threshold'; readonly text: string; readonly ref: ThresholdRef }

const IN_BRACES = /\{([^{}]*)\}/g
const THRESHOLD = /^(store_aov|store_median|p[1-9]\d?)( 12m| lifetime)?$/

/** Placeholders of a name, each as often as it is there. What is in braces and none is not among them. */
export function findPlaceholders(name: string): NamePlaceholder[] {
  return [...name.matchAll(IN_BRACES)].flatMap(([text, inside = '']): NamePlaceholder[] => {
    if (inside === 'low' || inside === 'high') return [{ kind: 'border', text, border: inside }]
    const [, threshold, window] = THRESHOLD.exec(inside) ?? []
    if (threshold === undefined) return []
    return [{ kind: 'threshold', text, ref: { name: threshold, window: window === ' 12m' ? '12m' : 'lifetime' } }]
  })
}

/** What is in braces in a name and stands for nothing. */
export function findUnknownPlaceholders(name: string): string[] {
  const known = new Set(findPlaceholders(name).map(({ text }) => text))
  return [...name.matchAll(IN_BRACES)].flatMap(([text]) => (known.has(text) ? [] : [text]))
}

/**
 * An amount as a marketer reads it in Klaviyo: `£120`, `€1.250`, `€49,90`. Euros are grouped by dots, as in most of the
 * countries that have them; other currencies in English.
 */
export function formatNamePrice(minor: number, currency: string): string {
  const text = formatPrice(minor, currency)
  if (currency !== 'EUR') return text
  return text.replace(/[.,]/g, (mark) => (mark === ',' ? '.' : ','))
}
