import { type Overview, type OverviewRequest, type StoredNumbers, toPeriods } from '../../core/numbers/overview.ts'
import { readUntil } from '../../core/orders/shop-reading.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'
import { loadShopReading } from '../orders/shop-reading.ts'
import { loadUncomputed } from './dirty-periods.ts'

/** The stored numbers of one length and definition, and which of them still are what the orders say: all of one snapshot. */
export async function loadOverview(
  db: Database,
  account: LedgerAccount,
  { by, definition }: OverviewRequest,
  now: Date,
): Promise<Overview> {
  const { accountId, settings } = account
  const { uncomputed, rows, sources } = await db.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read')
    const stored = await client.query<StoredRow>(STORED, [accountId, by, definition])
    return {
      rows: stored.rows,
      uncomputed: await loadUncomputed(client, account, by),
      sources: await loadShopReading(client, account),
    }
  })
  const computedAt = rows.reduce<Date | null>(
    (last, row) => (last === null || row.computedAt > last ? row.computedAt : last),
    null,
  )
  return {
    by,
    definition,
    computedAt,
    isStale: uncomputed === 'all' || uncomputed.length > 0,
    periods: toPeriods(rows.map(toStored), {
      by,
      timezone: settings.timezone,
      now,
      readUntil: readUntil(sources),
      uncomputed,
    }),
  }
}

const STORED = `
select period, kind, customers, orders, revenue_minor as "revenueMinor", aov_minor as "aovMinor",
  median_minor as "medianMinor", interval_low_minor as "lowMinor", interval_high_minor as "highMinor",
  top_orders as "topOrders", aov_without_top_minor as "aovWithoutMinor", computed_at as "computedAt"
from store_aggregates
where account_id = $1 and length = $2 and definition in ('any', $3)`

interface StoredRow extends Omit<StoredNumbers, 'interval' | 'topShare'> {
  readonly lowMinor: number | null
  readonly highMinor: number | null
  readonly topOrders: number | null
  readonly aovWithoutMinor: number | null
  readonly computedAt: Date
}

function toStored({
  lowMinor,
  highMinor,
  topOrders,
  aovWithoutMinor,
  computedAt: _,
  ...numbers
}: StoredRow): StoredNumbers {
  return {
    ...numbers,
    interval: lowMinor === null || highMinor === null ? null : { lowMinor, highMinor },
    topShare: topOrders === null || aovWithoutMinor === null ? null : { orders: topOrders, aovWithoutMinor },
  }
}
