import { BugError } from '../src/core/errors.ts'
import { createRig, type Rig } from './rig.ts'
import type { RequestCounts } from './sandbox-child.ts'
import type { Measure } from './table.ts'

const IMPORT = 'bulk_import_profiles'
const POLL = 'get_bulk_import_profiles_job'
const LOOK_UP = 'get_profiles'
/** Klaviyo's limit of `GET /api/profiles`. */
const LOOK_UPS_PER_MINUTE = 750

/** Requests for 10,000 changed profiles, and for a sync in which nothing changed. */
export async function measureCalls(orders: number): Promise<Measure[]> {
  const rig = await createRig({ orders })
  try {
    await rig.sync('shop')
    await rig.writeChanges(rig.shop.buyers, 0)
    const changed = await countDuring(rig, 'changes')
    const unchanged = await countDuring(rig)
    const profiles = rig.shop.buyers.length.toLocaleString('en-GB')
    const toProfiles = Object.entries(unchanged.byOperation).flatMap(([name, count]) =>
      /profile/.test(name) ? count : [],
    )
    const benchmark = 'calls'
    return [
      {
        benchmark,
        name: `imports of ${profiles} changed profiles`,
        value: changed.byOperation[IMPORT] ?? 0,
        unit: '',
        reach: { atMost: 1 },
      },
      { benchmark, name: 'polls of it', value: changed.byOperation[POLL] ?? 0, unit: '', reach: { atMost: 5 } },
      { benchmark, name: 'all requests of that sync', value: changed.total, unit: '', reach: null },
      {
        benchmark,
        name: 'about profiles when none changed',
        value: toProfiles.reduce((sum, count) => sum + count, 0),
        unit: '',
        reach: { atMost: 0 },
      },
      { benchmark, name: 'all requests of that sync', value: unchanged.total, unit: '', reach: null },
    ]
  } finally {
    await rig.close()
  }
}

/** How near to Klaviyo's real limit the busiest operation comes: looking up everybody in `update-existing`. */
export async function measureRate(orders: number): Promise<Measure[]> {
  const rig = await createRig({ orders, profiles: 'update-existing' })
  try {
    await rig.sync('shop')
    const times = await rig.sandbox.requestTimes(LOOK_UP)
    const { throttled } = await rig.sandbox.countRequests()
    const minutes = (Math.max(...times) - Math.min(...times)) / 60_000
    const benchmark = 'rate'
    if (minutes < 1) {
      throw new BugError(`rate: ${times.length} look-ups took less than a minute; take more orders`)
    }
    return [
      {
        benchmark,
        name: 'of the allowed look-ups a minute',
        value: ((times.length - 1) / minutes / LOOK_UPS_PER_MINUTE) * 100,
        unit: '%',
        reach: { atLeast: 90 },
      },
      { benchmark, name: 'answers 429', value: throttled, unit: '', reach: { atMost: 0 } },
      { benchmark, name: 'look-ups', value: times.length, unit: '', reach: null },
    ]
  } finally {
    await rig.close()
  }
}

async function countDuring(rig: Rig, source?: 'changes'): Promise<Pick<RequestCounts, 'total' | 'byOperation'>> {
  const before = await rig.sandbox.countRequests()
  await rig.sync(source)
  const after = await rig.sandbox.countRequests()
  const added = Object.entries(after.byOperation).map(([name, count]) => [
    name,
    count - (before.byOperation[name] ?? 0),
  ])
  return { total: after.total - before.total, byOperation: Object.fromEntries(added) }
}
