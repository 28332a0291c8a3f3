import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'

/** Whether anything was ever read for an account. */
export async function hasOrders(db: Queryable, { accountId }: LedgerAccount): Promise<boolean> {
  const { rows } = await db.query<{ some: boolean }>(
    'select exists (select from orders where account_id = $1) as some',
    [accountId],
  )
  return rows[0]?.some === true
}
