import { RecordError } from '../../core/errors.ts'
import { type CsvRecord, type CsvRecords, createCsvRecords } from './csv-records.ts'
import { findColumns, sniffDelimiter } from './header.ts'
import { createJsonCellReader } from './json-cells.ts'
import { createLineSplitter, type Line } from './line-splitter.ts'
import type { RowProblem } from './map.ts'
import type { FileFormat } from './schema.ts'

/** One row of the file, whatever its format. */
export interface Row {
  /** 1-based line of the uncompressed text where the row begins. */
  readonly line: number
  /** The wanted columns, in their order; with a problem, those that could be made out, the others ''. */
  readonly cells: readonly string[]
  readonly problem?: RowProblem
}

/** How to read a file's text. */
export interface RowLayout {
  /** For messages and places. */
  readonly fileName: string
  readonly format: FileFormat
  /** Undefined: found out from the header line. */
  readonly delimiter: string | undefined
  readonly columns: readonly string[]
}

interface RowAssembler {
  push(lines: readonly Line[]): Row[]
  end(): Row[]
}

/**
 * Bytes of a file → its rows, in arrays as they come; blank lines are no rows. Holds one chunk and one row.
 * `isWhole` is asked at the end: where somebody is still writing, a last line without its line feed may be half a line,
 * and half an amount is an amount; it is left for the next time.
 * @throws RecordError before any row when the header line lacks a column or cannot be read.
 */
export async function* readRows(
  chunks: AsyncIterable<Buffer>,
  layout: RowLayout,
  isWhole: () => Promise<boolean>,
): AsyncGenerator<Row[]> {
  const splitter = createLineSplitter()
  const assembler = layout.format === 'jsonl' ? createJsonRows(layout) : createCsvRows(layout)
  for await (const chunk of chunks) {
    const rows = assembler.push(splitter.push(chunk))
    if (rows.length > 0) yield rows
  }
  const unended = splitter.end()
  if (unended.length > 0 && !(await isWhole())) return
  const rows = [...assembler.push(unended), ...assembler.end()]
  if (rows.length > 0) yield rows
}

const NOT_UTF8: RowProblem = { reason: 'expected UTF-8 text: save or convert the file as UTF-8' }
const TOO_LONG: RowProblem = { reason: 'expected a line of at most 1 MB' }

function createJsonRows(layout: RowLayout): RowAssembler {
  const readCells = createJsonCellReader(layout.columns)
  const nothing = layout.columns.map(() => '')

  const toRow = (line: Line): Row => {
    if (line.flaw !== undefined) {
      return { line: line.number, cells: nothing, problem: line.flaw === 'too-long' ? TOO_LONG : NOT_UTF8 }
    }
    try {
      return { line: line.number, cells: readCells(line.text) }
    } catch (thrown) {
      if (!(thrown instanceof RecordError)) throw thrown
      const field = thrown.context['column']
      const problem = { reason: thrown.message, ...(typeof field === 'string' && { field }) }
      return { line: line.number, cells: nothing, problem }
    }
  }

  return {
    push: (lines) => {
      const rows: Row[] = []
      for (const line of lines) if (line.text.trim() !== '') rows.push(toRow(line))
      return rows
    },
    end: () => [],
  }
}

function createCsvRows(layout: RowLayout): RowAssembler {
  let records: CsvRecords | null = null
  let headerLine = ''
  let delimiter = layout.delimiter ?? (layout.format === 'tsv' ? '\t' : '')
  let positions: number[] | null = null
  let width = 0

  const readHeader = (record: CsvRecord): void => {
    if (record.flaw !== undefined) {
      throw new RecordError(`${layout.fileName}: the header line cannot be read: ${record.flaw}`)
    }
    if (headerLine.slice(0, -1).includes('\r')) {
      throw new RecordError(`${layout.fileName}: its lines end with a lone carriage return: save it with line feeds`)
    }
    positions = findColumns(record.fields, layout.columns, { name: layout.fileName, headerLine, delimiter })
    width = record.fields.length
  }

  const toRows = (found: readonly CsvRecord[]): Row[] => {
    const rows: Row[] = []
    for (const record of found) {
      if (record.flaw === undefined && record.fields.every((field) => field === '' || field.trim() === '')) continue
      if (positions === null) readHeader(record)
      else rows.push(toRow(record, positions, width))
    }
    return rows
  }

  return {
    push: (lines) => {
      if (records === null) {
        const first = lines.find((line) => line.text.trim() !== '')
        if (first === undefined) return []
        headerLine = first.text
        if (delimiter === '') delimiter = sniffDelimiter(headerLine, layout.columns)
        records = createCsvRecords(delimiter)
      }
      return toRows(records.push(lines))
    },
    end: () => (records === null ? [] : toRows(records.end())),
  }
}

function toRow(record: CsvRecord, positions: readonly number[], width: number): Row {
  const cells = positions.map((position) => record.fields[position]?.trim() ?? '')
  const { line } = record
  if (record.flaw !== undefined) return { line, cells, problem: { reason: record.flaw } }
  const count = record.fields.length
  // Spreadsheets end rows with empty columns that the header does not have; those shift nothing.
  const fits = count === width || (count > width && record.fields.slice(width).every((field) => field.trim() === ''))
  if (fits) return { line, cells }
  return {
    line,
    cells,
    problem: {
      reason: `expected ${width === 1 ? 'one column' : `${width} columns`} as in the header line, found ${count}`,
    },
  }
}
