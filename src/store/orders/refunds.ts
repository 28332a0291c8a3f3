import { createHash } from 'node:crypto'
import type { CustomerRefund, OrderRefund, SourceOrder } from '../../core/orders/order.ts'
import { booleanArray, instantArray, numberArray, textArray } from '../arrays.ts'
import type { Resolved } from '../customers/identity.ts'
import type { Queryable } from '../database.ts'
import { markComparedSql } from './mark-compared.ts'

/** Identifies a list of refunds whatever its order (a UUID); null for none. */
export function refundsFingerprint(refunds: readonly OrderRefund[]): string | null {
  if (refunds.length === 0) return null
  const lines = refunds.map((refund) => `${refund.externalId}|${refund.refundedAt.getTime()}|${refund.amountMinor}`)
  return createHash('md5').update(lines.sort().join('\n')).digest('hex')
}

/** Replaces the refunds of the orders that changed (`true`: they were known before); the others' are as they were. */
export async function saveOrderRefunds(
  client: Queryable,
  accountId: number,
  sourceId: number,
  orders: readonly SourceOrder[],
  changed: ReadonlyMap<string, boolean>,
): Promise<void> {
  const known = [...changed].filter(([, wasKnown]) => wasKnown).map(([id]) => id)
  const refunds = orders
    .filter((order) => changed.has(order.externalId))
    .flatMap((order) => order.refunds.map((refund) => ({ order, refund })))
  await Promise.all([
    known.length > 0 &&
      client.query(
        `delete from refunds where account_id = $1 and source_id = $2 and order_external_id = any ($3::text[])`,
        [accountId, sourceId, textArray(known)],
      ),
    refunds.length > 0 && insertOrderRefunds(client, accountId, sourceId, refunds),
  ])
}

async function insertOrderRefunds(
  client: Queryable,
  accountId: number,
  sourceId: number,
  refunds: readonly { order: SourceOrder; refund: OrderRefund }[],
): Promise<void> {
  await client.query(
    `insert into refunds
       (account_id, source_id, order_external_id, external_id, refunded_at, updated_at, amount_minor, currency)
     select $1, $2, o, e, to_timestamp(r / 1000.0), to_timestamp(u / 1000.0), a, c
     from unnest($3::text[], $4::text[], $5::float8[], $6::float8[], $7::bigint[], $8::text[]) as t (o, e, r, u, a, c)`,
    [
      accountId,
      sourceId,
      textArray(refunds.map(({ order }) => order.externalId)),
      textArray(refunds.map(({ refund }) => refund.externalId)),
      instantArray(refunds.map(({ refund }) => refund.refundedAt)),
      instantArray(refunds.map(({ order }) => order.updatedAt)),
      numberArray(refunds.map(({ refund }) => refund.amountMinor)),
      textArray(refunds.map(({ order }) => order.currency)),
    ],
  )
}

/** Saves refunds that name no order and marks their customers and months dirty. @returns how many were new or different. */
export async function saveCustomerRefunds(
  client: Queryable,
  accountId: number,
  timezone: string,
  sourceId: number,
  refunds: readonly CustomerRefund[],
  customers: readonly Resolved[],
): Promise<number> {
  if (refunds.length === 0) return 0
  const { rows } = await client.query<{ count: number }>(UPSERT, [
    accountId,
    sourceId,
    timezone,
    textArray(refunds.map((refund) => refund.externalId)),
    numberArray(customers.map(({ customerId }) => customerId)),
    instantArray(refunds.map((refund) => refund.refundedAt)),
    instantArray(refunds.map((refund) => refund.updatedAt)),
    numberArray(refunds.map((refund) => refund.amountMinor)),
    textArray(refunds.map((refund) => refund.currency)),
    booleanArray(customers.map(({ addressed }) => addressed)),
  ])
  return rows[0]?.count ?? 0
}

// The same form as the upsert of orders, for the same reasons.
const UPSERT = `
with incoming as materialized (
  select external_id, customer_id, to_timestamp(refunded_ms / 1000.0) as refunded_at,
    to_timestamp(updated_ms / 1000.0) as updated_at, amount_minor, currency, addressed
  from unnest($4::text[], $5::bigint[], $6::float8[], $7::float8[], $8::bigint[], $9::text[], $10::boolean[])
    as t (external_id, customer_id, refunded_ms, updated_ms, amount_minor, currency, addressed)
),
compared as materialized (
  select n.*, stored.external_id is not null as known, stored.place,
    stored.customer_id as former_customer_id, stored.refunded_at as former_refunded_at
  from incoming n left join lateral (
    select r.ctid as place, r.* from refunds r
    where r.account_id = $1 and r.source_id = $2 and r.order_external_id = '' and r.external_id = n.external_id offset 0
  ) stored on true
  where stored.external_id is null
    or (n.updated_at >= stored.updated_at
      and (n.customer_id, n.refunded_at, n.updated_at, n.amount_minor, n.currency, n.addressed) is distinct from
        (stored.customer_id, stored.refunded_at, stored.updated_at, stored.amount_minor, stored.currency, stored.addressed))
),
inserted as (
  insert into refunds
    (account_id, source_id, order_external_id, external_id, customer_id, refunded_at, updated_at, amount_minor, currency, addressed)
  select $1, $2, '', external_id, customer_id, refunded_at, updated_at, amount_minor, currency, addressed
  from compared where not known
),
updated as (
  update refunds r set customer_id = n.customer_id, refunded_at = n.refunded_at, updated_at = n.updated_at,
    amount_minor = n.amount_minor, currency = n.currency, addressed = n.addressed
  from compared n
  where n.known and r.account_id = $1 and r.ctid = n.place
),
${markComparedSql('refunded_at', '$3')}
select count(*)::integer as count from compared`
