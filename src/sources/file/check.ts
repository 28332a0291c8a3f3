import type { Readable } from 'node:stream'
import { RecordError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import type { RejectedRecord } from '../../core/order.ts'
import { fileNameOf, isStream, openInput } from './client.ts'
import { createColumnSet } from './column.ts'
import { createRowMapper, type RowMapper } from './map.ts'
import { createLineRows, createOrderRows, type Outcome } from './row-outcomes.ts'
import { type Row, readRows } from './rows.ts'
import { type FileSourceConfig, formatOf } from './schema.ts'

const LOOKED_AT = 100
const SHOWN_REASONS = 3

/** Opens the file and maps its first 100 rows; standard input and pipes are left alone, since they can be read once. */
export async function checkFile(
  name: string,
  config: FileSourceConfig,
  stdin: Readable,
  signal: AbortSignal,
): Promise<Finding[]> {
  const subject = `source ${name}`
  if (await isStream(config.path)) return [pipeFinding(subject)]
  try {
    const input = await openInput(config.path, stdin)
    try {
      const columns = createColumnSet()
      const mapper = createRowMapper(config, columns)
      const format = formatOf(config) ?? 'csv'
      const layout = { fileName: input.fileName, format, delimiter: config.delimiter, columns: columns.names }
      const rows = await firstRows(readRows(input.read(signal).chunks, layout, async () => true))
      return [...describeRows(subject, config, mapper, rows), ...describeColumns(subject, columns.names, rows, format)]
    } finally {
      await input.close()
    }
  } catch (thrown) {
    if (!(thrown instanceof RecordError)) throw thrown
    return [
      {
        level: 'problem',
        subject,
        message: thrown.message,
        action: 'Correct the file or its part of the configuration.',
      },
    ]
  }
}

function pipeFinding(subject: string): Finding {
  return { level: 'note', subject, message: 'a pipe can be read only once, so it is not looked at beforehand' }
}

async function firstRows(batches: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of batches) {
    rows.push(...batch.slice(0, LOOKED_AT - rows.length))
    if (rows.length >= LOOKED_AT) break
  }
  return rows
}

function describeRows(subject: string, config: FileSourceConfig, mapper: RowMapper, rows: readonly Row[]): Finding[] {
  const fileName = fileNameOf(config.path)
  if (rows.length === 0) {
    const action = 'Export it again; an empty file changes nothing.'
    return [{ level: 'warning', subject, message: `${fileName} has no rows`, action }]
  }
  const reader =
    config.rows === 'orders'
      ? createOrderRows(mapper, fileName, config.columns.updatedAt !== undefined)
      : createLineRows(mapper, fileName)
  const outcomes = [...rows.flatMap((row) => [...reader.read(row)]), ...reader.end()]
  const orders = outcomes.flatMap((outcome) => (outcome.kind === 'order' ? [outcome.order] : []))
  const anonymous = orders.filter((order) => order.customer?.email === undefined).length
  const count = (kind: Outcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length
  const counts =
    `its first ${rows.length} rows give ${orders.length} orders (${anonymous} without an e-mail address), ` +
    `${count('refund')} refunds, ${count('skipped')} skipped rows, ${count('rejected')} dead letters`
  const currencies = [...new Set(orders.map((order) => order.currency))].join(', ')
  const settings = `currency ${currencies === '' ? '–' : currencies}; instants without an offset are in ${config.timezone}`
  const level = orders.length > 0 ? 'ok' : 'warning'
  const action = 'Look at `columns`, `skip` and `cancellations`: no order came of these rows.'
  const finding: Finding = { level, subject, message: `${fileName} is readable; ${counts}; ${settings}` }
  return [
    level === 'ok' ? finding : { ...finding, action },
    ...describeRejected(
      subject,
      outcomes.flatMap((outcome) => (outcome.kind === 'rejected' ? [outcome.rejected] : [])),
    ),
    ...describeFuture(subject, orders.filter((order) => order.placedAt.getTime() > Date.now()).length),
  ]
}

function describeRejected(subject: string, rejected: readonly RejectedRecord[]): Finding[] {
  if (rejected.length === 0) return []
  const byReason = Map.groupBy(rejected, (one) =>
    one.field === undefined ? one.reason : `${one.field}: ${one.reason}`,
  )
  const reasons = [...byReason]
    .slice(0, SHOWN_REASONS)
    .map(([reason, all]) => `${all.length} × ${reason} (${all[0]?.place})`)
  const message = `rows that would become dead letters: ${reasons.join(' · ')}`
  return [
    { level: 'warning', subject, message, action: 'Correct these rows, or the columns named in the configuration.' },
  ]
}

function describeFuture(subject: string, count: number): Finding[] {
  if (count === 0) return []
  const action = 'Look at `timezone` and at how the file writes dates.'
  return [{ level: 'warning', subject, message: `${count} of these orders are placed in the future`, action }]
}

/** A CSV without a column is refused as a whole; JSON Lines may leave a key out, so a misspelt one is only noticed here. */
function describeColumns(subject: string, names: readonly string[], rows: readonly Row[], format: string): Finding[] {
  const readable = rows.filter((row) => row.problem === undefined)
  if (format !== 'jsonl' || readable.length === 0) return []
  const unseen = names.filter((_, at) => readable.every((row) => row.cells[at] === ''))
  if (unseen.length === 0) return []
  const message = `none of the first ${rows.length} rows has ${unseen.map((name) => `"${name}"`).join(', ')}`
  return [{ level: 'warning', subject, message, action: 'Look for a misspelling under `columns`.' }]
}
