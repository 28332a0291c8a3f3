import type { ErasureAction } from '../../core/customers/customer-store.ts'
import { numberArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'
import { removeIdentities } from './customer-identities.ts'
import { emailOf } from './identity-keys.ts'
import { expectErasures } from './pending-erasures.ts'

/**
 * Removes customers whom no order or refund names any more, inside a transaction that holds the account's lock, and notes
 * what is to become of their profiles. `asked`: identities that belong to them too, whether or not they are known.
 * @returns what they were recognised by, and their addresses with those asked for.
 */
export async function removeCustomers(
  client: Queryable,
  accountId: number,
  ids: readonly number[],
  { action, asked = [] }: { action: ErasureAction; asked?: readonly string[] },
): Promise<{ readonly identities: readonly string[]; readonly emails: readonly string[] }> {
  const identities = await removeIdentities(client, accountId, ids)
  const emails = [...new Set([...asked, ...identities].flatMap((key) => emailOf([key]) ?? []))]
  await expectErasures(client, accountId, emails, action)
  for (const table of ['customer_aggregates', 'dirty_customers', 'customers']) {
    await client.query(`delete from ${table} where account_id = $1 and customer_id = any($2::bigint[])`, [
      accountId,
      numberArray(ids),
    ])
  }
  return { identities, emails }
}
