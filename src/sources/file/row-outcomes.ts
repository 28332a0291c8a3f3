import { RecordError } from '../../core/errors.ts'
import type { CustomerRefund, RejectedRecord, SourceOrder } from '../../core/orders/order.ts'
import { createIdMemory } from './id-memory.ts'
import { createLineGroups, HELD_BACK, type LineGroup, type LineGroups } from './line-groups.ts'
import type { RowMapper, RowProblem, RowValues } from './map.ts'
import type { Row } from './rows.ts'
import { toCustomerRefund, toSourceOrder } from './to-order.ts'

/** One thing that came of the rows read until now. */
export type Outcome =
  | { readonly kind: 'order'; readonly order: SourceOrder }
  | { readonly kind: 'refund'; readonly refund: CustomerRefund }
  | { readonly kind: 'rejected'; readonly rejected: RejectedRecord }
  | { readonly kind: 'skipped' }

/** Rows in, outcomes out; `end` gives what was waiting for more lines. */
export interface RowReader {
  read(row: Row): Iterable<Outcome>
  end(): Iterable<Outcome>
}

const SKIPPED: readonly Outcome[] = [{ kind: 'skipped' }]
const NONE: readonly Outcome[] = []
const NO_ADDRESS =
  'expected an e-mail address; the order is kept, and counts as anonymous unless something else names its customer'
const TWICE =
  'expected each order once: several rows of one order need `rows: lines`, several versions of it `columns.updatedAt`'

/** `rows: orders`. With `newestWins` (there is a column `updatedAt`) an order may come several times. */
export function createOrderRows(mapper: RowMapper, fileName: string, newestWins: boolean): RowReader {
  const seen = createIdMemory()

  const toOutcomes = (row: Row, values: RowValues): Outcome[] => {
    if (!newestWins) {
      if (seen.has(values.id)) return [refuse(fileName, row.line, { reason: TWICE })]
      seen.add(values.id)
    }
    const outcome = convert(values, mapper, `${fileName}:${row.line}`)
    if (!values.emailRefused || outcome.kind === 'rejected') return [outcome]
    return [outcome, refuse(fileName, row.line, { field: mapper.emailLabel, reason: NO_ADDRESS })]
  }

  return {
    read: (row) => {
      if (row.problem !== undefined) return [refuse(fileName, row.line, row.problem)]
      const reading = mapper.read(row.cells)
      if (reading.kind === 'skipped') return SKIPPED
      if (reading.kind === 'problem') return [refuse(fileName, row.line, reading.problem)]
      return toOutcomes(row, reading.values)
    },
    end: () => NONE,
  }
}

/** `rows: lines`: orders come when no more lines of them are expected. */
export function createLineRows(
  mapper: RowMapper,
  fileName: string,
  groups: LineGroups = createLineGroups(),
): RowReader {
  const refuseLine = (row: Row, problem: RowProblem): Outcome => {
    const id = mapper.idOf(row.cells)
    if (id === '') return refuse(fileName, row.line, { ...problem, reason: `${problem.reason}${ORDER_UNKNOWN}` })
    groups.spoil(id)
    return refuse(fileName, row.line, { ...problem, reason: `${problem.reason}${HELD_BACK}` })
  }

  const finish = function* (finished: Iterable<LineGroup>): Generator<Outcome> {
    for (const group of finished) yield* toGroupOutcomes(group, mapper, fileName)
  }

  return {
    read: function* (row) {
      if (row.problem !== undefined) {
        yield refuseLine(row, row.problem)
      } else {
        const reading = mapper.read(row.cells)
        if (reading.kind === 'skipped') yield* SKIPPED
        else if (reading.kind === 'problem') yield refuseLine(row, reading.problem)
        else {
          const problem = groups.add(row.line, reading.values)
          if (problem !== null) yield refuse(fileName, row.line, problem)
        }
      }
      yield* finish(groups.overflow())
    },
    end: () => finish(groups.end()),
  }
}

const ORDER_UNKNOWN = '; which order it belongs to is unknown, and that order may come out short'

function* toGroupOutcomes(group: LineGroup, mapper: RowMapper, fileName: string): Generator<Outcome> {
  const { values, badLines, refusedEmailLine } = group
  // Without a readable line every line of it has been refused by itself.
  if (values === null) return
  const place = `${fileName}:${group.firstLine} order ${values.id}`
  if (badLines > 0) {
    const reason = `held back: ${badLines} of its ${group.lines + badLines} lines cannot be used, each listed by itself`
    yield { kind: 'rejected', rejected: { place, reason } }
    return
  }
  const outcome = convert(values, mapper, place)
  yield outcome
  if (refusedEmailLine !== null && outcome.kind !== 'rejected') {
    yield refuse(fileName, refusedEmailLine, { field: mapper.emailLabel, reason: NO_ADDRESS })
  }
}

function convert(values: RowValues, mapper: RowMapper, place: string): Outcome {
  try {
    return values.cancellation
      ? { kind: 'refund', refund: toCustomerRefund(values) }
      : { kind: 'order', order: toSourceOrder(values, mapper.components) }
  } catch (thrown) {
    if (!(thrown instanceof RecordError)) throw thrown
    return { kind: 'rejected', rejected: { place, reason: thrown.message } }
  }
}

function refuse(fileName: string, line: number, problem: RowProblem): Outcome {
  return { kind: 'rejected', rejected: { place: `${fileName}:${line}`, ...problem } }
}
