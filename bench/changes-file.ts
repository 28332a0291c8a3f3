import type { SampleOrder } from '../src/sandbox/shop/sample-order.ts'
import { writeShopFile } from '../src/sandbox/shop/write-file.ts'
import type { KnownBuyer } from './shop-file.ts'

/**
 * Writes one more order of each of these customers, placed an hour after the one that is known. A later `version` of the
 * file holds the same orders with other amounts, changed later.
 */
export async function writeChangesFile(path: string, buyers: readonly KnownBuyer[], version: number): Promise<void> {
  const orders = buyers.map((buyer) => toOrder(buyer, version))
  await writeShopFile(path, orders, 'jsonl')
}

function toOrder({ email, customer, placedAtMs }: KnownBuyer, version: number): SampleOrder {
  const placedAt = new Date(placedAtMs + 3_600_000)
  const goods = 4_000 + 100 * version
  return {
    order: `again-${customer}`,
    placedAt,
    updatedAt: new Date(placedAt.getTime() + version * 60_000),
    email,
    customer,
    country: 'IT',
    currency: 'EUR',
    totalMinor: goods,
    subtotalMinor: goods,
    discountMinor: 0,
    taxMinor: 0,
    shippingMinor: 0,
    refundedMinor: 0,
    refundedAt: null,
    state: 'placed',
    test: false,
    channel: 'online',
  }
}
