import { ContractError } from '../core/errors.ts'
import type { OrderStore } from '../core/orders/order-store.ts'
import type { OrderPage } from '../core/orders/page.ts'
import type { Source } from '../core/orders/source.ts'

/** So many orders may vanish together without a doubt whether the key still sees them. */
const FEW = 50

/**
 * The page with what became of stored orders that its roll call does not name: those the shop still has are read, those
 * it has no more are deleted. Absence from a list proves nothing by itself; the shop is asked for each.
 * @throws ContractError when more than half of many have vanished at once and nobody said that this may be: then the key
 *   probably sees less than before
 */
export async function lookUpAbsent(
  { source, orders }: { source: Source; orders: OrderStore },
  page: OrderPage,
  { acceptDeletions, signal }: { acceptDeletions: boolean; signal: AbortSignal },
): Promise<OrderPage> {
  if (page.rollCall === undefined || source.fetchOrders === undefined) return page
  const { absent, stored } = await orders.loadAbsent(source.name, page.rollCall)
  if (absent.length === 0) return page
  const fetched = await source.fetchOrders(absent, signal)
  if (!acceptDeletions && fetched.missing.length > FEW && fetched.missing.length > stored / 2) {
    throw new ContractError(
      `reading ${source.name}: the shop no longer knows ${fetched.missing.length} of ${stored} orders of one time; ` +
        'nothing was deleted: check what its key may read, and if they are gone indeed, run sync --accept-deletions',
      { missing: fetched.missing.length, stored },
    )
  }
  return {
    ...page,
    orders: [...page.orders, ...fetched.orders],
    rejected: [...page.rejected, ...fetched.rejected],
    deleted: [...(page.deleted ?? []), ...fetched.missing],
  }
}
