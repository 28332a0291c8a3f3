import type { StoredAggregate } from '../../core/customers/aggregate-store.ts'
import type {
  CustomerRecord,
  CustomerRecordStore,
  ForgottenRecord,
  RecordedProfile,
  RecordedRefund,
  WaitingFor,
} from '../../core/customers/customer-record.ts'
import { ABSENT } from '../../core/profiles/profile.ts'
import type { LedgerAccount } from '../account.ts'
import { textArray } from '../arrays.ts'
import type { Database, Queryable } from '../database.ts'
import { findCustomers } from './customer-identities.ts'
import { loadCustomerOrders } from './customer-orders.ts'
import { toTombstones } from './erasures.ts'
import { emailOf, identityKeys } from './identity-keys.ts'
import { aggregateFingerprint, profileFingerprint } from './settings-fingerprint.ts'

/** The ledger's side of explaining customers, for one account. */
export function createCustomerRecordStore(db: Database, account: LedgerAccount): CustomerRecordStore {
  return {
    loadCustomerRecord: (email, now) =>
      db.transaction(async (client) => {
        // Orders, sums and states must be those of one moment, or they would contradict one another.
        await client.query('set transaction isolation level repeatable read, read only')
        const keys = identityKeys({ email }, 0)
        const forgotten = await loadForgotten(client, account.accountId, keys)
        if (forgotten !== null) return forgotten
        const [customerId] = (await findCustomers(client, account.accountId, keys)).values()
        return customerId === undefined ? null : loadRecord(client, account, customerId, now)
      }),
  }
}

async function loadForgotten(
  client: Queryable,
  accountId: number,
  keys: readonly string[],
): Promise<ForgottenRecord | null> {
  const tombstones = await toTombstones(client, accountId, keys)
  const { rows } = await client.query<{ at: Date }>(
    'select erased_at as at from erasures where account_id = $1 and tombstone = any($2::text[])',
    [accountId, textArray(tombstones)],
  )
  const [forgotten] = rows
  return forgotten === undefined ? null : { kind: 'forgotten', forgottenAt: forgotten.at }
}

async function loadRecord(
  client: Queryable,
  account: LedgerAccount,
  customerId: number,
  now: Date,
): Promise<CustomerRecord> {
  const { accountId } = account
  const identities = await loadIdentities(client, accountId, customerId)
  const emails = identities.flatMap(({ identity }) => emailOf([identity]) ?? [])
  const state = await loadState(client, account, customerId, now)
  return {
    kind: 'customer',
    emails,
    phones: identities.flatMap(({ identity }) => (identity.startsWith('phone:') ? [identity.slice(6)] : [])),
    shopIds: identities.flatMap(({ source, externalId }) => (source === null ? [] : [{ source, externalId }])),
    orders: await loadCustomerOrders(client, accountId, customerId),
    refunds: await loadRefunds(client, accountId, customerId),
    aggregate: await loadAggregate(client, accountId, customerId),
    profiles: await loadProfiles(client, accountId, customerId, emails),
    ...state,
  }
}

interface Identity {
  readonly identity: string
  /** Of a shop's customer id; null otherwise. */
  readonly source: string | null
  readonly externalId: string
}

async function loadIdentities(client: Queryable, accountId: number, customerId: number): Promise<Identity[]> {
  const { rows } = await client.query<Identity>(
    `select i.identity, s.key as source, regexp_replace(i.identity, '^shop:[0-9]+:', '') as "externalId"
     from customer_identities i
     left join sources s on s.account_id = i.account_id and starts_with(i.identity, 'shop:' || s.source_id || ':')
     where i.account_id = $1 and i.customer_id = $2 order by i.identity`,
    [accountId, customerId],
  )
  return rows
}

/** What is known of the customer beside records, and whether it has been computed since the last of them. */
async function loadState(
  client: Queryable,
  { accountId, settings }: LedgerAccount,
  customerId: number,
  now: Date,
): Promise<Pick<CustomerRecord, 'profileEmail' | 'waitingFor' | 'everWritten'>> {
  const { rows } = await client.query<{
    profileEmail: string | null
    isComputed: boolean
    isOutdated: boolean
    isDirty: boolean
    isDue: boolean
    everWritten: string[]
  }>(
    `select c.email as "profileEmail", a.aggregate_settings is not null as "isComputed",
       (a.aggregate_settings, a.profile_settings) is distinct from ($3::text, $4::text)
         or coalesce(c.customer_id > a.outdated_after, false) as "isOutdated",
       exists (select from dirty_customers d
         where d.account_id = $1 and d.customer_id = c.customer_id) as "isDirty",
       exists (select from customer_aggregates g
         where g.account_id = $1 and g.customer_id = c.customer_id and g.recompute_after <= $5) as "isDue",
       a.pushed_properties as "everWritten"
     from customers c join accounts a using (account_id) where c.account_id = $1 and c.customer_id = $2`,
    [accountId, customerId, aggregateFingerprint(settings), profileFingerprint(settings), now],
  )
  const [row] = rows
  if (row === undefined) return { profileEmail: null, waitingFor: 'records', everWritten: [] }
  const { profileEmail, everWritten } = row
  return { profileEmail, everWritten, waitingFor: toWaitingFor(row) }
}

function toWaitingFor(row: Record<'isComputed' | 'isOutdated' | 'isDirty' | 'isDue', boolean>): WaitingFor | null {
  if (!row.isComputed) return 'first-computation'
  if (row.isOutdated) return 'settings'
  if (row.isDirty) return 'records'
  return row.isDue ? 'window' : null
}

async function loadRefunds(client: Queryable, accountId: number, customerId: number): Promise<RecordedRefund[]> {
  const { rows } = await client.query<RecordedRefund>(
    `select s.key as source, r.external_id as "externalId", r.refunded_at as "refundedAt",
       r.amount_minor as "amountMinor", r.currency
     from refunds r join sources s using (account_id, source_id)
     where r.account_id = $1 and r.customer_id = $2 and r.order_external_id = ''
     order by r.refunded_at, s.key, r.external_id`,
    [accountId, customerId],
  )
  return rows
}

async function loadAggregate(
  client: Queryable,
  accountId: number,
  customerId: number,
): Promise<StoredAggregate | null> {
  const { rows } = await client.query<StoredAggregate>(
    `select order_count as "orderCount", revenue_minor as "revenueMinor", aov_minor as "aovMinor",
       order_count_12m as "orderCount12m", revenue_12m_minor as "revenue12mMinor", aov_12m_minor as "aov12mMinor",
       first_order_at as "firstOrderAt", last_order_at as "lastOrderAt",
       avg_days_between_orders_tenths as "avgDaysBetweenOrdersTenths", recompute_after as "recomputeAfter",
       changed_at as "changedAt", band, band_since as "bandSince"
     from customer_aggregates where account_id = $1 and customer_id = $2`,
    [accountId, customerId],
  )
  return rows[0] ?? null
}

interface ProfileRow {
  readonly email: string
  readonly isKnown: boolean
  readonly isInImport: boolean
  readonly isRefused: boolean
  readonly isConfirmed: boolean
  readonly code: string | null
  readonly reason: string | null
  readonly at: Date | null
}

async function loadProfiles(
  client: Queryable,
  accountId: number,
  customerId: number,
  emails: readonly string[],
): Promise<RecordedProfile[]> {
  const { rows } = await client.query<ProfileRow>(
    `select n.email, p.email is not null as "isKnown", p.import_id is not null as "isInImport",
       coalesce(p.refused = p.desired, false) as "isRefused",
       coalesce(p.desired = p.confirmed and p.in_flight is null, false) as "isConfirmed",
       p.refused_code as code, p.refused_reason as reason, p.refused_at as at
     from unnest($3::text[]) as n (email)
     left join profile_states p on p.account_id = $1 and p.email = n.email and p.customer_id = $2
     order by n.email`,
    [accountId, customerId, textArray(emails)],
  )
  return rows.map((row) => ({ email: row.email, push: toPushState(row) }))
}

/** In the order in which a push asks. */
function toPushState({ isKnown, isInImport, isRefused, isConfirmed, code, reason, at }: ProfileRow) {
  if (!isKnown) return null
  if (isInImport) return { state: 'in-flight' } as const
  if (isRefused && at !== null) {
    return { state: code === ABSENT ? 'absent' : 'refused', code: code ?? '', reason: reason ?? '', at } as const
  }
  return { state: isConfirmed ? 'confirmed' : 'pending' } as const
}
