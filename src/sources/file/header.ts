import { RecordError } from '../../core/errors.ts'
import { scanFields } from './csv-fields.ts'

/** The delimiters that are looked for, the likeliest first. */
const DELIMITERS = [',', ';', '\t', '|'] as const

/** How a delimiter is called in messages. */
function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'a tab' : `"${delimiter}"`
}

/** The delimiter by which a header line names most of the wanted columns; where that ties, gives most columns. */
export function sniffDelimiter(headerLine: string, wanted: readonly string[]): string {
  const scores = DELIMITERS.map((delimiter) => {
    const names = toNames(scanFields(headerLine, delimiter).fields)
    return { delimiter, score: wanted.filter((name) => names.includes(name)).length * 10_000 + names.length }
  })
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

/**
 * Where the wanted columns are in a record.
 * @throws RecordError naming those that are missing, those there are, and the delimiter that would have found them.
 */
export function findColumns(
  header: readonly string[],
  wanted: readonly string[],
  file: { readonly name: string; readonly headerLine: string; readonly delimiter: string },
): number[] {
  const names = toNames(header)
  const missing = wanted.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const likely = sniffDelimiter(file.headerLine, wanted)
    const hint =
      likely === file.delimiter
        ? 'Correct the names under `columns`; the first line of the file must name its columns.'
        : `The columns seem to be separated by ${delimiterName(likely)}, not ${delimiterName(file.delimiter)}: set \`delimiter\`, or leave it out.`
    throw new RecordError(
      `${file.name} has no column${missing.length === 1 ? '' : 's'} ${missing.map(quote).join(', ')}. ${nearMisses(missing, names)}${hint} Found: ${describe(names)}`,
    )
  }
  const twice = wanted.filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice.length > 0) {
    throw new RecordError(`${file.name} has more than one column ${twice.map(quote).join(', ')}: rename one of them`)
  }
  return wanted.map((name) => names.indexOf(name))
}

function toNames(fields: readonly string[]): string[] {
  return fields.map((field) => field.trim())
}

function quote(name: string): string {
  return `"${name}"`
}

const SHOWN_NAMES = 200
const SHOWN_LENGTH = 60

/** Where the header line is missing, a customer's data stand in its place: then no name is shown. */
function describe(names: readonly string[]): string {
  if (names.some((name) => name.includes('@') || /^[\d.,:+-][\d\s.,:+-]*$/.test(name))) {
    return `${names.length} column${names.length === 1 ? '' : 's'}, but the first line looks like data`
  }
  const shown = names.slice(0, SHOWN_NAMES).map((name) => quote(name.slice(0, SHOWN_LENGTH)))
  return names.length > SHOWN_NAMES ? `${shown.join(', ')} and ${names.length - SHOWN_NAMES} more` : shown.join(', ')
}

function nearMisses(missing: readonly string[], names: readonly string[]): string {
  const pairs = missing.flatMap((name) => {
    const near = names.find((one) => plain(one) === plain(name))
    return near === undefined ? [] : [`${quote(near)} for ${quote(name)}`]
  })
  return pairs.length > 0 ? `Did you mean ${pairs.join(', ')}? ` : ''
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}
