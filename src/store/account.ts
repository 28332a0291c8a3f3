import type { AccountSettings } from '../core/account.ts'
import { BugError } from '../core/errors.ts'
import type { Queryable } from './database.ts'

/** An account's row in the ledger and the settings it is computed with. */
export interface LedgerAccount {
  readonly accountId: number
  readonly settings: AccountSettings
  /** Keys of the configured sources; absent: whichever the ledger knows. */
  readonly sources?: readonly string[]
}

/** Finds or creates the account's row. */
export async function openAccount(db: Queryable, settings: AccountSettings): Promise<LedgerAccount> {
  await db.query('insert into accounts (key) values ($1) on conflict (key) do nothing', [settings.key])
  const { rows } = await db.query<{ id: number }>('select account_id as id from accounts where key = $1', [
    settings.key,
  ])
  const accountId = rows[0]?.id
  if (accountId === undefined) throw new BugError('the account was just written and cannot be read')
  return { accountId, settings }
}

/** Finds or creates a source's row and answers its id. */
export async function openSource(db: Queryable, accountId: number, key: string): Promise<number> {
  await db.query('insert into sources (account_id, key) values ($1, $2) on conflict (account_id, key) do nothing', [
    accountId,
    key,
  ])
  const { rows } = await db.query<{ id: number }>(
    'select source_id as id from sources where account_id = $1 and key = $2',
    [accountId, key],
  )
  const sourceId = rows[0]?.id
  if (sourceId === undefined) throw new BugError('the source was just written and cannot be read')
  return sourceId
}

/** What a transaction on an account's orders needs to know of the account. */
export interface LockedAccount {
  /** Nothing was ever computed: everything counts as dirty. */
  readonly fresh: boolean
  readonly hasErasures: boolean
}

/**
 * Takes the account's lock until the transaction ends. Whoever writes orders or takes dirty marks holds it: a mark set
 * while the old state is being computed can therefore not be lost, and two pulls cannot create one customer twice.
 */
export async function lockAccount(client: Queryable, accountId: number): Promise<LockedAccount> {
  const [, { rows }] = await Promise.all([
    client.query('select pg_advisory_xact_lock(1, $1)', [accountId]),
    client.query<LockedAccount>(
      `select aggregate_settings is null as fresh,
         exists (select from erasures e where e.account_id = $1) as "hasErasures"
       from accounts where account_id = $1`,
      [accountId],
    ),
  ])
  return rows[0] ?? { fresh: false, hasErasures: true }
}
