import type { FullReport } from '../../core/numbers/full-report.ts'
import { type Overview, toPeriods } from '../../core/numbers/overview.ts'
import type { NewDefinition, PeriodLength } from '../../core/numbers/report.ts'
import { readUntil, toFreshness } from '../../core/orders/shop-reading.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'
import { loadShopReading } from '../orders/shop-reading.ts'
import { loadDistribution } from './distribution.ts'
import { loadMatrix } from './matrix.ts'
import { type CountedPeriod, countAllPeriods } from './period-numbers.ts'
import { loadStoreReport } from './report.ts'
import { tellPeriods } from './tell-periods.ts'

/** Everything of one snapshot, so that all of it fits together whatever a sync writes meanwhile. Stores nothing. */
export async function loadFullReport(
  db: Database,
  account: LedgerAccount,
  request: { from?: string; to?: string; by: PeriodLength; definition: NewDefinition },
  now: Date,
): Promise<FullReport> {
  const { by, definition } = request
  const { timezone } = account.settings
  const read = await db.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read')
    await client.query("set local work_mem = '64MB'; set local random_page_cost = 1.1")
    return {
      report: await loadStoreReport(client, account, request),
      distribution: await loadDistribution(client, account),
      matrix: await loadMatrix(client, account),
      sources: await loadShopReading(client, account),
      ...(await countAllPeriods(client, account, { by, definition }, request)),
    }
  })
  const { report, distribution, matrix, sources } = read
  const { isStale, uncomputed } = report
  const freshness = toFreshness(sources, { by, timezone, now })
  const toOverview = async (lines: readonly CountedPeriod[]): Promise<Overview> => {
    const told = new Set(lines.map(({ period }) => period))
    const periods = toPeriods(await tellPeriods(lines), {
      ...{ by, timezone, now, readUntil: readUntil(sources) },
      // Every order was counted: a period that is not among them holds none that counts.
      uncomputed: uncomputed === 'all' ? uncomputed : uncomputed.filter((period) => told.has(period)),
    })
    return { by, definition, computedAt: now, isStale, periods }
  }
  const whole = await toOverview(read.whole)
  if (read.shown === read.whole) return { report, whole, shown: whole, distribution, matrix, freshness }
  const [first] = whole.periods
  const shown = await toOverview(read.shown)
  // The first of a range is not the first of the data.
  const periods = shown.periods.map((one) => ({ ...one, isFirst: one.period === first?.period }))
  return { report, whole, shown: { ...shown, periods }, distribution, matrix, freshness }
}
