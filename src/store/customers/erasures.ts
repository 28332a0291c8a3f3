import { createHmac, createSecretKey } from 'node:crypto'
import { BugError } from '../../core/errors.ts'
import { textArray } from '../arrays.ts'
import type { Queryable } from '../database.ts'

/** The tombstones of identities, in their order. */
export async function toTombstones(
  client: Queryable,
  accountId: number,
  identities: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ pepper: Buffer }>(
    'select erasure_pepper as pepper from accounts where account_id = $1',
    [accountId],
  )
  const pepper = rows[0]?.pepper
  if (pepper === undefined) throw new BugError('the account of these identities is not in the ledger')
  // Made once: from bytes it would be made for each, which takes six times as long.
  const key = createSecretKey(pepper)
  return identities.map((identity) => createHmac('sha256', key).update(identity).digest('hex'))
}

/** Those that stand in the ledger, with when they were set. */
export async function loadTombstones(
  client: Queryable,
  accountId: number,
  tombstones: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await client.query<{ tombstone: string; erasedAt: Date }>(
    'select tombstone, erased_at as "erasedAt" from erasures where account_id = $1 and tombstone = any($2::text[])',
    [accountId, textArray(tombstones)],
  )
  return new Map(rows.map(({ tombstone, erasedAt }) => [tombstone, erasedAt]))
}

/** Sets tombstones; those that stand keep their date. */
export async function saveTombstones(
  client: Queryable,
  accountId: number,
  tombstones: readonly string[],
): Promise<void> {
  await client.query(
    `insert into erasures (account_id, tombstone) select $1, * from unnest($2::text[]) on conflict do nothing`,
    [accountId, textArray([...new Set(tombstones)])],
  )
}

/** Empties the identities of every record that carries an erased one: an erased person is never created again. */
export async function dropErased(client: Queryable, accountId: number, keysOf: string[][]): Promise<void> {
  const keys = [...new Set(keysOf.flat())]
  const tombstones = await toTombstones(client, accountId, keys)
  const standing = await loadTombstones(client, accountId, tombstones)
  if (standing.size === 0) return
  const erased = new Set(keys.filter((_, index) => standing.has(tombstones[index] ?? '')))
  for (const own of keysOf) if (own.some((key) => erased.has(key))) own.length = 0
}
