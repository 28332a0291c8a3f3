import { randomUUID } from 'node:crypto'
import { throwIfAborted } from '../../core/errors.ts'
import type { StoreNumbersStore } from '../../core/numbers/store-numbers.ts'
import { type LedgerAccount, lockAccount } from '../account.ts'
import { aggregateFingerprint } from '../customers/settings-fingerprint.ts'
import type { Database, Queryable } from '../database.ts'
import {
  type DirtyPeriod,
  HAS_DIRTY_PERIODS,
  readyPeriods,
  releasePeriods,
  takeNewestQuarter,
} from './dirty-periods.ts'
import type { CountedLeftOut } from './left-out.ts'
import { loadOverview } from './overview.ts'
import { type CountedPeriod, countPeriods } from './period-numbers.ts'
import { type ToldPeriod, tellPeriods } from './tell-periods.ts'

/** The ledger's side of the store's numbers, for one account. */
export function createStoreNumbersStore(db: Database, account: LedgerAccount): StoreNumbersStore {
  const { accountId, settings } = account
  const { timezone } = settings

  return {
    async hasDirty() {
      const { rows } = await db.query<{ dirty: boolean }>(`select ${HAS_DIRTY_PERIODS} as dirty`, [accountId])
      return rows[0]?.dirty === true
    },

    async countDirty() {
      const { rows } = await db.query<{ count: number }>(
        'select count(*) as count from dirty_periods where account_id = $1',
        [accountId],
      )
      return rows[0]?.count ?? 0
    },

    async computeQuarter(before, signal) {
      const token = randomUUID()
      const taken = await takeNewestQuarter(db, accountId, { token, before })
      if (taken === null) return null
      const counted = await db.transaction((client) => count(stoppable(client, signal), token))
      if (counted === null) return { quarter: taken.quarter, periods: 0 }
      const lines = await tellPeriods(counted.lines)
      const periods = await db.transaction((client) => store(client, token, { ...counted, lines }))
      return { quarter: taken.quarter, periods }
    },

    async loadOverview(request, now) {
      return loadOverview(db, account, request, now)
    },
  }

  /** Without the account's lock, so that pulls need not wait: one snapshot shows the orders, their customers and the marks. */
  async function count(client: Queryable, token: string): Promise<Counted | null> {
    await client.query('set transaction isolation level repeatable read')
    await client.query("set local work_mem = '64MB'; set local random_page_cost = 1.1")
    const { rows } = await client.query('select from accounts where account_id = $1 and aggregate_settings = $2', [
      accountId,
      aggregateFingerprint(settings),
    ])
    // Customers were told by other settings than these: who has those will compute the periods.
    if (rows.length === 0) return null
    const periods = await readyPeriods(client, { accountId, token, timezone })
    return { periods, ...(await countPeriods(client, account, periods)) }
  }

  async function store(
    client: Queryable,
    token: string,
    counted: Omit<Counted, 'lines'> & { lines: readonly ToldPeriod[] },
  ): Promise<number> {
    await lockAccount(client, accountId)
    const released = await releasePeriods(client, accountId, token, counted.periods)
    const keys = new Set(released.map(keyOf))
    const ofReleased = (all: readonly DirtyPeriod[]) => JSON.stringify(all.filter((one) => keys.has(keyOf(one))))
    for (const table of ['store_aggregates', 'store_left_out']) {
      await client.query(
        `delete from ${table} s using jsonb_to_recordset($2) as p (length text, period date)
         where s.account_id = $1 and s.length = p.length and s.period = p.period`,
        [accountId, JSON.stringify(released)],
      )
    }
    await client.query(INSERT, [accountId, ofReleased(counted.lines)])
    await client.query(INSERT_LEFT_OUT, [accountId, ofReleased(counted.leftOut)])
    return released.length
  }
}

/** What a quarter's dirty periods come to. */
interface Counted {
  readonly periods: readonly DirtyPeriod[]
  readonly lines: readonly CountedPeriod[]
  readonly leftOut: readonly CountedLeftOut[]
}

function stoppable(client: Queryable, signal: AbortSignal): Queryable {
  return {
    query(text, values) {
      throwIfAborted(signal, 'computing the store’s numbers')
      return client.query(text, values)
    },
  }
}

const keyOf = ({ length, period }: DirtyPeriod) => `${length} ${period}`

const INSERT = `
insert into store_aggregates (account_id, length, period, definition, kind, customers, orders, revenue_minor, aov_minor,
  median_minor, interval_low_minor, interval_high_minor, top_orders, aov_without_top_minor, histogram)
select $1::integer, length, period, definition, kind, customers, orders, "revenueMinor", "aovMinor", "medianMinor",
  ("interval" ->> 'lowMinor')::bigint, ("interval" ->> 'highMinor')::bigint,
  ("topShare" ->> 'orders')::integer, ("topShare" ->> 'aovWithoutMinor')::bigint, histogram
from jsonb_to_recordset($2) as line (length text, period date, definition text, kind text, customers integer, orders integer,
  "revenueMinor" bigint, "aovMinor" bigint, "medianMinor" bigint, "interval" jsonb, "topShare" jsonb, histogram jsonb)`

const INSERT_LEFT_OUT = `
insert into store_left_out (account_id, length, period, reason, currency, orders, total_minor)
select $1::integer, length, period, reason, currency, orders, "totalMinor"
from jsonb_to_recordset($2) as line (length text, period date, reason text, currency text, orders integer, "totalMinor" bigint)`
