import type { LockedAccount } from '../account.ts'
import { numberArray, textArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { insertCustomers, updateAddresses } from './customers.ts'
import { isShopIdSql } from './identity-keys.ts'
import { current, type KnownCustomer } from './known-customer.ts'
import { mergeCustomers } from './merges.ts'

/** The account whose records are resolved, inside a transaction that holds its lock. */
export interface Resolving {
  readonly accountId: number
  readonly timezone: string
  readonly locked: LockedAccount
}

/** Stores customers that this page is the first to know, and gives them their ids. */
export async function storeCreated(
  client: Queryable,
  accountId: number,
  created: readonly KnownCustomer[],
): Promise<void> {
  const lasting = created.filter((customer) => customer.mergedInto === null)
  const ids = await insertCustomers(client, accountId, lasting)
  for (const [index, customer] of lasting.entries()) customer.customerId = ids[index] ?? null
}

/** Merges stored customers as the page has found them to be one. */
export async function storeMerges(
  client: Queryable,
  { accountId, timezone, locked }: Resolving,
  merges: readonly (readonly [KnownCustomer, KnownCustomer])[],
): Promise<void> {
  const pairs = merges.flatMap(([from]) => {
    const into = current(from)
    return from.customerId === null || into?.customerId == null
      ? []
      : [{ from: from.customerId, into: into.customerId }]
  })
  if (pairs.length > 0) await mergeCustomers(client, { accountId, timezone, fresh: locked.fresh }, pairs)
}

/** Links new identities to their customers. */
export async function storeIdentities(
  client: Queryable,
  accountId: number,
  sourceId: number,
  linked: readonly (readonly [string, KnownCustomer])[],
): Promise<void> {
  if (linked.length === 0) return
  await client.query(
    `insert into customer_identities (account_id, identity, customer_id, told_by)
     select $1, key, customer_id, case when ${isShopIdSql('key')} then '{}' else array[$4::integer] end
     from unnest($2::text[], $3::bigint[]) as n (key, customer_id)`,
    [
      accountId,
      textArray(linked.map(([key]) => key)),
      numberArray(linked.map(([, customer]) => current(customer)?.customerId)),
      sourceId,
    ],
  )
}

/** Notes that a source has told, too, what others had told before. */
export async function storeTold(
  client: Queryable,
  accountId: number,
  sourceId: number,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return
  await client.query(
    'update customer_identities set told_by = told_by || $3::integer where account_id = $1 and identity = any ($2::text[])',
    [accountId, textArray(keys), sourceId],
  )
}

/** Stores the addresses that were heard last. */
export async function storeAddresses(
  client: Queryable,
  { accountId, timezone, locked }: Resolving,
  readdressed: Iterable<KnownCustomer>,
): Promise<void> {
  const customers = [...new Set([...readdressed].map((customer) => current(customer)))].flatMap((customer) =>
    customer?.customerId == null || customer.email === null
      ? []
      : [{ customerId: customer.customerId, email: customer.email, emailAt: customer.emailAt }],
  )
  await updateAddresses(client, { accountId, timezone, fresh: locked.fresh }, customers)
}
