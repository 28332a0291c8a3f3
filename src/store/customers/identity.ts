import type { OrderCustomer } from '../../core/orders/order.ts'
import { textArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { dropErased } from './erasures.ts'
import { emailOf, identityKeys, isShopId } from './identity-keys.ts'
import { current, hear, type KnownCustomer, lastHeard } from './known-customer.ts'
import {
  type Resolving,
  storeAddresses,
  storeCreated,
  storeIdentities,
  storeMerges,
  storeTold,
} from './store-resolved.ts'

/** A record whose customer is to be found. */
export interface Identified {
  readonly customer: OrderCustomer | null
  /** When it was placed or given back: the newest record decides the address. */
  readonly at: Date
}

/**
 * Finds or creates the customer of each record, in order; null for anonymous ones. E-mail is the key across shops, the
 * shop's customer id links orders whose e-mail changed, a phone number counts only where there is neither. Two known
 * customers that meet in one record are merged into the older. Runs inside the page's transaction, which holds the
 * account's lock, so that two pulls never create one customer twice.
 */
export async function resolveCustomers(
  client: Queryable,
  account: Resolving,
  sourceId: number,
  records: readonly Identified[],
): Promise<Resolved[]> {
  const { accountId, locked } = account
  const keysOf = records.map((record) => identityKeys(record.customer, sourceId))
  if (locked.hasErasures) await dropErased(client, accountId, keysOf)
  if (keysOf.every((keys) => keys.length === 0)) return keysOf.map(() => ANONYMOUS)
  const { byIdentity, untold } = await lookUp(client, accountId, sourceId, keysOf)

  const created: KnownCustomer[] = []
  const linked: [key: string, customer: KnownCustomer][] = []
  const merges: [from: KnownCustomer, into: KnownCustomer][] = []
  const readdressed = new Set<KnownCustomer>()
  const found: (KnownCustomer | null)[] = []
  for (const [index, keys] of keysOf.entries()) {
    const record = records[index]
    if (keys.length === 0 || record === undefined) {
      found.push(null)
      continue
    }
    const known = [...new Set(keys.map((key) => current(byIdentity.get(key))).filter((one) => one !== null))]
    const customer =
      known.length < 2 ? (known[0] ?? create(created)) : await merge(client, accountId, known, merges, readdressed)
    for (const key of keys) {
      if (byIdentity.has(key)) continue
      byIdentity.set(key, customer)
      linked.push([key, customer])
    }
    const email = emailOf(keys)
    if (email !== null && (await hear(client, accountId, customer, email, record.at))) readdressed.add(customer)
    found.push(customer)
  }

  await storeCreated(client, accountId, created)
  await storeMerges(client, account, merges)
  // Who was created just now is stored with the address already.
  for (const customer of created) readdressed.delete(customer)
  await Promise.all([
    storeIdentities(client, accountId, sourceId, linked),
    storeTold(client, accountId, sourceId, untold),
    storeAddresses(client, account, readdressed),
  ])
  return found.map((customer, index) => ({
    customerId: current(customer)?.customerId ?? null,
    addressed: emailOf(keysOf[index] ?? []) !== null,
  }))
}

/** The customer of a record, and whether the record itself carried an address. */
export interface Resolved {
  readonly customerId: number | null
  readonly addressed: boolean
}

const ANONYMOUS: Resolved = { customerId: null, addressed: false }

function create(created: KnownCustomer[]): KnownCustomer {
  const customer: KnownCustomer = { customerId: null, email: null, emailAt: null, heardAt: null, mergedInto: null }
  created.push(customer)
  return customer
}

/** Merges several known customers into the oldest; the address that was heard last stays. */
async function merge(
  client: Queryable,
  accountId: number,
  known: readonly KnownCustomer[],
  merges: [KnownCustomer, KnownCustomer][],
  readdressed: Set<KnownCustomer>,
): Promise<KnownCustomer> {
  const age = (customer: KnownCustomer) => customer.customerId ?? Number.MAX_SAFE_INTEGER
  const oldest = known.reduce((a, b) => (age(b) < age(a) ? b : a))
  for (const other of known) {
    if (other === oldest) continue
    const heardAt = other.emailAt ?? (await lastHeard(client, accountId, other))
    other.mergedInto = oldest
    merges.push([other, oldest])
    if (other.email !== null && (await hear(client, accountId, oldest, other.email, heardAt))) readdressed.add(oldest)
  }
  return oldest
}

/**
 * The stored customers behind a page's identities, and which of these this source had not told yet. The planner's statistics lag behind a backfill, and know nothing of
 * an account that is new: it must be kept from reading whole tables, and from joining thousands as if they were one.
 */
async function lookUp(
  client: Queryable,
  accountId: number,
  sourceId: number,
  keysOf: string[][],
): Promise<{ byIdentity: Map<string, KnownCustomer>; untold: string[] }> {
  const wanted = [...new Set(keysOf.flat())]
  const [, { rows }] = await Promise.all([
    client.query('set local enable_seqscan = off'),
    client.query<{ key: string; customerId: number; email: string | null; emailAt: Date | null; told: boolean }>(
      `with known as materialized (
       select identity, customer_id, told_by from customer_identities where account_id = $1 and identity = any ($2::text[])
     )
     select known.identity as key, c.customer_id as "customerId", c.email, c.email_at as "emailAt",
       $3 = any (known.told_by) as told
     from known cross join lateral (
       select * from customers where account_id = $1 and customers.customer_id = known.customer_id offset 0
     ) c`,
      [accountId, textArray(wanted), sourceId],
    ),
  ])
  // Identities of one customer must share one object: merging and addressing change it.
  const byId = new Map<number, KnownCustomer>()
  const byIdentity = new Map<string, KnownCustomer>()
  for (const { key, customerId, email, emailAt } of rows) {
    const customer = byId.get(customerId) ?? { customerId, email, emailAt, heardAt: null, mergedInto: null }
    byId.set(customerId, customer)
    byIdentity.set(key, customer)
  }
  return { byIdentity, untold: rows.flatMap(({ key, told }) => (told || isShopId(key) ? [] : [key])) }
}
