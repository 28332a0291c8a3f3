import { BugError } from '../../core/errors.ts'
import type { Queryable } from '../database.ts'
import { addIdentity, findCustomers } from './customer-identities.ts'
import { type Address, isNewer, updateAddresses } from './customers.ts'
import { dropErased } from './erasures.ts'
import { lastHeard } from './known-customer.ts'
import { loadCustomers } from './look-up-customers.ts'
import { mergeCustomers } from './merges.ts'

type StoredCustomer = Awaited<ReturnType<typeof loadCustomers>>[number]

/**
 * Makes one customer of those that a shop knew under two ids, inside a transaction that holds the account's lock: the
 * older stays, with the address that was heard last. An id nobody is known by yet becomes a second one of the other's.
 * @returns whether there were two.
 */
export async function mergeByShopIds(
  client: Queryable,
  account: { accountId: number; timezone: string; fresh: boolean },
  keptKey: string,
  goneKey: string,
): Promise<boolean> {
  const { accountId } = account
  const erasable = [[keptKey, goneKey]]
  await dropErased(client, accountId, erasable)
  if (erasable[0]?.length === 0) return false
  const known = await findCustomers(client, accountId, [keptKey, goneKey])
  const kept = known.get(keptKey)
  const gone = known.get(goneKey)
  if (kept === undefined || gone === undefined) {
    const only = kept ?? gone
    if (only !== undefined) await addIdentity(client, accountId, kept === undefined ? keptKey : goneKey, only)
    return false
  }
  if (kept === gone) return false
  const [into, from] = await loadCustomers(client, accountId, [kept, gone])
  if (into === undefined || from === undefined) throw new BugError('an identity belongs to a customer who is not there')
  const { email, emailAt } = await newerAddress(client, accountId, into, from)
  await mergeCustomers(client, account, [{ from: from.customerId, into: into.customerId }])
  await updateAddresses(client, account, [{ customerId: into.customerId, email, emailAt }])
  return true
}

/** The newest record decides; to compare, both need a date. */
async function newerAddress(
  client: Queryable,
  accountId: number,
  a: StoredCustomer,
  b: StoredCustomer,
): Promise<Address> {
  if (a.email === null || b.email === null) return a.email === null ? b : a
  const left = { email: a.email, at: a.emailAt ?? (await lastHeard(client, accountId, a)) }
  const right = { email: b.email, at: b.emailAt ?? (await lastHeard(client, accountId, b)) }
  const newer = isNewer(right, left) ? right : left
  return { email: newer.email, emailAt: newer.at }
}
