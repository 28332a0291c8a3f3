import type { AccountSettings } from '../core/account.ts'
import type { Finding } from '../core/finding.ts'
import { type SourceReading, toFreshness } from '../core/shop-reading.ts'

/** Of each source that was ever read: its last order and its last reading, and whether the numbers wait for it. */
export function checkReading(
  sources: readonly SourceReading[],
  { timezone }: Pick<AccountSettings, 'timezone'>,
  now: Date,
): Finding[] {
  return sources.flatMap((reading): Finding[] => {
    const { source, newestOrderAt, lastRead, failure } = reading
    const subject = `source ${source}`
    if (lastRead === null && failure === null) return []
    const order = newestOrderAt === null ? 'no order was ever read' : `last order ${newestOrderAt.toISOString()}`
    const read = lastRead === null ? 'never read to its end' : `last read ${lastRead.endedAt.toISOString()}`
    const { state, emptyPeriods, unreadPeriods } = toFreshness([reading], { by: 'month', timezone, now })
    const facts = `${order}, ${read}`
    switch (state) {
      case 'failing':
        return [
          {
            level: 'warning',
            subject,
            message: `${facts}; ${failure === null ? 'its first reading has not ended' : `its last reading failed (${failure.code})`}${unreadText(unreadPeriods)}`,
            action: 'scontrino runs tells why; then scontrino sync',
          },
        ]
      case 'behind':
        return [
          {
            level: 'warning',
            subject,
            message: `${facts}; not read for more than two days${unreadText(unreadPeriods)}`,
            action: 'see that scontrino start runs and that a schedule is set, or run scontrino sync',
          },
        ]
      case 'quiet':
        return [
          {
            level: 'note',
            subject,
            message: `${facts}; it was read, and ${months(emptyPeriods)} since ${emptyPeriods === 1 ? 'holds' : 'hold'} no order`,
          },
        ]
      case 'current':
        return [{ level: 'ok', subject, message: facts }]
    }
  })
}

function unreadText(count: number): string {
  return count === 0 ? '' : `; ${months(count)} may be incomplete`
}

function months(count: number): string {
  return count === 1 ? 'one finished month' : `${count} finished months`
}
