import type { AccountSettings } from '../core/account.ts'
import type { Finding } from '../core/finding.ts'
import { formatMinute } from '../core/instant-text.ts'
import { type SourceReading, toFreshness } from '../core/orders/shop-reading.ts'

/** Of each source that was ever read: its last order and its last reading, and whether the numbers wait for it. */
export function checkReading(
  sources: readonly SourceReading[],
  { timezone }: Pick<AccountSettings, 'timezone'>,
  now: Date,
): Finding[] {
  return sources
    .filter(({ lastRead, failure }) => lastRead !== null || failure !== null)
    .map((reading) => toFinding(reading, timezone, now))
}

function toFinding(reading: SourceReading, timezone: string, now: Date): Finding {
  const { source, newestOrderAt, lastRead, failure } = reading
  const { state, emptyPeriods, unreadPeriods } = toFreshness([reading], { by: 'month', timezone, now })
  const subject = `source ${source}`
  const facts = [
    newestOrderAt === null ? 'no order was ever read' : `last order ${formatMinute(newestOrderAt, timezone)}`,
    lastRead === null ? 'never read to its end' : `last read ${formatMinute(lastRead.endedAt, timezone)}`,
  ].join(', ')
  const unread = unreadPeriods === 0 ? '' : `; ${months(unreadPeriods)} may be incomplete`
  if (failure !== null) {
    const message = `${facts}; its last reading failed (${failure.code})${unread}`
    return { level: 'warning', subject, message, action: 'scontrino runs tells why; then scontrino sync' }
  }
  if (state === 'behind') {
    const message = `${facts}; not read for more than two days${unread}`
    const action = 'see that scontrino start runs and that a schedule is set, or run scontrino sync'
    return { level: 'warning', subject, message, action }
  }
  if (state !== 'quiet') return { level: 'ok', subject, message: facts }
  const silence = `${months(emptyPeriods)} since ${emptyPeriods === 1 ? 'holds' : 'hold'} no order`
  return { level: 'note', subject, message: `${facts}; it was read, and ${silence}` }
}

function months(count: number): string {
  return count === 1 ? 'one finished month' : `${count} finished months`
}
