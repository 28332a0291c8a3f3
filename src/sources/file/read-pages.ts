import type { Readable } from 'node:stream'
import { RecordError, throwIfAborted } from '../../core/errors.ts'
import type { Cursor, OrderPage } from '../../core/orders/page.ts'
import { type ByteReading, type FileInput, openInput } from './client.ts'
import { createColumnSet } from './column.ts'
import { type FileCursor, fingerprintOf, planReading } from './cursor.ts'
import { createRowMapper } from './map.ts'
import { createPageBuilder } from './page-builder.ts'
import { createLineRows, createOrderRows } from './row-outcomes.ts'
import { readRows } from './rows.ts'
import { type FileSourceConfig, formatOf } from './schema.ts'

/** Orders, refunds and dead letters of one page together. */
const PAGE_SIZE = 4000

/** After so many rows there is a page even if nothing came of them, so that progress shows. */
const MAX_ROWS_PER_PAGE = 100_000

/**
 * Pages of a file, from a saved cursor. Nothing for a file that has not changed; one empty page for one that was only
 * touched; everything for one that has changed, since the ledger finds out which orders differ. The file is closed
 * whenever the iteration ends.
 */
export async function* readPages(
  config: FileSourceConfig,
  stdin: Readable,
  from: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<OrderPage> {
  throwIfAborted(signal, `reading ${config.path}`)
  const input = await openInput(config.path, stdin)
  try {
    const plan = planReading(from, input.file?.state ?? null, fingerprintOf(config))
    if (plan.kind === 'unchanged') return
    if (plan.kind === 'compare' && (await input.file?.digest(signal)) === plan.sha256) {
      yield createPageBuilder(false).take({ cursor: toCursor(input, config, 0, plan.sha256) })
      return
    }
    yield* readInput(config, input, plan.kind === 'read' ? plan.skipRows : 0, signal)
  } finally {
    await input.close()
  }
}

async function* readInput(
  config: FileSourceConfig,
  input: FileInput,
  skipRows: number,
  signal: AbortSignal,
): AsyncGenerator<OrderPage> {
  const format = formatOf(config)
  if (format === null) throw new RecordError(`cannot tell the format of ${input.fileName}: set \`format\``)
  const { fileName } = input
  const columns = createColumnSet()
  const mapper = createRowMapper(config, columns)
  const byOrder = config.rows === 'orders'
  const mayRepeat = byOrder && config.columns.updatedAt !== undefined
  const reader = byOrder ? createOrderRows(mapper, fileName, mayRepeat) : createLineRows(mapper, fileName)
  const page = createPageBuilder(mayRepeat)
  const reading = input.read(signal)
  const layout = { fileName, format, delimiter: config.delimiter, columns: columns.names }
  const isWhole = async (): Promise<boolean> => !(await input.file?.hasGrown())
  let rowsDone = 0
  let rowsInPage = 0
  let opening = openingOf(input, skipRows)

  const take = (frame: { cursor: Cursor; completesReread?: true }): OrderPage => {
    const taken = page.take({ ...frame, ...opening, progress: progressOf(input, reading) })
    rowsInPage = 0
    opening = {}
    return taken
  }
  const takePage = (): OrderPage => {
    throwIfAborted(signal, `reading ${fileName}`)
    return take({ cursor: toCursor(input, config, byOrder ? rowsDone : 0) })
  }

  for await (const rows of readRows(reading.chunks, layout, isWhole)) {
    for (const row of rows) {
      rowsDone++
      rowsInPage++
      for (const outcome of reader.read(row)) {
        // Orders of these rows are saved; their dead letters come again, so that a completed reading has named them all.
        if (rowsDone <= skipRows && outcome.kind !== 'rejected') continue
        page.add(outcome)
      }
      if (page.size() >= PAGE_SIZE || rowsInPage >= MAX_ROWS_PER_PAGE) yield takePage()
    }
  }
  for (const outcome of reader.end()) {
    page.add(outcome)
    if (page.size() >= PAGE_SIZE) yield takePage()
  }
  if (rowsDone === 0) {
    const reason = 'the file is empty: expected at least one row'
    page.add({ kind: 'rejected', rejected: { place: fileName, reason } })
  }
  yield take({
    cursor: toCursor(input, config, rowsDone, reading.digest()),
    // What comes through a pipe may be another part each time: it says nothing about dead letters of former parts.
    ...(input.file !== null && { completesReread: true }),
  })
}

/** What the first page tells. What comes through a pipe is another part each time: it repeats nothing. */
function openingOf(input: FileInput, skipRows: number): Pick<OrderPage, 'startsOver' | 'repeatsRejected'> {
  if (input.file === null) return {}
  return skipRows === 0 ? { startsOver: true } : { repeatsRejected: true }
}

function progressOf(input: FileInput, reading: ByteReading): NonNullable<OrderPage['progress']> {
  const done = reading.doneBytes()
  return input.file === null ? { done, unit: 'bytes' } : { done, total: input.file.state.size, unit: 'bytes' }
}

/** With a digest: read to its end. The file's state is that at opening, so that a change meanwhile is seen next time. */
function toCursor(input: FileInput, config: FileSourceConfig, rowsDone: number, sha256?: string): Cursor {
  if (input.file === null) return { v: 1 }
  const cursor: FileCursor = {
    v: 1,
    ...input.file.state,
    config: fingerprintOf(config),
    rowsDone,
    complete: sha256 !== undefined,
    ...(sha256 !== undefined && { sha256 }),
  }
  return cursor
}
