import type { z } from 'zod'
import type { LocalClock } from '../../core/local-clock.ts'
import type { Feed, FeedWindow } from '../../reading/feed.ts'
import type { PrestashopClient, Read } from './client.ts'

const PAGE_SIZE = 200
const SECOND_MS = 1_000

/** A list that is read by one of its dates, which are digits of the shop's clock to the second. */
export interface DateList<Row extends z.ZodType<object>> {
  readonly client: PrestashopClient
  readonly clock: LocalClock
  readonly resource: 'orders' | 'order_slip'
  readonly field: 'date_add' | 'date_upd'
  readonly row: Row
  /** The fields asked for, `[id,date_upd]`. */
  readonly display: string
}

/**
 * A feed of such a list. Its instants are the later readings of the digits: the hour that comes twice in autumn is read
 * when it is over, in the order in which the shop sorts it.
 */
export function createDateFeed<Row extends z.ZodType<{ id: string } & Record<'date_add' | 'date_upd', string>>>(
  list: DateList<Row>,
): Feed<Read<z.infer<Row>>> {
  const { client, clock, resource, field, row, display } = list

  /** Digits from and until, both inclusive: the webservice has no half-open range, and what is too much is left out. */
  async function ask(from: string, until: string, more: Readonly<Record<string, string>>, signal: AbortSignal) {
    const query = { date: '1', display, [`filter[${field}]`]: `[${from},${until}]`, ...more }
    return (await client.list(resource, row, query, signal)).rows
  }

  async function fetchPage({ from, before, seen }: FeedWindow, signal: AbortSignal) {
    const first = clock.toText(from)
    const last = clock.toText(before)
    if (seen.length === 0) {
      const records = await ask(first, last, { sort: `[${field}_ASC,id_ASC]`, limit: `0,${PAGE_SIZE}` }, signal)
      return { records, isLast: records.length < PAGE_SIZE }
    }
    // The rest of the second at which the last page ended: ids are ascending there, and no second is written to later.
    const lastSeen = seen.reduce((last, id) => Math.max(last, Number(id)), 0)
    const rest = { 'filter[id]': `>[${lastSeen}]`, sort: '[id_ASC]', limit: `0,${PAGE_SIZE}` }
    const atFirst = await ask(first, first, rest, signal)
    const next = nextSecond(first)
    if (atFirst.length === PAGE_SIZE || next > last) return { records: atFirst, isLast: atFirst.length < PAGE_SIZE }
    const size = PAGE_SIZE - atFirst.length
    const after = await ask(next, last, { sort: `[${field}_ASC,id_ASC]`, limit: `0,${size}` }, signal)
    return { records: [...atFirst, ...after], isLast: after.length < size }
  }

  return {
    what: `${resource} by ${field}`,
    precisionMs: SECOND_MS,
    fetchPage,
    idOf: (record) => record.id,
    instantOf(record) {
      try {
        return clock.toInstant(record[field])
      } catch {
        return beforeNextDay(record[field], clock)
      }
    },
  }
}

/** Digits of no day, `2026-07-00 10:00:00`, as the shop sorts them. `0000-00-00` has no instant: no filter asks for it. */
function beforeNextDay(digits: string, clock: LocalClock): Date {
  const next = digits.replace(/^(\d{4})-00-.*$/, '$1-01-01').replace(/^(\d{4}-\d{2})-00.*$/, '$1-01')
  if (!/^(?!0000)\d{4}-\d{2}-01$/.test(next)) return new Date(Number.NaN)
  return new Date(clock.toInstant(`${next} 00:00:00`).getTime() - SECOND_MS)
}

/** Of digits, not of instants: a clock that is put back shows some twice. */
function nextSecond(digits: string): string {
  const ms = Date.parse(`${digits.replace(' ', 'T')}Z`) + SECOND_MS
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
