import type { Band } from './band-texts.ts'
import type { PresentBands } from './bands-yaml.ts'
import type { NumberFormat } from './number-format.ts'
import type { LogScale } from './price-axis.ts'
import type { Remark } from './typed-thresholds.ts'

/** What the server says about the customers; a cell is from, is it a point, customers, orders, revenue. */
export interface ThresholdsData {
  readonly style: NumberFormat
  readonly scale: LogScale
  readonly lowMinor: number
  readonly highMinor: number
  readonly ranges: Readonly<Record<Band, string>>
  readonly valueTexts: Readonly<Record<'low' | 'high', string>>
  readonly remarks: Readonly<Record<Remark['kind'], string>>
  readonly present: PresentBands
  readonly cells: readonly (readonly [number, number, number, number, number])[]
}
