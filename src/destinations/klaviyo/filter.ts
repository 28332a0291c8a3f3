import { splitBatches } from '../../core/profiles/batch.ts'
import { MAX_FILTER_CHARACTERS, MAX_FILTER_VALUES } from './limits.ts'

/** `equals(name,"scontrino")`. */
export function equalsFilter(field: string, value: string): string {
  return `equals(${field},${quote(value)})`
}

/** `contains(name,"scontrino")`. */
export function containsFilter(field: string, value: string): string {
  return `contains(${field},${quote(value)})`
}

/** `any(email,["a","b"])` filters that together hold every value once, each short enough for one URL. */
export function anyFilters(field: string, values: readonly string[]): string[] {
  const limits = { maxItems: MAX_FILTER_VALUES, maxBytes: MAX_FILTER_CHARACTERS }
  const batches = splitBatches([...new Set(values)], (value) => encodeURIComponent(`${quote(value)},`).length, limits)
  return Array.from(batches, (batch) => `any(${field},[${batch.map(quote).join(',')}])`)
}

/** Strings of Klaviyo's filters are in double quotes, with `"` and `\` behind a backslash: as in JSON; `'` stands as it is. */
function quote(value: string): string {
  return JSON.stringify(value)
}
