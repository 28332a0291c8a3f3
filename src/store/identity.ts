import { createHash } from 'node:crypto'
import type { OrderCustomer } from '../core/order.ts'
import type { LockedAccount } from './account.ts'
import { numberArray, textArray } from './arrays.ts'
import { type Address, insertCustomers, isNewer, updateAddresses } from './customers.ts'
import type { Queryable } from './database.ts'
import { emailOf, identityKeys, kindOf, textOf } from './identity-keys.ts'
import { mergeCustomers } from './merges.ts'

/** A record whose customer is to be found. */
export interface Identified {
  readonly customer: OrderCustomer | null
  /** When it was placed or given back: the newest record decides the address. */
  readonly at: Date
}

/** A customer as this process knows it. The stored address may be newer, when another process wrote it. */
interface KnownCustomer {
  /** Null until it is stored. */
  customerId: number | null
  address: Address | null
  mergedInto: KnownCustomer | null
}

/** Identities looked up before, kept between pages. Only merges and erasures change where one points; they raise the version. */
export interface IdentityCache {
  version: number
  readonly byIdentity: Map<string, KnownCustomer>
  /** Identities of one customer share one object: merging and addressing change it. */
  readonly byId: Map<number, KnownCustomer>
}

/** Creates an empty cache: one per account and process. */
export function createIdentityCache(): IdentityCache {
  return { version: -1, byIdentity: new Map(), byId: new Map() }
}

/** Empties a cache; needed after a rolled-back page, whose new customers never came to be. */
export function clearIdentityCache(cache: IdentityCache): void {
  cache.byIdentity.clear()
  cache.byId.clear()
}

const CACHE_LIMIT = 250_000

/** The account whose records are resolved, inside a transaction that holds its lock. */
interface Resolving {
  readonly accountId: number
  readonly timezone: string
  readonly locked: LockedAccount
}

/**
 * Finds or creates the customer of each record, in order; null for anonymous ones. E-mail is the key across shops, the
 * shop's customer id links orders whose e-mail changed, a phone number counts only where there is neither. Two known
 * customers that meet in one record are merged into the older. Runs inside the page's transaction, which holds the
 * account's lock, so that two pulls never create one customer twice.
 */
export async function resolveCustomers(
  client: Queryable,
  cache: IdentityCache,
  account: Resolving,
  sourceId: number,
  records: readonly Identified[],
): Promise<(number | null)[]> {
  const { accountId, locked } = account
  const keysOf = records.map((record) => identityKeys(record.customer, sourceId))
  if (keysOf.every((keys) => keys.length === 0)) return keysOf.map(() => null)
  if (locked.hasErasures) await dropErased(client, accountId, keysOf)
  refreshCache(cache, locked.identityVersion)
  await lookUp(client, cache, accountId, keysOf)

  const created: KnownCustomer[] = []
  const linked: [key: string, customer: KnownCustomer][] = []
  const merges: [from: KnownCustomer, into: KnownCustomer][] = []
  const heardFrom = new Set<KnownCustomer>()
  const found: (KnownCustomer | null)[] = []
  for (const [index, keys] of keysOf.entries()) {
    const record = records[index]
    if (keys.length === 0 || record === undefined) {
      found.push(null)
      continue
    }
    const known = [...new Set(keys.map((key) => current(cache.byIdentity.get(key))).filter((one) => one !== null))]
    const customer = known.length < 2 ? (known[0] ?? create(created)) : merge(known, merges)
    for (const key of keys) {
      if (cache.byIdentity.has(key)) continue
      cache.byIdentity.set(key, customer)
      linked.push([key, customer])
    }
    const email = emailOf(keys)
    const heard = email !== null && hear(customer, { email, at: record.at })
    if (customer.customerId !== null && (heard || known.length > 1)) heardFrom.add(customer)
    found.push(customer)
  }

  await storeCreated(client, cache, accountId, created)
  await storeMerges(client, account, merges)
  await storeIdentities(client, accountId, linked)
  await storeAddresses(client, account, heardFrom)
  const ids = found.map((customer) => current(customer)?.customerId ?? null)
  if (merges.length > 0) clearIdentityCache(cache)
  return ids
}

function current<T extends KnownCustomer | null | undefined>(customer: T): KnownCustomer | null {
  let at: KnownCustomer | null = customer ?? null
  while (at?.mergedInto) at = at.mergedInto
  return at
}

function create(created: KnownCustomer[]): KnownCustomer {
  const customer: KnownCustomer = { customerId: null, address: null, mergedInto: null }
  created.push(customer)
  return customer
}

/** Merges several known customers into the oldest; the address that was heard last stays. */
function merge(known: readonly KnownCustomer[], merges: [KnownCustomer, KnownCustomer][]): KnownCustomer {
  const age = (customer: KnownCustomer) => customer.customerId ?? Number.MAX_SAFE_INTEGER
  const oldest = known.reduce((a, b) => (age(b) < age(a) ? b : a))
  for (const other of known) {
    if (other === oldest) continue
    other.mergedInto = oldest
    merges.push([other, oldest])
    if (other.address !== null) hear(oldest, other.address)
  }
  return oldest
}

/** @returns whether this address is news. */
function hear(customer: KnownCustomer, address: Address): boolean {
  if (!isNewer(address, customer.address)) return false
  customer.address = address
  return true
}

/** Orders that carry an erased address stay anonymous: an erased person is never created again. */
async function dropErased(client: Queryable, accountId: number, keysOf: string[][]): Promise<void> {
  const { rows } = await client.query<{ hash: string }>(
    "select encode(email_sha256, 'hex') as hash from erasures where account_id = $1",
    [accountId],
  )
  const erased = new Set(rows.map((row) => row.hash))
  for (const keys of keysOf) {
    const email = emailOf(keys)
    if (email !== null && erased.has(createHash('sha256').update(email).digest('hex'))) keys.length = 0
  }
}

function refreshCache(cache: IdentityCache, version: number): void {
  if (version !== cache.version || cache.byIdentity.size > CACHE_LIMIT) clearIdentityCache(cache)
  cache.version = version
}

async function lookUp(client: Queryable, cache: IdentityCache, accountId: number, keysOf: string[][]): Promise<void> {
  const unknown = [...new Set(keysOf.flat())].filter((key) => !cache.byIdentity.has(key))
  if (unknown.length === 0) return
  const { rows } = await client.query<{ key: string; customerId: number; email: string | null; emailAt: Date | null }>(
    `select i.kind || E'\\n' || i.value as key, c.customer_id as "customerId", c.email, c.email_at as "emailAt"
     from unnest($2::text[], $3::text[]) as wanted (kind, value)
     cross join lateral (
       select * from customer_identities
       where account_id = $1 and customer_identities.kind = wanted.kind and customer_identities.value = wanted.value offset 0
     ) i
     cross join lateral (
       select * from customers where account_id = $1 and customers.customer_id = i.customer_id offset 0
     ) c`,
    [accountId, textArray(unknown.map(kindOf)), textArray(unknown.map(textOf))],
  )
  for (const { key, customerId, email, emailAt } of rows) {
    const address = email === null || emailAt === null ? null : { email, at: emailAt }
    const customer = cache.byId.get(customerId) ?? { customerId, address, mergedInto: null }
    cache.byId.set(customerId, customer)
    cache.byIdentity.set(key, customer)
  }
}

async function storeCreated(
  client: Queryable,
  cache: IdentityCache,
  accountId: number,
  created: readonly KnownCustomer[],
): Promise<void> {
  const lasting = created.filter((customer) => customer.mergedInto === null)
  const ids = await insertCustomers(
    client,
    accountId,
    lasting.map((customer) => customer.address),
  )
  for (const [index, customer] of lasting.entries()) {
    const customerId = ids[index]
    if (customerId === undefined) continue
    customer.customerId = customerId
    cache.byId.set(customerId, customer)
  }
}

async function storeMerges(
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

async function storeIdentities(
  client: Queryable,
  accountId: number,
  linked: readonly (readonly [string, KnownCustomer])[],
): Promise<void> {
  if (linked.length === 0) return
  await client.query(
    `insert into customer_identities (account_id, kind, value, customer_id)
     select $1, * from unnest($2::text[], $3::text[], $4::bigint[])`,
    [
      accountId,
      textArray(linked.map(([key]) => kindOf(key))),
      textArray(linked.map(([key]) => textOf(key))),
      numberArray(linked.map(([, customer]) => current(customer)?.customerId)),
    ],
  )
}

async function storeAddresses(
  client: Queryable,
  { accountId, timezone, locked }: Resolving,
  heardFrom: Iterable<KnownCustomer>,
): Promise<void> {
  const customers = [...new Set([...heardFrom].map((customer) => current(customer)))].flatMap((customer) =>
    customer?.customerId == null || customer.address === null
      ? []
      : [{ customerId: customer.customerId, address: customer.address }],
  )
  await updateAddresses(client, { accountId, timezone, fresh: locked.fresh }, customers)
}
