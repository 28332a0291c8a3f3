import { formatMinute } from '../../core/instant-text.ts'
import type { Freshness } from '../../core/orders/shop-reading.ts'
import type { Paint } from '../paint.ts'
import { formatCount } from './number.ts'

/** The last order and the last reading in a line, and what is missing from the numbers in others; empty without orders. */
export function renderFreshness(freshness: Freshness, timezone: string, paint: Paint): string {
  const { state, lastOrderAt, lastReadAt, by, emptyPeriods, unreadPeriods, failures, neverRead } = freshness
  if (lastOrderAt === null) return ''
  const read =
    lastReadAt === null ? 'not all sources were ever read' : `last read ${formatMinute(lastReadAt, timezone)}`
  const facts = paint('dim', `last order ${formatMinute(lastOrderAt, timezone)} · ${read}`)
  const periods = (count: number) => `${formatCount(count)} finished ${count === 1 ? by : `${by}s`}`
  const unread = unreadPeriods === 0 ? [] : [`${periods(unreadPeriods)} may be incomplete`]
  const told = {
    current: [],
    quiet: [`The shop was read; ${periods(emptyPeriods)} since then without an order`],
    behind: ['The shop has not been read for more than two days', ...unread],
    failing: [
      ...failures.map(
        ({ source, code, at }) => `The last reading of ${source} failed at ${formatMinute(at, timezone)} (${code})`,
      ),
      ...neverRead.map((source) => `${source} was never read to its end`),
      ...unread,
    ],
  }[state]
  return told.length === 0 ? facts : `${facts}\n${paint('yellow', `${told.join('; ')}.`)}`
}
