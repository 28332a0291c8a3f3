import type { AccountRun, CustomerLine, JobStatus, ReportRequest, SourceWebhooks } from '../../src/app/application.ts'
import type { PlannedSegment, SegmentPlan } from '../../src/app/segment-plan.ts'
import type { AccountView } from '../../src/cli/select-accounts.ts'
import type { ErasureReceipt } from '../../src/core/customers/customer-store.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { FullReport } from '../../src/core/numbers/full-report.ts'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import type { Overview } from '../../src/core/numbers/overview.ts'
import type { StoreReport } from '../../src/core/numbers/report.ts'
import type { RefusedProfile } from '../../src/core/profiles/profile-state-store.ts'
import type { DeadLetter } from '../../src/core/runs/dead-letter.ts'
import type { JobName } from '../../src/core/runs/job-names.ts'
import type { AovCell } from '../../src/core/thresholds/aov-cell.ts'
import type { CrossedBands } from '../../src/core/thresholds/crossed-bands.ts'
import { FRESH } from './freshness.ts'

/** Two accounts whose currencies have different exponents. */
export const ACCOUNTS: readonly [AccountView, AccountView] = [
  { key: 'main', currency: 'GBP', timezone: 'Europe/London', policy: 'gross', sources: ['shop'] },
  { key: 'japan', currency: 'JPY', timezone: 'Asia/Tokyo', policy: 'net', sources: ['till'] },
]

/** Ordinary, with a comma and quotes in the address, and without orders in the last year. */
export const CUSTOMERS: readonly CustomerLine[] = [
  customer('anna@example.com', { aov12mMinor: 48_087 }),
  customer('"odd,name"@example.com', { aov12mMinor: null, avgDaysBetweenOrdersTenths: null }),
]

function customer(email: string, changes: Partial<CustomerLine>): CustomerLine {
  return {
    email,
    orderCount: 3,
    revenueMinor: 144_261,
    aovMinor: 48_087,
    orderCount12m: 1,
    revenue12mMinor: 48_087,
    aov12mMinor: null,
    firstOrderAt: new Date('2025-01-02T03:04:05Z'),
    lastOrderAt: new Date('2026-06-07T08:09:10Z'),
    avgDaysBetweenOrdersTenths: 305,
    recomputeAfter: null,
    ...changes,
  }
}

/** A hundred customers of £20, sixty of £80, forty of £300, each with two orders. */
export const CELLS: readonly AovCell[] = [
  { aovMinor: 2_000, customers: 100, orders: 200, revenueMinor: 400_000 },
  { aovMinor: 8_000, customers: 60, orders: 120, revenueMinor: 960_000 },
  { aovMinor: 30_000, customers: 40, orders: 80, revenueMinor: 2_400_000 },
]

export const FINDINGS: readonly Finding[] = [
  { level: 'ok', subject: 'klaviyo key', message: 'accepted for account ABC' },
  { level: 'warning', subject: 'klaviyo account', message: 'shows money in USD', action: 'set currency: USD' },
]

export const DEAD_LETTER: DeadLetter = {
  number: 11,
  kind: 'record',
  source: 'shop',
  place: 'orders.csv:17',
  field: 'InvoiceDate',
  reason: 'expected a date that exists in the calendar',
  firstSeenAt: new Date('2026-07-01T08:00:00Z'),
  lastSeenAt: new Date('2026-07-02T08:00:00Z'),
}

export const TASK: DeadLetter = {
  number: 12,
  kind: 'task',
  source: 'shop',
  place: 'data request 9999',
  field: '',
  reason: 'customer 191167 asks what is stored of them',
  firstSeenAt: new Date('2026-07-01T08:00:00Z'),
  lastSeenAt: new Date('2026-07-02T08:00:00Z'),
}

export const REFUSED: RefusedProfile = {
  email: 'bea@example.com',
  code: 'invalid',
  reason: 'Klaviyo does not take this address',
  refusedAt: new Date('2026-07-02T08:00:01Z'),
}

/** Somebody with two orders whose profile was filled. */
export const RECEIPT: ErasureReceipt = {
  erasedAt: new Date('2026-07-02T08:00:00Z'),
  tombstone: '5f'.repeat(32),
  repeated: false,
  customers: 1,
  orders: 2,
  refunds: 1,
  identities: 3,
  profiles: { clear: 1, delete: 0 },
}

/** Nobody had heard of them. */
export const STRANGER: ErasureReceipt = {
  ...RECEIPT,
  repeated: true,
  customers: 0,
  orders: 0,
  refunds: 0,
  identities: 0,
  profiles: { clear: 0, delete: 0 },
}

const NUMBERS = { customers: 3, orders: 10, revenueMinor: 480_870, aovMinor: 48_087, medianMinor: 30_310 }
const NOBODY = { customers: 0, orders: 2, revenueMinor: 1_000, aovMinor: 500, medianMinor: 500 }

/** Two months of a shop, and a currency that was left out. */
export const REPORT: StoreReport = {
  from: null,
  to: null,
  definition: 'period',
  by: 'month',
  isStale: false,
  uncomputed: [],
  periods: [
    { period: '2026-02-01', kind: 'recurring', ...NUMBERS },
    { period: '2026-01-01', kind: 'new', ...NUMBERS },
    { period: '2026-01-01', kind: 'anonymous', ...NOBODY },
  ],
  total: [
    { period: null, kind: 'recurring', ...NUMBERS },
    { period: null, kind: 'new', ...NUMBERS },
    { period: null, kind: 'anonymous', ...NOBODY },
  ],
  identified: { customers: 5, orders: 20, revenueMinor: 961_740, aovMinor: 48_087, medianMinor: 30_310 },
  leftOut: [{ reason: 'other currency', orders: 4, totalMinor: 12_000, currency: 'JPY' }],
}

const NO_NUMBERS = { customers: 0, orders: 0, revenueMinor: 0, aovMinor: null, medianMinor: null }

/** January of that shop as a report to hand around tells it; whatever range is asked for. */
export function fullReportOf({ by, definition }: ReportRequest): FullReport {
  const overview: Overview = {
    by,
    definition,
    computedAt: new Date('2026-03-02T08:00:00Z'),
    isStale: false,
    periods: [
      {
        period: '2026-01-01',
        identified: NUMBERS,
        new: NUMBERS,
        recurring: NO_NUMBERS,
        anonymous: NOBODY,
        gap: null,
        aovInterval: null,
        topShare: null,
        isFirst: true,
        isOver: true,
        isRead: true,
        isComputed: true,
      },
    ],
  }
  const { customers, orders, revenueMinor, aovMinor } = NUMBERS
  const cell = { customers, orders, revenueMinor }
  return {
    report: REPORT,
    whole: overview,
    shown: overview,
    distribution: {
      ...cell,
      storeAovMinor: aovMinor,
      medianMinor: aovMinor,
      cells: [{ ...cell, fromMinor: 48_000, isPoint: false }],
    },
    matrix: toMatrix(aovMinor, [{ ...cell, aovMinor, customerType: 'new', side: 'above' }]),
    freshness: FRESH,
  }
}

const RUN: AccountRun = {
  account: 'main',
  runId: 7,
  job: 'pull-orders',
  jobId: 'cli-1.pull-orders.shop',
  source: 'shop',
  trigger: 'cli',
  state: 'done',
  startedAt: new Date('2026-07-02T08:00:00Z'),
  finishedAt: new Date('2026-07-02T08:01:05Z'),
  attempts: 1,
  idleMs: 0,
  counts: { orders: 18_532, rejected: 0 },
  errorCode: null,
  errorMessage: null,
  interrupted: false,
}

/** One that is done and one that failed in its second attempt. */
export const RUNS: readonly AccountRun[] = [
  RUN,
  {
    ...RUN,
    runId: 6,
    job: 'push-profiles',
    source: null,
    state: 'failed',
    attempts: 2,
    counts: {},
    errorCode: 'E_AUTH',
    errorMessage: 'Klaviyo answered 401',
  },
]

/** A planned segment with everything that a plan may say about it. */
export function plannedSegment(
  changes: Partial<PlannedSegment> & Pick<PlannedSegment, 'key' | 'action'>,
): PlannedSegment {
  return {
    name: `AOV | ${changes.key}`,
    remoteId: null,
    definition: { condition_groups: [{ value: 500 }] },
    former: null,
    forecast: {
      customers: 1204,
      orders: 5000,
      revenueMinor: 891_140_790,
      profiles: { confirmed: 1204, pending: 0, refused: 0, absent: 0 },
    },
    expectedMembers: 1204,
    memberCount: null,
    lastCount: null,
    finding: null,
    tagged: true,
    figures: 'ours',
    flows: [],
    ...changes,
  }
}

export const PLAN: SegmentPlan = {
  account: 'main',
  currency: 'GBP',
  timezone: 'Europe/London',
  following: null,
  wavering: null,
  heldInBand: null,
  segments: [
    plannedSegment({ key: 'high', action: 'create' }),
    plannedSegment({
      key: 'low',
      action: 'update',
      memberCount: 12,
      former: { name: 'AOV | low', definition: { condition_groups: [{ value: 400 }], added_by_server: true } },
      flows: [{ id: 'F1', name: 'Welcome', status: 'live' }],
    }),
    plannedSegment({ key: 'old', action: 'unwanted', forecast: null, definition: null }),
  ],
  quota: { creates: { needed: 1, left: 100 }, updates: { needed: 1, left: 99 } },
}

/** A fixed border above the store's AOV; bands of £50 and £150 are kept. */
export const CROSSED: CrossedBands = {
  borders: [500, { name: 'store_aov', window: 'lifetime' }],
  valuesMinor: [50_000, 18_000],
  inForce: { bordersMinor: [5_000, 15_000], since: new Date('2026-03-01T12:00:00Z') },
}

/** A finished job of a sync. */
export function finishedJob(job: JobName, result: Readonly<Record<string, unknown>>): JobStatus {
  return { job, id: `cli-1.${job}`, account: 'main', state: 'completed', progress: null, result, failure: null }
}

/** A job of a sync that failed. */
export function failedJob(job: JobName, code: string, message: string): JobStatus {
  return { ...finishedJob(job, {}), state: 'failed', result: null, failure: { code, message } }
}

/** The jobs of a sync that went well, apart from `rejected` records. */
export function finishedJobs(rejected = 0): readonly JobStatus[] {
  return [
    finishedJob('pull-orders', { orders: 18_532, refunds: 1, changed: 12, rejected, skipped: 3, pages: 4 }),
    finishedJob('compute-aggregates', { customers: 11, changed: 10, everything: false }),
    finishedJob('push-profiles', { confirmed: 9, refused: 1, absent: 0, imports: 1, abandoned: 0 }),
    finishedJob('sync-segments', { created: 3, unchanged: 1 }),
    finishedJob('sync', { 'pull-orders': { shop: { orders: 18_532 } } }),
  ]
}

/** One shop that can be managed, one that cannot. */
export const WEBHOOKS: readonly SourceWebhooks[] = [
  {
    account: 'main',
    source: 'shop',
    url: 'https://scontrino.example/webhooks/main/shop',
    steps: [],
    webhooks: [
      { topic: 'ORDERS_CREATE', action: 'none', url: 'https://scontrino.example/webhooks/main/shop' },
      { topic: 'ORDERS_EDITED', action: 'create', url: null },
    ],
  },
  {
    account: 'main',
    source: 'other',
    url: 'https://scontrino.example/webhooks/main/other',
    steps: ['add them in the shop'],
    webhooks: null,
  },
  { account: 'main', source: 'silent', url: null, steps: ['it has none'], webhooks: null },
]
