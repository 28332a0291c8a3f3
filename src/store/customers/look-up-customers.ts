import { numberArray, textArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import type { Address } from './customers.ts'
import { emailOf, isShopIdSql } from './identity-keys.ts'
import { type KnownCustomer, toKnown } from './known-customer.ts'

/** The stored customers behind the identities of a page. */
export interface FoundCustomers {
  /** By identity; those of one customer share one object, since merging and addressing change it. */
  readonly byIdentity: Map<string, KnownCustomer>
  /** Identities that others had told, and this source had not yet. */
  readonly untold: readonly string[]
}

/**
 * Finds the stored customers of a page's records by their identities. Whoever had one address only is not read, since the
 * identity tells it: a customer found by a shop's id or a phone number alone may stand here without the address that the
 * ledger has. Whomever a record links or merges is read as a whole.
 */
export async function lookUpCustomers(
  client: Queryable,
  accountId: number,
  sourceId: number,
  keysOf: readonly (readonly string[])[],
): Promise<FoundCustomers> {
  const keys = [...new Set(keysOf.flat())]
  const [, { rows }] = await Promise.all([
    client.query(ONE_BY_ONE),
    client.query<FoundRow>(FIND, [accountId, textArray(keys), sourceId]),
  ])
  const ids = rows[0]?.ids.split(',') ?? []
  const byId = new Map<string, KnownCustomer>()
  const byIdentity = new Map<string, KnownCustomer>()
  for (const [index, key] of keys.entries()) {
    const id = ids[index] ?? ''
    if (id === '') continue
    const customer = byId.get(id) ?? toKnown(Number(id))
    customer.email ??= emailOf([key])
    byId.set(id, customer)
    byIdentity.set(key, customer)
  }
  for (const [id, email, emailAtMs] of rows[0]?.addressedAgain ?? []) {
    const customer = byId.get(String(id))
    if (customer !== undefined) Object.assign(customer, { email, emailAt: new Date(emailAtMs) })
  }
  const linking = keysOf.flatMap((keys) => linkedBy(keys, byIdentity))
  for (const { customerId, email, emailAt } of await loadCustomers(client, accountId, [...new Set(linking)])) {
    const customer = byId.get(String(customerId))
    if (customer !== undefined) Object.assign(customer, { email, emailAt })
  }
  return { byIdentity, untold: rows[0]?.untold ?? [] }
}

/** Stored customers by id, the oldest first. */
export async function loadCustomers(
  client: Queryable,
  accountId: number,
  customerIds: readonly number[],
): Promise<(KnownCustomer & { customerId: number })[]> {
  if (customerIds.length === 0) return []
  const { rows } = await client.query<Address & { customerId: number }>(
    `select customer_id as "customerId", email, email_at as "emailAt" from customers
     where account_id = $1 and customer_id = any($2::bigint[]) order by customer_id`,
    [accountId, numberArray(customerIds)],
  )
  return rows.map(({ customerId, ...address }) => toKnown(customerId, address))
}

/** The ids of the stored customers of a record whose two identities do not name the same one. */
function linkedBy(keys: readonly string[], byIdentity: ReadonlyMap<string, KnownCustomer>): number[] {
  const [first, second] = keys
  if (first === undefined || second === undefined) return []
  const ids = [byIdentity.get(first)?.customerId, byIdentity.get(second)?.customerId]
  return ids[0] === ids[1] ? [] : ids.filter((id) => typeof id === 'number')
}

interface FoundRow {
  /** Of each identity in order, joined by commas; nothing between two: unknown. Rows of their own take ten times as long. */
  readonly ids: string
  readonly untold: string[] | null
  readonly addressedAgain: [customerId: number, email: string, emailAtMs: number][] | null
}

/**
 * The planner's statistics lag behind a backfill, and know nothing of an account that is new: it must be kept from reading
 * whole tables, and from making a bitmap for every single identity, which takes twice as long. Holds until the page is saved.
 */
const ONE_BY_ONE = 'set local enable_seqscan = off; set local enable_bitmapscan = off'

const FIND = `
with known as materialized (
  select w.position, w.identity, found.customer_id, found.told_by
  from unnest($2::text[]) with ordinality as w (identity, position)
  left join lateral (
    select i.customer_id, i.told_by from customer_identities i where i.account_id = $1 and i.identity = w.identity offset 0
  ) found on true
)
select coalesce(string_agg(coalesce(customer_id::text, ''), ',' order by position), '') as ids,
  array_agg(identity) filter (where $3 <> all (told_by) and not ${isShopIdSql('identity')}) as untold,
  (
    select json_agg(json_build_array(again.customer_id, again.email, extract(epoch from again.email_at) * 1000))
    from (select distinct customer_id from known where customer_id is not null) one
    cross join lateral (
      select c.customer_id, c.email, c.email_at from customers c
      where c.account_id = $1 and c.customer_id = one.customer_id and c.email_at is not null offset 0
    ) again
  ) as "addressedAgain"
from known`
