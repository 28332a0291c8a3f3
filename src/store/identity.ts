import { createHash } from 'node:crypto'
import { isEmail, normalizeEmail } from '../core/email.ts'
import type { OrderCustomer } from '../core/order.ts'
import { toE164 } from '../core/phone.ts'
import type { LockedAccount } from './account.ts'
import { numberArray, textArray } from './arrays.ts'
import type { Queryable } from './database.ts'
import { mergeCustomers } from './merges.ts'

/** A record whose customer is to be found. */
export interface Identified {
  readonly customer: OrderCustomer | null
  /** When it was placed or given back: the newest record decides the address. */
  readonly at: Date
}

/** A customer as this process knows it. `emailAt` null: only one address was ever seen. */
interface KnownCustomer {
  customerId: number | null
  email: string | null
  emailAt: Date | null
  /** Newest record met in this page, so that a second address is compared with it. */
  seenAt: Date | null
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
const SEPARATOR = '\n'

/**
 * Finds or creates the customer of each record, in order; null for anonymous ones. E-mail is the key across shops, the
 * shop's customer id links orders whose e-mail changed, a phone number counts only where there is neither. Two known
 * customers that meet in one record are merged into the older. Runs inside the page's transaction, which holds the
 * account's lock, so that two pulls never create one customer twice.
 */
export async function resolveCustomers(
  client: Queryable,
  cache: IdentityCache,
  { accountId, timezone, locked }: { accountId: number; timezone: string; locked: LockedAccount },
  sourceId: number,
  records: readonly Identified[],
): Promise<(number | null)[]> {
  const keysOf = records.map((record) => identityKeys(record.customer, sourceId))
  if (keysOf.every((keys) => keys.length === 0)) return keysOf.map(() => null)
  if (locked.hasErasures) await dropErased(client, accountId, keysOf)
  refreshCache(cache, locked.identityVersion)
  await lookUp(client, cache, accountId, keysOf)

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
    const known = [...new Set(keys.map((key) => current(cache.byIdentity.get(key))).filter((one) => one !== null))]
    const customer = known.length < 2 ? (known[0] ?? create(created)) : await merge(client, accountId, known, merges)
    for (const key of keys) {
      if (cache.byIdentity.has(key)) continue
      cache.byIdentity.set(key, customer)
      linked.push([key, customer])
    }
    const changed = await address(client, accountId, customer, emailOf(keys), record.at)
    if (changed && (customer.customerId !== null || customer.emailAt !== null)) readdressed.add(customer)
    found.push(customer)
  }

  await storeCreated(client, accountId, created)
  for (const customer of created) if (customer.customerId !== null) cache.byId.set(customer.customerId, customer)
  await storeMerges(client, accountId, timezone, merges)
  await storeIdentities(client, accountId, linked)
  await storeAddresses(client, accountId, readdressed)
  for (const customer of found) if (customer !== null) customer.seenAt = null
  const ids = found.map((customer) => current(customer)?.customerId ?? null)
  if (merges.length > 0) clearIdentityCache(cache)
  return ids
}

function identityKeys(customer: OrderCustomer | null, sourceId: number): string[] {
  if (customer === null) return []
  const keys: string[] = []
  const email = customer.email === undefined ? '' : normalizeEmail(customer.email)
  if (isEmail(email)) keys.push(`email${SEPARATOR}${email}`)
  const shopId = customer.externalId?.trim() ?? ''
  if (shopId !== '') keys.push(`shop:${sourceId}${SEPARATOR}${shopId}`)
  if (keys.length > 0 || customer.phone === undefined) return keys
  const phone = toE164(customer.phone, customer.country)
  return phone === null ? [] : [`phone${SEPARATOR}${phone}`]
}

function emailOf(keys: readonly string[]): string | null {
  const key = keys.find((candidate) => candidate.startsWith(`email${SEPARATOR}`))
  return key === undefined ? null : valueOf(key)
}

const kindOf = (key: string) => key.slice(0, key.indexOf(SEPARATOR))
const valueOf = (key: string) => key.slice(key.indexOf(SEPARATOR) + 1)

function current<T extends KnownCustomer | null | undefined>(customer: T): KnownCustomer | null {
  let at: KnownCustomer | null = customer ?? null
  while (at?.mergedInto) at = at.mergedInto
  return at
}

function create(created: KnownCustomer[]): KnownCustomer {
  const customer: KnownCustomer = { customerId: null, email: null, emailAt: null, seenAt: null, mergedInto: null }
  created.push(customer)
  return customer
}

/** Merges several known customers into the oldest; the address that was seen last stays. */
async function merge(
  client: Queryable,
  accountId: number,
  known: readonly KnownCustomer[],
  merges: [KnownCustomer, KnownCustomer][],
): Promise<KnownCustomer> {
  const age = (customer: KnownCustomer) => customer.customerId ?? Number.MAX_SAFE_INTEGER
  const oldest = known.reduce((a, b) => (age(b) < age(a) ? b : a))
  for (const other of known) {
    if (other === oldest) continue
    const seen = other.emailAt ?? (await lastSeen(client, accountId, other))
    oldest.emailAt ??= await lastSeen(client, accountId, oldest)
    other.mergedInto = oldest
    merges.push([other, oldest])
    await address(client, accountId, oldest, other.email, seen)
  }
  return oldest
}

/**
 * Lets the newest record decide a customer's address (on a tie the greater address, so that the order of reading does
 * not matter). @returns whether the stored customer changes.
 */
async function address(
  client: Queryable,
  accountId: number,
  customer: KnownCustomer,
  email: string | null,
  at: Date,
): Promise<boolean> {
  if (email === null) return false
  if (customer.email === null || (customer.email === email && customer.emailAt === null)) {
    const changed = customer.email === null
    customer.email = email
    if (customer.seenAt === null || at > customer.seenAt) customer.seenAt = at
    return changed
  }
  customer.emailAt ??= await lastSeen(client, accountId, customer)
  const newer = at > customer.emailAt || (at.getTime() === customer.emailAt.getTime() && email > customer.email)
  if (newer) {
    customer.email = email
    customer.emailAt = at
  }
  return true
}

async function lastSeen(client: Queryable, accountId: number, customer: KnownCustomer): Promise<Date> {
  const { rows } = await client.query<{ at: Date | null }>(
    'select max(placed_at) as at from orders where account_id = $1 and customer_id = $2',
    [accountId, customer.customerId],
  )
  const stored = rows[0]?.at ?? new Date(0)
  return customer.seenAt !== null && customer.seenAt > stored ? customer.seenAt : stored
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
    [accountId, textArray(unknown.map(kindOf)), textArray(unknown.map(valueOf))],
  )
  for (const { key, customerId, email, emailAt } of rows) {
    const customer = cache.byId.get(customerId) ?? { customerId, email, emailAt, seenAt: null, mergedInto: null }
    cache.byId.set(customerId, customer)
    cache.byIdentity.set(key, customer)
  }
}

async function storeCreated(client: Queryable, accountId: number, created: readonly KnownCustomer[]): Promise<void> {
  const lasting = created.filter((customer) => customer.mergedInto === null)
  if (lasting.length === 0) return
  const { rows } = await client.query<{ id: number }>(
    `select nextval('customers_customer_id_seq') as id from generate_series(1, $1)`,
    [lasting.length],
  )
  for (const [index, customer] of lasting.entries()) customer.customerId = rows[index]?.id ?? null
  await client.query(
    `insert into customers (account_id, customer_id, email)
     select $1, * from unnest($2::bigint[], $3::text[])`,
    [accountId, numberArray(lasting.map((c) => c.customerId)), textArray(lasting.map((c) => c.email))],
  )
}

async function storeMerges(
  client: Queryable,
  accountId: number,
  timezone: string,
  merges: readonly (readonly [KnownCustomer, KnownCustomer])[],
): Promise<void> {
  const pairs = merges.flatMap(([from]) => {
    const into = current(from)
    return from.customerId === null || into?.customerId == null
      ? []
      : [{ from: from.customerId, into: into.customerId }]
  })
  if (pairs.length === 0) return
  await mergeCustomers(client, accountId, timezone, pairs)
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
      textArray(linked.map(([key]) => valueOf(key))),
      numberArray(linked.map(([, customer]) => current(customer)?.customerId)),
    ],
  )
}

/** Stores changed addresses and marks their customers dirty: the profile under the old address is to be cleared. */
async function storeAddresses(client: Queryable, accountId: number, customers: Iterable<KnownCustomer>): Promise<void> {
  const moved = [...new Set([...customers].map((customer) => current(customer)))].filter(
    (customer) => customer !== null,
  )
  if (moved.length === 0) return
  await client.query(
    `with changed as (
       update customers c set email = n.email, email_at = to_timestamp(n.at / 1000.0)
       from unnest($2::bigint[], $3::text[], $4::float8[]) as n (customer_id, email, at)
       where c.account_id = $1 and c.customer_id = n.customer_id
         and (c.email, c.email_at) is distinct from (n.email, to_timestamp(n.at / 1000.0))
       returning c.customer_id
     )
     insert into dirty_customers (account_id, customer_id) select $1, customer_id from changed
     on conflict do nothing`,
    [
      accountId,
      numberArray(moved.map((c) => c.customerId)),
      textArray(moved.map((c) => c.email)),
      numberArray(moved.map((c) => c.emailAt?.getTime())),
    ],
  )
}
