import type { Readable } from 'node:stream'
import { ConfigError, RecordError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import type { RejectedRecord } from '../../core/orders/order.ts'
import { fileNameOf, isStream, openInput } from './client.ts'
import { createColumnSet } from './column.ts'
import { createRowMapper, type RowMapper } from './map.ts'
import { createLineRows, createOrderRows, type Outcome } from './row-outcomes.ts'
import { type Row, readRows } from './rows.ts'
import { type FileSourceConfig, formatOf } from './schema.ts'

const LOOKED_AT = 100
const SHOWN_REASONS = 5

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
    if (!(thrown instanceof RecordError || thrown instanceof ConfigError)) throw thrown
    // Its message says what to do.
    return [{ level: 'problem', subject, message: thrown.message, code: thrown.code }]
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
  const refunded = orders.filter((order) => order.refunds.length > 0).length
  const refunds =
    refunded === 0
      ? counted(count('refund'), 'refund')
      : [
          `${counted(refunded, 'order')} with a refund`,
          ...(count('refund') > 0 ? [counted(count('refund'), 'lone refund')] : []),
        ].join(', ')
  const rejected = outcomes.flatMap((outcome) => (outcome.kind === 'rejected' ? [outcome.rejected] : []))
  if (rejected.length > 0 && rejected.length === outcomes.length) return describeUnreadable(subject, fileName, rejected)
  const counts =
    `its ${rows.length === 1 ? 'first row gives' : `first ${rows.length} rows give`} ` +
    `${counted(orders.length, 'order')} (${anonymous} without an e-mail address), ${refunds}, ` +
    `${counted(count('skipped'), 'skipped row')}, ${counted(rejected.length, 'dead letter')}`
  const currencies = [...new Set(orders.map((order) => order.currency))]
  const settings = `currency ${currencies.join(', ') || '–'}; instants without an offset are in ${config.timezone}`
  const message = `${fileName} is readable; ${counts}; ${settings}`
  return [
    orders.length > 0
      ? { level: 'ok', subject, message, currencies }
      : { level: 'warning', subject, message, action: adviceOn(count('skipped'), count('refund')) },
    ...describeRejected(subject, rejected),
    ...describeFuture(subject, orders.filter((order) => order.placedAt.getTime() > Date.now()).length),
  ]
}

/** What kept these rows from becoming orders. */
function adviceOn(skipped: number, refunds: number): string {
  const settings = [...(skipped > 0 ? ['`skip`'] : []), ...(refunds > 0 ? ['`cancellations`'] : [])]
  return `Look at ${settings.join(' and ') || '`columns`'}: no order came of these rows.`
}

function describeUnreadable(subject: string, fileName: string, rejected: readonly RejectedRecord[]): Finding[] {
  const message = `nothing can be read of the first rows of ${fileName}: ${reasonsOf(rejected)}`
  const action = 'Correct the settings of the source (`columns`, `timezone`, `currency` and others), or the file.'
  return [{ level: 'problem', subject, message, action }]
}

function describeRejected(subject: string, rejected: readonly RejectedRecord[]): Finding[] {
  if (rejected.length === 0) return []
  const message = `rows that would become dead letters: ${reasonsOf(rejected)}`
  return [
    { level: 'warning', subject, message, action: 'Correct these rows, or the columns named in the configuration.' },
  ]
}

/** `3 × Total: expected an amount (orders.csv:2)`, the commonest first; says how many kinds are left out. */
function reasonsOf(rejected: readonly RejectedRecord[]): string {
  const byReason = Map.groupBy(rejected, (one) =>
    one.field === undefined ? one.reason : `${one.field}: ${one.reason}`,
  )
  const reasons = [...byReason]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, all]) => `${all.length} × ${reason} (${all[0]?.place})`)
  const more = reasons.length - SHOWN_REASONS
  const shown = reasons.slice(0, SHOWN_REASONS).join(' · ')
  return more > 0 ? `${shown} · and ${counted(more, 'other reason')}` : shown
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function describeFuture(subject: string, count: number): Finding[] {
  if (count === 0) return []
  const action = 'Look at `timezone` and at how the file writes dates.'
  const message = `${count} of these orders ${count === 1 ? 'is' : 'are'} placed in the future`
  return [{ level: 'warning', subject, message, action }]
}

/** A CSV without a column is refused as a whole; JSON Lines may leave a key out, so a misspelt one is only noticed here. */
function describeColumns(subject: string, names: readonly string[], rows: readonly Row[], format: string): Finding[] {
  const readable = rows.filter((row) => row.problem === undefined)
  if (format !== 'jsonl' || readable.length === 0) return []
  const unseen = names.filter((_, at) => readable.every((row) => row.cells[at] === ''))
  if (unseen.length === 0) return []
  const message = `none of its first rows has ${unseen.map((name) => `"${name}"`).join(', ')}`
  return [{ level: 'warning', subject, message, action: 'Look for a misspelling under `columns`.' }]
}
