import { normalizeEmail } from '../../core/customers/email.ts'
import { type Amount, addAmounts } from './amount.ts'
import { createIdMemory, type IdMemory } from './id-memory.ts'
import type { RowProblem, RowValues } from './map.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** An order made of lines, none of which will follow. */
export interface LineGroup {
  /** The sum of its readable lines; null when none of them was readable. */
  readonly values: RowValues | null
  /** 1-based, of its first readable line; 0 when there is none. */
  readonly firstLine: number
  /** Readable ones. */
  readonly lines: number
  /** Lines that could not be used: with any, the order is held back. */
  readonly badLines: number
  /** The first line with an e-mail address that is none, when no other line had a good one; else null. */
  readonly refusedEmailLine: number | null
}

/** Adds up lines by order. Groups come back, oldest touched first, when too many are open and at the end. */
export interface LineGroups {
  /** Null: taken. A problem: the line is refused, and its order with it. */
  add(line: number, values: RowValues): RowProblem | null
  /** A line of this order cannot be read: its order is held back. */
  spoil(id: string): void
  /** Groups to be given out before the next line. */
  overflow(): Iterable<LineGroup>
  end(): Iterable<LineGroup>
}

/** Orders that may have more lines coming, at one time. */
const MAX_OPEN_ORDERS = 100_000

/** Part of them that stays open when the oldest touched are closed. */
const STAY_OPEN = 0.95

const NOTHING: readonly LineGroup[] = []

/** Ends the reason of a line whose order will not be given out. */
export const HELD_BACK = '; its order is held back until all its lines can be read'

interface OpenGroup {
  values: Mutable<RowValues> | null
  firstLine: number
  lines: number
  badLines: number
  refusedEmailLine: number | null
}

/** `maxOpen` and `closed` are for tests: a small file then shows what a huge one does. */
export function createLineGroups(maxOpen = MAX_OPEN_ORDERS, closed: IdMemory = createIdMemory()): LineGroups {
  const groups = new Map<string, OpenGroup>()
  let latestId = ''
  let latest: OpenGroup | null = null

  const touch = (id: string): OpenGroup => {
    if (latest !== null && id === latestId) return latest
    const known = groups.get(id)
    const group = known ?? { values: null, firstLine: 0, lines: 0, badLines: 0, refusedEmailLine: null }
    // A short-lived slice would keep the whole block of text it was cut from alive.
    const key = known === undefined ? detach(id) : id
    if (known !== undefined) groups.delete(id)
    groups.set(key, group)
    latestId = key
    latest = group
    return group
  }

  // Many at once: a Map that loses its first entries one by one is walked over their gaps each time.
  const closeOldest = function* (): Generator<LineGroup> {
    const stayOpen = Math.floor(maxOpen * STAY_OPEN)
    for (const [id, group] of groups) {
      if (groups.size <= stayOpen) return
      groups.delete(id)
      closed.add(id)
      if (group === latest) latest = null
      yield finish(group)
    }
  }

  return {
    add: (line, values) => {
      if (closed.has(values.id) && !groups.has(values.id)) return LATE
      const group = touch(values.id)
      if (values.emailRefused) group.refusedEmailLine ??= line
      if (group.values === null) {
        group.values = detachValues(values)
        group.firstLine = line
        group.lines = 1
        return null
      }
      const disagreement = disagreementOf(group.values, values)
      if (disagreement !== null) {
        group.badLines++
        const reason = `${disagreement.reason} line ${group.firstLine} of the same order${HELD_BACK}`
        return { ...disagreement, reason }
      }
      merge(group.values, values)
      group.lines++
      return null
    },
    spoil: (id) => {
      if (closed.has(id) && !groups.has(id)) return
      touch(id).badLines++
    },
    overflow: () => (groups.size > maxOpen ? closeOldest() : NOTHING),
    end: function* () {
      for (const group of groups.values()) yield finish(group)
      groups.clear()
      latest = null
    },
  }
}

const LATE: RowProblem = {
  reason:
    'its order was closed long before this line, after as many other orders as can be kept open: ' +
    'sort the file by order; until then this line is missing from the order’s total',
}

function finish(group: OpenGroup): LineGroup {
  const named = group.values !== null && group.values.email !== ''
  return { ...group, refusedEmailLine: named ? null : group.refusedEmailLine }
}

/** What lines of one order must say alike, where they say it. */
function disagreementOf(known: RowValues, line: RowValues): RowProblem | null {
  const says = 'expected the same'
  if (line.cancellation !== known.cancellation) return { reason: `${says} kind (order or cancellation) as` }
  if (line.currency !== known.currency) return { reason: `${says} currency as` }
  if (differ(known.email, line.email) && normalizeEmail(known.email) !== normalizeEmail(line.email)) {
    return { reason: `${says} e-mail address as` }
  }
  if (differ(known.customerId, line.customerId)) return { reason: `${says} customer as` }
  if (known.state !== null && line.state !== null && known.state !== line.state) return { reason: `${says} state as` }
  if (known.test !== null && line.test !== null && known.test !== line.test) {
    return { reason: `${says} mark for a test order as` }
  }
  return null
}

function differ(known: string, said: string): boolean {
  return said !== known && said !== '' && known !== ''
}

function merge(sum: Mutable<RowValues>, line: RowValues): void {
  sum.total = addAmounts(sum.total, line.total)
  if (line.components.length > 0) {
    sum.components = sum.components.map((amount, at) => addOptional(amount, line.components[at] ?? null))
  }
  sum.refunded = addOptional(sum.refunded, line.refunded)
  if (line.refundedAt !== null && (sum.refundedAt === null || line.refundedAt > sum.refundedAt)) {
    sum.refundedAt = line.refundedAt
  }
  if (line.placedAt < sum.placedAt) sum.placedAt = line.placedAt
  if (line.changedAt !== null && (sum.changedAt === null || line.changedAt > sum.changedAt))
    sum.changedAt = line.changedAt
  for (const key of ['email', 'customerId', 'phone', 'country', 'channel'] as const) {
    if (sum[key] === '' && line[key] !== '') sum[key] = detach(line[key])
  }
  sum.state ??= line.state
  sum.test ??= line.test
}

function addOptional(a: Amount | null, b: Amount | null): Amount | null {
  if (a === null || b === null) return a ?? b
  return addAmounts(a, b)
}

function detachValues(values: RowValues): Mutable<RowValues> {
  return {
    ...values,
    id: detach(values.id),
    email: detach(values.email),
    customerId: detach(values.customerId),
    phone: detach(values.phone),
    country: detach(values.country),
    channel: detach(values.channel),
  }
}

function detach(text: string): string {
  return text === '' ? '' : Buffer.from(text, 'utf16le').toString('utf16le')
}
