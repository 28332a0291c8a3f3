import type { PrestashopClient, Read } from './client.ts'
import { groupFields, type OrderRow, orderRow } from './wire.ts'

/** Rows of the shop that are one order to its buyer, in the order of their ids. */
export type OrderGroup = readonly [Read<OrderRow>, ...Read<OrderRow>[]]

/** What is asked of every order. Associations would cost the shop a query each. */
export const ORDER_FIELDS =
  '[id,id_cart,id_customer,id_currency,current_state,valid,reference,date_add,date_upd,total_paid_tax_incl,' +
  'total_paid_tax_excl,total_products,total_discounts_tax_excl,total_shipping_tax_excl]'

/**
 * The orders that these rows belong to, each whole: parts that are not among the rows are fetched. Parts of one order
 * come from one cart and share its reference; a reference alone may repeat in imported data.
 */
export async function fetchGroups(
  client: PrestashopClient,
  rows: readonly Read<OrderRow>[],
  signal: AbortSignal,
): Promise<readonly OrderGroup[]> {
  const carts = rows.flatMap((row) => groupFields.safeParse(row).data?.id_cart ?? [])
  const siblings = await client.listBy(
    'orders',
    orderRow,
    { field: 'id_cart', ids: carts, query: { display: ORDER_FIELDS } },
    signal,
  )
  // As read last: a sibling may be one of the rows, changed since.
  const latest = new Map([...rows, ...siblings].map((row) => [row.id, row]))
  const wanted = new Set(rows.map(groupKey))
  const groups = Map.groupBy(latest.values(), groupKey)
  return [...groups].flatMap(([key, parts]) => (wanted.has(key) ? toGroup(parts) : []))
}

/** Each row by itself. */
export function toSingleGroups(rows: readonly Read<OrderRow>[]): readonly OrderGroup[] {
  return rows.map((row) => [row])
}

function groupKey(row: OrderRow): string {
  const fields = groupFields.safeParse(row).data
  return fields === undefined || fields.id_cart === null || fields.reference === ''
    ? `order ${row.id}`
    : `cart ${fields.id_cart} ${fields.reference}`
}

function toGroup(parts: readonly Read<OrderRow>[]): readonly OrderGroup[] {
  const [first, ...others] = parts.toSorted((a, b) => Number(a.id) - Number(b.id))
  return first === undefined ? [] : [[first, ...others]]
}
