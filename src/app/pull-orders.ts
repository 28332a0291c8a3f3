import { throwIfAborted } from '../core/errors.ts'
import type { OrderStore, PageCounts } from '../core/orders/order-store.ts'
import type { OrderPage } from '../core/orders/page.ts'
import type { Source } from '../core/orders/source.ts'
import { lookUpAbsent } from './look-up-absent.ts'
import { rejectUndatable } from './reject-undatable.ts'
import type { JobProgress, OnProgress } from './services.ts'

/** What a pull read and changed. */
export type PullCounts = PageCounts & { readonly pages: number }

/** Nothing read yet. */
export const NO_PULLS: PullCounts = { orders: 0, refunds: 0, changed: 0, rejected: 0, skipped: 0, pages: 0 }

interface PullWishes {
  /** What the same pull did before it was interrupted. */
  readonly counts: PullCounts
  /** Read from the beginning. */
  readonly full: boolean
  /** Believe the shop also where most orders of one time are gone. */
  readonly acceptDeletions: boolean
  readonly onProgress: OnProgress
  /** Awaited after every saved page. */
  readonly onCounts: (counts: PullCounts) => Promise<void>
  readonly signal: AbortSignal
}

/**
 * Reads what has changed at a source into the ledger, page by page, each saved with its cursor: killed at any point,
 * the next pull goes on where this one was. One page is read while the one before is being saved.
 */
export async function pullOrders(
  { source, orders }: { source: Source; orders: OrderStore },
  { counts: before, full, acceptDeletions, onProgress, onCounts, signal }: PullWishes,
): Promise<PullCounts> {
  if (full) await orders.resetCursor(source.name)
  const { cursor, readSince } = await orders.beginReading(source.name)
  const counts = { ...before }

  async function save(read: OrderPage): Promise<void> {
    const page = rejectUndatable(await lookUpAbsent({ source, orders }, read, { acceptDeletions, signal }))
    const saved = await orders.saveOrderPage(source.name, page, readSince)
    Object.assign(counts, countedAgain(page))
    counts.orders += saved.orders
    counts.refunds += saved.refunds
    counts.changed += saved.changed
    counts.rejected += saved.rejected
    counts.skipped += saved.skipped
    counts.pages += 1
    onProgress({
      step: `pulling ${source.name}`,
      done: counts.orders,
      unit: 'orders',
      ...inSourceUnits(page, counts.orders),
    })
    await onCounts(counts)
  }

  let saving: Promise<void> = Promise.resolve()
  try {
    for await (const page of source.readOrders(cursor, signal)) {
      await saving
      throwIfAborted(signal, `pulling ${source.name}`)
      saving = save(page)
      // Awaited with the next page, or below; until then a failure must not count as unhandled.
      saving.catch(() => undefined)
    }
  } finally {
    await saving
  }
  return counts
}

/** What this reading counts anew from its first page on; `changed` and `pages` tell of work that was done. */
function countedAgain({ startsOver, repeatsRejected }: OrderPage): Partial<PullCounts> {
  if (startsOver) return { orders: 0, refunds: 0, rejected: 0, skipped: 0 }
  return repeatsRejected ? { rejected: 0 } : {}
}

function inSourceUnits({ progress }: OrderPage, orders: number): Partial<JobProgress> {
  if (progress?.total === undefined) return {}
  const { done, total, unit } = progress
  return { done, total, unit, ...(unit !== 'orders' && { orders }) }
}
