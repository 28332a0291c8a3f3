import type { BandRule } from '../../core/thresholds/band.ts'
import { plainRule } from '../../core/thresholds/band.ts'
import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'
import { loadBandsInForce, toAppliedRule } from './apply-bands.ts'
import { nextBandSql } from './band.ts'

/** Customers with an address who, once bands are in line with a rule, are in another than the one their AOV is in. */
export async function countHeld(client: Queryable, account: LedgerAccount, rule: BandRule, now: Date): Promise<number> {
  const { accountId, settings } = account
  const inForce = await loadBandsInForce(client, account)
  const customer = { aovMinor: 'a.aov_minor', held: 'a', now: '$2', currency: settings.currency }
  const next = nextBandSql(toAppliedRule(settings, inForce?.rule ?? null, rule), customer)
  const natural = nextBandSql(plainRule(rule), customer)
  const { rows } = await client.query<{ count: number }>(
    `select count(*) as count from customer_aggregates a join customers c using (account_id, customer_id)
     where a.account_id = $1 and c.email is not null and ${next.band} <> ${natural.band} and $2::timestamptz is not null`,
    [accountId, now],
  )
  return rows[0]?.count ?? 0
}
