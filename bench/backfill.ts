import { join } from 'node:path'
import { BugError } from '../src/core/errors.ts'
import { aggregateWithDuckdb } from './duckdb.ts'
import { findDifferingCustomers, findDifferingMonths } from './duckdb-comparison.ts'
import { measureLedgerFloor } from './ledger-floor.ts'
import { createRig } from './rig.ts'
import type { Measure } from './table.ts'

const MEGABYTE = 1024 * 1024

/**
 * A first sync of so many orders, file to confirmed profiles, beside DuckDB computing the same aggregates from the same
 * file right before and right after; the faster of its two runs counts. Between the two stands what Postgres takes for
 * writing the same rows alone.
 * @throws BugError when a single customer or month differs, or a profile is missing: then no time means anything.
 */
export async function measureBackfill(orders: number): Promise<Measure[]> {
  const rig = await createRig({ orders })
  try {
    const before = await aggregateWithDuckdb(rig.shop.path, new Date())
    const sync = await rig.sync('shop')
    const after = await aggregateWithDuckdb(rig.shop.path, new Date())
    try {
      const csvPath = join(rig.folder, 'customers.csv')
      await rig.exportCustomers(csvPath)
      complain('customers', await findDifferingCustomers([before, after], csvPath))
      complain('months', await findDifferingMonths(after, await rig.reportMonths()))
    } finally {
      before.close()
      after.close()
    }
    const { customers } = rig.shop.truth.net
    const inKlaviyo = await rig.sandbox.countProfiles()
    if (inKlaviyo !== customers) throw new BugError(`backfill: ${inKlaviyo} profiles of ${customers} customers arrived`)

    const floorMs = await measureLedgerFloor(rig)
    const duckdbMs = Math.min(before.wallMs, after.wallMs)
    const benchmark = `backfill ${rig.shop.truth.orders.toLocaleString('en-GB')}`
    const shown = { benchmark, reach: null }
    return [
      { benchmark, name: 'sync ÷ DuckDB', value: sync.wallMs / duckdbMs, unit: '×', reach: { atMost: 20 } },
      ...(sync.peakRssBytes === null
        ? []
        : [{ benchmark, name: 'peak RSS', value: sync.peakRssBytes / MEGABYTE, unit: 'MB', reach: { atMost: 300 } }]),
      { ...shown, name: 'profiles confirmed', value: sync.confirmedProfiles, unit: '' },
      { ...shown, name: 'customers equal to DuckDB’s', value: customers, unit: '' },
      { ...shown, name: 'sync', value: sync.wallMs, unit: 'ms' },
      { ...shown, name: 'its jobs', value: sync.jobsMs, unit: 'ms' },
      ...Object.entries(sync.msByJob).map(([job, ms]) => ({ ...shown, name: `– ${job}`, value: ms, unit: 'ms' })),
      { ...shown, name: 'Postgres, the same rows', value: floorMs, unit: 'ms' },
      { ...shown, name: 'DuckDB', value: duckdbMs, unit: 'ms' },
    ]
  } finally {
    await rig.close()
  }
}

function complain(what: string, differing: readonly string[]): void {
  if (differing.length > 0) throw new BugError(`backfill: ${differing.length} ${what} differ from DuckDB’s`)
}
