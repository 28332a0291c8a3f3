import type { AccountSettings } from '../core/account.ts'
import type { CustomerAggregate } from '../core/customers/aggregate-store.ts'
import { aggregateCustomer } from '../core/customers/aggregates.ts'
import type { CustomerRecord, CustomerRecordStore, RecordedProfile } from '../core/customers/customer-record.ts'
import { normalizeEmail } from '../core/customers/email.ts'
import type { Destination } from '../core/destination.ts'
import { BugError, ScontrinoError, throwIfAborted } from '../core/errors.ts'
import { explainOrder, explainRefund, startOf12Months, sumExplained } from '../core/explanation/explained-orders.ts'
import type {
  CustomerExplanation,
  ExplainedProfile,
  Explanation,
  KlaviyoAnswer,
} from '../core/explanation/explanation.ts'
import type { PropertyValue, RemoteProfile } from '../core/profiles/profile.ts'
import { toProfileProperties } from '../core/profiles/profile-properties.ts'
import { compareProperties } from '../core/profiles/property-comparison.ts'
import type { SegmentStateStore } from '../core/segments/segment-state-store.ts'
import { explainSegments } from './explain-segments.ts'

/** What stands in the ledger is worth saying without waiting longer than this for Klaviyo. Shorter than an HTTP answer may take. */
const LONGEST_ASKING_MS = 5_000

interface Explaining {
  readonly settings: AccountSettings
  readonly destination: Destination
  readonly records: CustomerRecordStore
  readonly segments: SegmentStateStore
}

/**
 * Why a customer, known by any of their addresses, has the figures and the segments that they have. Null: nobody is known
 * by this address. Klaviyo is asked once; that it does not answer is part of the explanation. Changes nothing.
 */
export async function explainCustomer(
  { settings, destination, records, segments }: Explaining,
  { email, now, signal }: { email: string; now: () => Date; signal: AbortSignal },
): Promise<Explanation | null> {
  const at = now()
  const asked = normalizeEmail(email)
  const record = await records.loadCustomerRecord(asked, at)
  if (record === null) return null
  if (record.kind === 'forgotten') return { ...record, account: settings.key }
  const klaviyo = await askKlaviyo(destination, record.emails, signal)
  return {
    kind: 'customer',
    account: settings.key,
    currency: settings.currency,
    timezone: settings.timezone,
    policy: settings.policy,
    at,
    email: asked,
    profileEmail: record.profileEmail,
    emails: record.emails,
    phones: record.phones,
    shopIds: record.shopIds,
    ...explainFigures(record, settings, at),
    klaviyo: klaviyo.answer,
    profiles: explainProfiles(record, settings, klaviyo.profiles),
    segments: await explainSegments({ settings, destination, segments }, record.aggregate, at),
  }
}

type Figures = Pick<CustomerExplanation, 'orders' | 'refunds' | 'sums' | 'stored' | 'waitingFor' | 'isStoredCurrent'>

function explainFigures(record: CustomerRecord, settings: AccountSettings, now: Date): Figures {
  const { aggregate: stored, waitingFor } = record
  const orders = record.orders.map((order) => explainOrder(order, settings, now))
  const refunds = record.refunds.map((refund) => explainRefund(refund, settings, now))
  return {
    orders,
    refunds,
    sums: {
      lifetime: sumExplained(orders, refunds),
      last12Months: {
        since: startOf12Months(now),
        ...sumExplained(orders, refunds, ({ isIn12Months }) => isIn12Months),
      },
    },
    stored,
    waitingFor,
    isStoredCurrent: isSame(stored, aggregateCustomer(record.orders, record.refunds, settings, now)),
  }
}

/** Fields of the second decide: the first knows also when it changed. */
function isSame(stored: CustomerAggregate | null, present: CustomerAggregate | null): boolean {
  if (stored === null || present === null) return stored === present
  return Object.entries(present).every(([field, value]) => {
    const former = stored[field as keyof CustomerAggregate]
    return Number(former) === Number(value) && (former === null) === (value === null)
  })
}

/** Profiles by address; null: Klaviyo could not be asked. */
interface Asked {
  readonly answer: KlaviyoAnswer
  readonly profiles: ReadonlyMap<string, RemoteProfile> | null
}

async function askKlaviyo(destination: Destination, emails: readonly string[], signal: AbortSignal): Promise<Asked> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ASKING_MS)])
  try {
    const profiles = await destination.fetchProfiles(emails, limited)
    return { answer: { isRead: true, at: new Date() }, profiles }
  } catch (error) {
    throwIfAborted(signal, 'explaining a customer')
    if (!(error instanceof ScontrinoError) || error instanceof BugError) throw error
    const { code, message } = limited.aborted
      ? { code: 'E_REMOTE_UNAVAILABLE', message: `nothing came from Klaviyo within ${LONGEST_ASKING_MS / 1000} s` }
      : error
    return { answer: { isRead: false, code, message }, profiles: null }
  }
}

/** The profile under the present address first. */
function explainProfiles(
  record: CustomerRecord,
  settings: AccountSettings,
  remotes: Asked['profiles'],
): ExplainedProfile[] {
  const explain = ({ email, push }: RecordedProfile): ExplainedProfile => {
    const isCurrent = email === record.profileEmail
    const remote = remotes?.get(email) ?? null
    const wanted = toProfileProperties(isCurrent ? record.aggregate : null, settings)
    const actual = remotes === null ? null : (remote?.properties ?? {})
    return {
      email,
      isCurrent,
      push,
      remote: remote === null ? null : { id: remote.id, updatedAt: remote.updatedAt },
      properties: compareProperties(wanted, actual).concat(leftOver(record.everWritten, wanted, actual)),
    }
  }
  return record.profiles.map(explain).sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
}

/** Properties that we wrote once and no longer want, where they are still there. */
function leftOver(
  everWritten: readonly string[],
  wanted: Readonly<Record<string, PropertyValue | null>>,
  actual: Readonly<Record<string, unknown>> | null,
) {
  const names = everWritten.filter((name) => !(name in wanted) && actual?.[name] != null)
  return compareProperties(Object.fromEntries(names.map((name) => [name, null])), actual)
}
