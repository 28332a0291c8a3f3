/** One number of a benchmark, beside what it should reach. */
export interface Measure {
  readonly benchmark: string
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Null: shown for its own sake. */
  readonly reach: { readonly atMost: number } | { readonly atLeast: number } | null
}

/** Whether a measure is where it should be; null when nothing is asked of it. */
export function isReached({ value, reach }: Measure): boolean | null {
  if (reach === null) return null
  return 'atMost' in reach ? value <= reach.atMost : value >= reach.atLeast
}

/** The measures as a table for people; numbers to three digits. */
export function renderMeasures(measures: readonly Measure[]): string {
  const cells = measures.map((measure) => [
    measure.benchmark,
    measure.name,
    `${toText(measure.value)} ${measure.unit}`.trimEnd(),
    reachText(measure),
    { true: 'yes', false: 'NO', null: '' }[String(isReached(measure))] ?? '',
  ])
  const rows = [['benchmark', 'measure', 'value', 'reach', 'reached'], ...cells]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0, column === 2))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function reachText({ reach, unit }: Measure): string {
  if (reach === null) return ''
  const text = 'atMost' in reach ? `≤ ${reach.atMost}` : `≥ ${reach.atLeast}`
  return `${text} ${unit}`.trimEnd()
}

function toText(value: number): string {
  const digits = Math.abs(value) < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }
  return value.toLocaleString('en-GB', digits)
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width)
}
