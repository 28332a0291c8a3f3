import type { AggregateStore, ComputeCounts } from '../core/customers/aggregate-store.ts'
import { throwIfAborted } from '../core/errors.ts'
import type { OnProgress } from './services.ts'

/** Customers computed in one transaction: enough to amortise its statements, few enough to let pulls in between. */
const CUSTOMERS_PER_STEP = 50_000

/** Computes all dirty customers and what their profiles should hold. */
export async function computeAggregates(
  { aggregates }: { aggregates: AggregateStore },
  { now, onProgress, signal }: { now: Date; onProgress: OnProgress; signal: AbortSignal },
): Promise<ComputeCounts> {
  const everything = await aggregates.markOutdated(now)
  const total = await aggregates.countDirtyCustomers()
  let customers = 0
  let changed = 0
  for (;;) {
    throwIfAborted(signal, 'computing aggregates')
    const step = await aggregates.computeCustomers(now, CUSTOMERS_PER_STEP)
    if (step.taken === 0) break
    customers += step.taken
    changed += step.changed
    onProgress({ step: 'computing', done: customers, total: Math.max(total, customers), unit: 'customers' })
  }
  return { customers, changed, everything }
}
