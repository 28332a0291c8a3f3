import { type FieldScan, scanFields } from './csv-fields.ts'
import { type Line, MAX_LINE_BYTES } from './line-splitter.ts'

/** One CSV record. With `flaw`, `fields` are the leading ones that could be made out. */
export interface CsvRecord {
  /** Where it begins: 1-based physical line. */
  readonly line: number
  readonly fields: readonly string[]
  /** Why it cannot be used, for a person. */
  readonly flaw?: string
}

/** Assembles lines into records; holds at most one record of `MAX_LINE_BYTES` characters. */
export interface CsvRecords {
  push(lines: readonly Line[]): CsvRecord[]
  end(): CsvRecord[]
}

const NOT_UTF8 = 'expected UTF-8 text: save or convert the file as UTF-8'
const TOO_LONG = `expected a line of at most ${MAX_LINE_BYTES / 1_048_576} MB`
const UNCLOSED = 'a quote is opened in this line and never closed'
const AFTER_QUOTE = 'expected a delimiter after a closing quote: quotes inside a quoted value are written twice'

/**
 * A quoted value may span lines. When its quote turns out never to be closed, only the line that opened it is flawed:
 * the lines after it are read again, each on its own, so that one stray quote costs one row and not the rest of the file.
 */
export function createCsvRecords(delimiter: string): CsvRecords {
  let pending: Line[] = []
  let pendingLength = 0
  let open: FieldScan | undefined
  let records: CsvRecord[] = []

  const giveUp = (flaw: string): void => {
    const [first, ...again] = pending
    if (first === undefined) return
    // Scanned anew: the fields of the attempt may have gone on into the next line.
    records.push({ line: first.number, fields: scanFields(first.text, delimiter).fields, flaw })
    reset()
    for (const line of again) feed(line)
  }

  const reset = (): void => {
    pending = []
    pendingLength = 0
    open = undefined
  }

  const feed = (line: Line): void => {
    if (line.flaw === 'too-long') {
      while (pending.length > 0) giveUp(UNCLOSED)
      records.push({ line: line.number, fields: scanFields(line.text, delimiter).fields.slice(0, -1), flaw: TOO_LONG })
      return
    }
    const scan = scanFields(line.text, delimiter, open)
    if (scan.outcome === 'complete') {
      const flawed = line.flaw !== undefined || pending.some((one) => one.flaw !== undefined)
      const at = pending[0]?.number ?? line.number
      records.push(flawed ? { line: at, fields: scan.fields, flaw: NOT_UTF8 } : { line: at, fields: scan.fields })
      if (open !== undefined) reset()
      return
    }
    pending.push(line)
    pendingLength += line.text.length
    open = scan
    if (scan.outcome === 'malformed') giveUp(pending.length > 1 ? UNCLOSED : AFTER_QUOTE)
    else if (pendingLength > MAX_LINE_BYTES) giveUp(UNCLOSED)
  }

  const taken = (): CsvRecord[] => {
    const done = records
    records = []
    return done
  }

  return {
    push: (lines) => {
      for (const line of lines) feed(line)
      return taken()
    },
    end: () => {
      while (pending.length > 0) giveUp(UNCLOSED)
      return taken()
    },
  }
}
