import { BugError } from '../src/core/errors.ts'
import { computeStoreOf } from './compute-store-of.ts'
import { median } from './median.ts'
import { createRig } from './rig.ts'
import type { Measure } from './table.ts'

const CHANGES = 1_000

interface Times {
  readonly wallMs: number
  readonly jobsMs: number
  readonly msByJob: Readonly<Record<string, number>>
}

/**
 * 1,000 changed orders of 1,000 customers of the last month on a small ledger and on one ten times as large. The
 * orders come from a second source, so that reading the large file again is not what is measured. The median of
 * `repetitions` changes; the orders' first arrival is not counted, and the store's numbers are computed before them.
 */
export async function measureIncremental(smallOrders: number, repetitions: number): Promise<Measure[]> {
  const small = await measureChanges(smallOrders, repetitions)
  const large = await measureChanges(smallOrders * 10, repetitions)
  const benchmark = 'incremental 1,000 orders'
  const name = `ledger of ${(smallOrders * 10).toLocaleString('en-GB')} ÷ ${smallOrders.toLocaleString('en-GB')}`
  const shown = { benchmark, unit: 'ms', reach: null }
  return [
    { benchmark, name, value: large.wallMs / small.wallMs, unit: '×', reach: { atMost: 1.3 } },
    { benchmark, name: `${name}, jobs alone`, value: large.jobsMs / small.jobsMs, unit: '×', reach: { atMost: 1.3 } },
    { ...shown, name: 'small, jobs alone', value: small.jobsMs },
    { ...shown, name: 'large, jobs alone', value: large.jobsMs },
    ...Object.entries(large.msByJob).flatMap(([job, ms]) => [
      { ...shown, name: `– ${job}, small`, value: small.msByJob[job] ?? 0 },
      { ...shown, name: `– ${job}, large`, value: ms },
    ]),
    { ...shown, name: 'small', value: small.wallMs },
    { ...shown, name: 'large', value: large.wallMs },
  ]
}

async function measureChanges(orders: number, repetitions: number): Promise<Times> {
  const rig = await createRig({ orders })
  try {
    if (rig.shop.recentBuyers.length < CHANGES) {
      throw new BugError(`incremental: a shop of ${orders} orders has too few customers a month; take more orders`)
    }
    await rig.sync('shop')
    await rig.writeChanges(rig.shop.recentBuyers, 0)
    await rig.sync('changes')
    await computeStoreOf(rig)
    const times: Times[] = []
    for (let version = 1; version <= repetitions; version++) {
      await rig.writeChanges(rig.shop.recentBuyers, version)
      const sync = await rig.sync('changes')
      // Customers whose oldest order leaves the twelve months just then are pushed as well.
      if (sync.changedOrders !== CHANGES || sync.confirmedProfiles < CHANGES) {
        throw new BugError(`incremental: ${CHANGES} orders and profiles should have changed`, {
          orders: sync.changedOrders,
          profiles: sync.confirmedProfiles,
        })
      }
      times.push(sync)
    }
    return {
      wallMs: median(times.map(({ wallMs }) => wallMs)),
      jobsMs: median(times.map(({ jobsMs }) => jobsMs)),
      msByJob: Object.fromEntries(
        Object.keys(times[0]?.msByJob ?? {}).map((job) => [job, median(times.map(({ msByJob }) => msByJob[job] ?? 0))]),
      ),
    }
  } finally {
    await rig.close()
  }
}
