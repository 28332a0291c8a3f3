import type { OrderCustomer } from '../../core/orders/order.ts'
import type { Queryable } from '../database.ts'
import { dropErased } from './erasures.ts'
import { emailOf, identityKeys } from './identity-keys.ts'
import { current, hear, type KnownCustomer, lastHeard, toKnown } from './known-customer.ts'
import { lookUpCustomers } from './look-up-customers.ts'
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

/** The customer of a record, and whether the record itself carried an address. */
export interface Resolved {
  readonly customerId: number | null
  readonly addressed: boolean
}

/** The customers of a page's records, in order. */
export interface ResolvedCustomers {
  readonly customers: readonly Resolved[]
  /** Settles when their identities and addresses are written. Records need not wait for that; their transaction must. */
  readonly linked: Promise<void>
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
): Promise<ResolvedCustomers> {
  const { accountId, locked } = account
  const keysOf = records.map((record) => identityKeys(record.customer, sourceId))
  if (locked.hasErasures) await dropErased(client, accountId, keysOf)
  if (keysOf.every((keys) => keys.length === 0)) {
    return { customers: keysOf.map(() => ANONYMOUS), linked: Promise.resolve() }
  }
  const { byIdentity, untold } = await lookUpCustomers(client, accountId, sourceId, keysOf)

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
  const customers = found.map((customer, index) => ({
    customerId: current(customer)?.customerId ?? null,
    addressed: emailOf(keysOf[index] ?? []) !== null,
  }))
  const stored = Promise.all([
    storeIdentities(client, accountId, sourceId, linked),
    storeTold(client, accountId, sourceId, untold),
    storeAddresses(client, account, readdressed),
  ])
  return { customers, linked: stored.then(() => undefined) }
}

const ANONYMOUS: Resolved = { customerId: null, addressed: false }

function create(created: KnownCustomer[]): KnownCustomer {
  const customer: KnownCustomer = toKnown(null)
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
    // Who had no address takes over the only one, or one of several: of those it is known when it was heard.
    if (oldest.email === null) oldest.emailAt = other.emailAt
    if (other.email !== null && (await hear(client, accountId, oldest, other.email, heardAt))) readdressed.add(oldest)
  }
  return oldest
}
