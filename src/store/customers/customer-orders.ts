import type { RecordedOrder } from '../../core/customers/customer-record.ts'
import type { OrderComponents, OrderRefund } from '../../core/orders/order.ts'
import type { Queryable } from '../database.ts'

type OrderRow = Omit<RecordedOrder, keyof OrderComponents | 'refunds'> & {
  readonly components: OrderComponents
}

/** All orders of a customer with their refunds, oldest first. */
export async function loadCustomerOrders(
  client: Queryable,
  accountId: number,
  customerId: number,
): Promise<RecordedOrder[]> {
  // What the shop does not say is absent, as in the order it gave: hence JSON.
  const { rows } = await client.query<OrderRow>(
    `select s.key as source, o.external_id as "externalId", o.placed_at as "placedAt", o.currency,
       o.total_minor as "totalMinor", o.refunded_minor as "refundedMinor", o.state, o.test, o.channel,
       jsonb_strip_nulls(jsonb_build_object('subtotalMinor', o.subtotal_minor, 'discountMinor', o.discount_minor,
         'taxMinor', o.tax_minor, 'shippingMinor', o.shipping_minor, 'tipMinor', o.tip_minor,
         'dutiesMinor', o.duties_minor, 'giftCardMinor', o.gift_card_minor)) as components
     from orders o join sources s using (account_id, source_id)
     where o.account_id = $1 and o.customer_id = $2 order by o.placed_at, s.key, o.external_id`,
    [accountId, customerId],
  )
  const refunds = await loadOrderRefunds(client, accountId, customerId)
  return rows.map(({ components, ...order }) => ({
    ...order,
    ...components,
    refunds: refunds.get(orderKey(order.source, order.externalId)) ?? [],
  }))
}

async function loadOrderRefunds(
  client: Queryable,
  accountId: number,
  customerId: number,
): Promise<ReadonlyMap<string, readonly OrderRefund[]>> {
  const { rows } = await client.query<OrderRefund & { source: string; order: string }>(
    `select s.key as source, o.external_id as order, r.external_id as "externalId", r.refunded_at as "refundedAt",
       r.amount_minor as "amountMinor"
     from orders o
     join refunds r on r.account_id = o.account_id and r.source_id = o.source_id and r.order_external_id = o.external_id
     join sources s on s.account_id = o.account_id and s.source_id = o.source_id
     where o.account_id = $1 and o.customer_id = $2 and o.refunds_fingerprint is not null
     order by r.refunded_at, r.external_id`,
    [accountId, customerId],
  )
  const byOrder = new Map<string, OrderRefund[]>()
  for (const { source, order, ...refund } of rows) {
    const key = orderKey(source, order)
    byOrder.set(key, [...(byOrder.get(key) ?? []), refund])
  }
  return byOrder
}

function orderKey(source: string, externalId: string): string {
  return JSON.stringify([source, externalId])
}
