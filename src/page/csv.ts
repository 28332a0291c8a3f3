/** A line of a CSV file. Numbers are written with a point, whatever the language. */
export type CsvLine = readonly (string | number | boolean | null)[]

/** RFC 4180 with a heading line. Nothing in it is taken for a formula by a spreadsheet. */
export function toCsv(heading: readonly string[], lines: readonly CsvLine[]): string {
  return [heading, ...lines].map(toCsvRecord).join('')
}

/** One record of such a file, its line end included: quotes only where needed, doubled inside; null is empty. */
export function toCsvRecord(line: CsvLine): string {
  return `${line.map(toField).join(',')}\r\n`
}

function toField(value: CsvLine[number]): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  // A spreadsheet calculates what begins so; the apostrophe says that it is text.
  const text = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
