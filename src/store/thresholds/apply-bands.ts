import type { AccountSettings } from '../../core/account.ts'
import { type BandRule, isCorrected, plainRule } from '../../core/thresholds/band.ts'
import type { BandsInForce } from '../../core/thresholds/crossed-bands.ts'
import type { LedgerAccount } from '../account.ts'
import type { Queryable } from '../database.ts'
import { showsOtherSql } from '../profiles/profile-fingerprint.ts'
import { nextBandSql } from './band.ts'

/**
 * Brings the bands of all customers in line with a rule that has changed, else of those whose minimum stay has ended, and
 * fills the temporary table `rebanded` with those whose band moved. When a configured border was corrected nobody is held.
 * @returns how many moved.
 */
export async function applyBands(
  client: Queryable,
  account: LedgerAccount,
  rule: BandRule | null,
  now: Date,
): Promise<number> {
  const { accountId, settings } = account
  const { currency } = settings
  const former = (await loadBandsInForce(client, account))?.rule ?? null
  const changed = await client.query(
    `update accounts set band_rule = $2::text, band_rule_currency = $3::text,
       band_rule_since = case
         when $2::text is null then null
         when (band_rule::jsonb -> 'borders') = ($2::jsonb -> 'borders') and coalesce(band_rule_currency, $3) = $3
           then band_rule_since
         else $4::timestamptz
       end
     where account_id = $1
       and (band_rule is distinct from $2 or band_rule is not null and coalesce(band_rule_currency, $3) <> $3)`,
    [accountId, toText(rule), currency, now],
  )
  const isChanged = changed.rowCount === 1
  const next = nextBandSql(toAppliedRule(settings, former, rule), {
    aovMinor: 'a.aov_minor',
    held: 'a',
    now: '$2',
    currency,
  })
  const isShown = showsOtherSql(settings, { row: 'a', band: 'b.former' }, { row: 'a', band: 'b.band' })
  await client.query('create temporary table if not exists rebanded (customer_id bigint) on commit drop')
  const moved = await client.query(
    `with before as materialized (
       select a.customer_id, a.band as former, ${next.band}::text as band, ${next.since}::timestamptz as since,
         ${next.dueAt}::timestamptz as due_at
       from customer_aggregates a
       where a.account_id = $1 ${isChanged ? '' : 'and a.band_due_at <= $2'}
     ),
     written as (
       update customer_aggregates a set band = b.band, band_since = b.since, band_due_at = b.due_at,
         changed_at = case when ${isShown} then $2 else a.changed_at end
       from before b
       where a.account_id = $1 and a.customer_id = b.customer_id
         and (a.band, a.band_due_at) is distinct from (b.band, b.due_at)
       returning a.customer_id, b.band is distinct from b.former as is_moved
     )
     insert into rebanded select customer_id from written where is_moved`,
    [accountId, now],
  )
  return moved.rowCount ?? 0
}

/** The rule by which everybody comes from what is in force to `next`: once, and without holding them, when it is a correction. */
export function toAppliedRule(
  { bands }: Pick<AccountSettings, 'bands'>,
  former: BandRule | null,
  next: BandRule | null,
): BandRule | null {
  return next !== null && bands !== null && isCorrected(bands.at, former, next) ? plainRule(next) : next
}

/**
 * The rule that the bands in the ledger are in line with, and since when its borders are; null: there is none, or its borders
 * are amounts of another currency than the present one.
 */
export async function loadBandsInForce(
  client: Queryable,
  { accountId, settings }: LedgerAccount,
): Promise<BandsInForce | null> {
  const { rows } = await client.query<{ rule: string; since: Date | null }>(
    `select band_rule as rule, band_rule_since as since from accounts
     where account_id = $1 and band_rule is not null and coalesce(band_rule_currency, $2) = $2`,
    [accountId, settings.currency],
  )
  const [found] = rows
  return found === undefined ? null : { rule: JSON.parse(found.rule) as BandRule, since: found.since }
}

function toText(rule: BandRule | null): string | null {
  if (rule === null) return null
  const { borders, margin, minStayDays } = rule
  return JSON.stringify({ borders, margin, minStayDays })
}
