import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The parts of the style, named after what they are for; a later one wins over an earlier one. */
export const STYLE_PARTS = [
  ...['theme', 'text', 'layout', 'controls', 'states', 'table'],
  ...['three-numbers', 'figure', 'over-time', 'statements', 'distribution', 'thresholds', 'matrix', 'customer'],
  'print',
] as const

/** Part of a report alone, which is read from top to bottom, and printed. */
export const REPORT_PART = 'report'

/** Reads parts of the style from where this program lies, and joins them in their order. */
export function readStyle(parts: readonly string[]): string {
  return parts.map((part) => readFileSync(join(import.meta.dirname, 'style', `${part}.css`), 'utf8')).join('\n')
}
