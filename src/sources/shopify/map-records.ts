import type { Mapped } from '../../reading/feed.ts'
import type { ShopifyClient } from './client.ts'
import { mapOrder } from './map.ts'
import { fetchMore } from './order-more.ts'
import type { ShopifyRecord } from './record.ts'
import type { ShopifySourceConfig } from './schema.ts'

/** One outcome per record, in order; asks for refunds and gift cards where there may be any. */
export async function mapRecords(
  client: ShopifyClient,
  { states }: Pick<ShopifySourceConfig, 'states'>,
  records: readonly ShopifyRecord[],
  signal: AbortSignal,
): Promise<Mapped[]> {
  const more = await fetchMore(client, records, signal)
  return records.map((record) => {
    const found = more.get(record.externalId)
    // It left the shop between the page and the second look.
    if (found === undefined) return { kind: 'none', externalId: record.externalId }
    return mapOrder(record, found, states)
  })
}
