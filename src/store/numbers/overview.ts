import { type Overview, type OverviewRequest, type StoredNumbers, toPeriods } from '../../core/numbers/overview.ts'
import { readUntil } from '../../core/orders/shop-reading.ts'
import type { LedgerAccount } from '../account.ts'
import { aggregateFingerprint } from '../customers/settings-fingerprint.ts'
import type { Queryable } from '../database.ts'
import { loadShopReading } from '../orders/shop-reading.ts'
import { HAS_DIRTY_PERIODS } from './dirty-periods.ts'

/** The stored numbers of one length and definition, and whether they still are what the orders say. */
export async function loadOverview(
  db: Queryable,
  account: LedgerAccount,
  { by, definition }: OverviewRequest,
  now: Date,
): Promise<Overview> {
  const { accountId, settings } = account
  // First: what is stored after this is no staler than it says.
  const state = await db.query<{ stale: boolean }>(
    `select ${HAS_DIRTY_PERIODS} or aggregate_settings is distinct from $2 as stale from accounts where account_id = $1`,
    [accountId, aggregateFingerprint(settings)],
  )
  const { rows } = await db.query<StoredRow>(
    `select period, kind, customers, orders, revenue_minor as "revenueMinor", aov_minor as "aovMinor",
       median_minor as "medianMinor", interval_low_minor as "lowMinor", interval_high_minor as "highMinor",
       top_orders as "topOrders", aov_without_top_minor as "aovWithoutMinor", computed_at as "computedAt"
     from store_aggregates
     where account_id = $1 and length = $2 and definition in ('any', $3)`,
    [accountId, by, definition],
  )
  const computedAt = rows.reduce<Date | null>(
    (last, row) => (last === null || row.computedAt > last ? row.computedAt : last),
    null,
  )
  const sources = await loadShopReading(db, account)
  return {
    by,
    definition,
    computedAt,
    isStale: state.rows[0]?.stale !== false,
    periods: toPeriods(rows.map(toStored), { by, timezone: settings.timezone, now, readUntil: readUntil(sources) }),
  }
}

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
