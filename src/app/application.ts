import type { CustomerAggregate } from '../core/customers/aggregate-store.ts'
import type { Explanation } from '../core/explanation/explanation.ts'
import type { Finding } from '../core/finding.ts'
import type { Distribution } from '../core/numbers/distribution.ts'
import type { FullReport } from '../core/numbers/full-report.ts'
import type { Matrix } from '../core/numbers/matrix.ts'
import type { Overview, OverviewRequest } from '../core/numbers/overview.ts'
import type { LeftOut, NewDefinition, PeriodLength, StoreReport, UnratedOrders } from '../core/numbers/report.ts'
import type { Freshness } from '../core/orders/shop-reading.ts'
import type { WebhookDelivery } from '../core/orders/webhook.ts'
import type { RefusedProfile } from '../core/profiles/profile-state-store.ts'
import type { DeadLetter } from '../core/runs/dead-letter.ts'
import type { JobName } from '../core/runs/job-names.ts'
import type { RunFilter, WebhookRuns } from '../core/runs/run-filter.ts'
import type { Run } from '../core/runs/run-store.ts'
import type { SegmentOverview } from '../core/segments/segment-overview.ts'
import type { ConfiguredBands } from '../core/thresholds/band.ts'
import type { CrossedBands } from '../core/thresholds/crossed-bands.ts'
import type { ThresholdAdvice, ThresholdRequest } from '../core/thresholds/threshold-advice.ts'
import type { AppliedSegment } from './apply-segments.ts'
import type { PlannedWebhook } from './manage-webhooks.ts'
import type { SegmentPlan } from './segment-plan.ts'
import type { JobProgress } from './services.ts'

/** What a trigger may ask of a job. `account` absent: every account; `source` absent: every source. */
export interface JobRequest {
  readonly account?: string
  readonly source?: string
  /** Read every source from the beginning. */
  readonly full?: boolean
  /** Believe a shop also where it says that most orders of one time are gone. */
  readonly acceptDeletions?: boolean
  /** Read and compute, but send nothing. */
  readonly dryRun?: boolean
}

/** A job that was put into its queue. */
export interface QueuedJob {
  readonly job: JobName
  readonly id: string
  readonly account: string
  /** False: the same request (same idempotency key) had already put it there. */
  readonly created: boolean
}

export type { JobProgress } from './services.ts'

/** Why a job waits for its next attempt. */
export interface LastFailure {
  readonly code: string
  readonly message: string
  /** Which attempt comes next, of how many; absent where waiting uses up none. */
  readonly nextAttempt?: number
  readonly attempts?: number
}

/** A job as its queue knows it. */
export interface JobStatus {
  readonly job: JobName
  readonly id: string
  readonly account: string
  /** Of a job that is about one. */
  readonly source?: string
  readonly state: 'waiting' | 'active' | 'delayed' | 'completed' | 'failed'
  readonly progress: JobProgress | null
  /** Counts of what it did, when completed. */
  readonly result: Readonly<Record<string, unknown>> | null
  /** `code` from docs/errors.md, when failed. */
  readonly failure: { readonly code: string; readonly message: string } | null
  /** When a delayed job goes on. */
  readonly resumesAt?: Date
  /** Fingerprint of the configuration that it was last worked on with; absent before. */
  readonly configuration?: string
  /** Why a delayed job waits; absent when nothing failed, as while an import is under way. */
  readonly lastFailure?: LastFailure
}

/** One line of `customers`: a customer's address and aggregates, money in minor units of the account's currency. */
export interface CustomerLine extends CustomerAggregate {
  readonly email: string
}

/** What `report` is asked for. Dates are `YYYY-MM-DD` in the account's time zone, `to` included. */
export interface ReportRequest {
  readonly from?: string
  readonly to?: string
  readonly by: PeriodLength
  readonly definition: NewDefinition
}

/** A run with the account it belongs to; one that is running and delayed says until when and why. */
export interface AccountRun extends Run, Pick<JobStatus, 'resumesAt' | 'lastFailure'> {
  readonly account: string
  /** Running by name only: its process was stopped, and the job waits for the next `sync` or a `start`. */
  readonly interrupted: boolean
  /** How far it is; null or absent: it does not run, or does not say. */
  readonly progress?: JobProgress | null
}

/** Whether the parts the process stands on answer. */
export interface Readiness {
  readonly ready: boolean
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly message: string }[]
}

/** A source of a shop, and what it takes for the shop to tell of changes by itself. */
export interface SourceWebhooks {
  readonly account: string
  readonly source: string
  /** Where the shop has to deliver; null: it has no webhooks. */
  readonly url: string | null
  /** What a person does in the shop, or why there is nothing to do. */
  readonly steps: readonly string[]
  /** Null: they can be seen and made only in the shop. */
  readonly webhooks: readonly PlannedWebhook[] | null
}

/** What a shop is answered. `received`: the event is safe. */
export interface WebhookAnswer {
  readonly kind: 'unknown' | 'refused' | 'ignored' | 'received'
}

/** The questions and orders that both doors, CLI and HTTP, pass on. Wired in `src/bin`. */
export interface Application {
  /** Keys of the configured accounts, with what is needed to show their money and dates. */
  readonly accounts: readonly {
    key: string
    currency: string
    timezone: string
    policy: string
    sources: readonly string[]
  }[]
  /**
   * Puts one job per account into its queue. `trigger` is noted in the run.
   * @throws ConfigError when the account or source is not configured.
   */
  enqueue(
    job: JobName,
    request: JobRequest,
    trigger: 'cli' | 'http',
    idempotencyKey?: string,
  ): Promise<readonly QueuedJob[]>
  /** Keeps what a shop's webhook says and wakes the work on it. `unknown`: nobody configured takes webhooks there. */
  receiveWebhook(account: string, source: string, delivery: WebhookDelivery): Promise<WebhookAnswer>
  /**
   * The webhooks of every source that is a shop, after repairing when that is wished.
   * @throws ConfigError without a public address
   */
  webhooks(account: string, wishes: { repair: boolean }, signal: AbortSignal): Promise<readonly SourceWebhooks[]>
  /** Null: no such job. */
  findJob(job: JobName, id: string): Promise<JobStatus | null>
  /** The latest first; `before` needs an account. */
  loadRuns(options: { account?: string; limit: number } & RunFilter): Promise<readonly AccountRun[]>
  /** What the shop's webhooks had done since an instant. */
  countWebhookRuns(account: string, since: Date): Promise<WebhookRuns>
  loadPauses(account: string): Promise<readonly { connector: string; reason: string; pausedAt: Date }[]>
  report(account: string, request: ReportRequest): Promise<StoreReport>
  /** Everything a report to hand around tells, computed here and now from the orders; stores nothing. */
  fullReport(account: string, request: ReportRequest): Promise<FullReport>
  /** The store over time as it was last computed; reads no order. */
  overview(account: string, request: OverviewRequest): Promise<Overview>
  /** How far the shop has been read, and since when it has had no order. */
  freshness(account: string, by: PeriodLength): Promise<Freshness>
  /** Customers by their lifetime AOV, as of the last computation; reads no order. */
  distribution(account: string): Promise<Distribution>
  /** New and recurring customers below and above the store's AOV, as of the last computation; reads no order. */
  matrix(account: string): Promise<Matrix>
  /** Where the account's bands part today, in minor units; null: it has none, or their borders have no value yet. */
  bands(account: string): Promise<readonly [number, number] | null>
  /** Orders that do not count in a period, or (null) in all, as they were last computed; reads no order. */
  leftOut(account: string, request: { by: PeriodLength; period: string | null }): Promise<readonly LeftOut[]>
  /** Orders that count for nothing because their currency has no rate at their date; read from the orders. */
  unrated(account: string): Promise<readonly UnratedOrders[]>
  /** Borders of the account's bands that cross as they stand in the ledger; null: they part, or there are none. */
  crossedBands(account: string): Promise<CrossedBands | null>
  /** What the account's configuration says of bands. */
  configuredBands(account: string): Promise<ConfiguredBands>
  /** Every identified customer with a counted order, by address, streamed. */
  readCustomers(account: string, signal: AbortSignal): AsyncIterable<readonly CustomerLine[]>
  /**
   * Why a customer, known by any of their addresses, has the figures and segments that they have; null: nobody is known by
   * it. Asks Klaviyo once, for seconds at most, and says so when it does not answer.
   */
  explain(account: string, email: string, signal: AbortSignal): Promise<Explanation | null>
  loadRejects(
    account: string,
    limit: number,
  ): Promise<{ deadLetters: readonly DeadLetter[]; refused: readonly RefusedProfile[] }>
  /** How many records cannot be read so far, in whichever reading that was noticed. */
  countOpenRecords(account: string): Promise<number>
  /** A person has seen to a task among the dead letters. False: the account has no open task of this number. */
  finishTask(account: string, number: number): Promise<boolean>
  /**
   * Makes refused profiles pending again and has dead letters' sources read from the beginning at the next pull.
   * @throws StoreError naming the sources that a running pull kept from that
   */
  retryRejects(account: string): Promise<{ refused: number; sources: readonly string[] }>
  /** `sizes: false`: only what would change, for who is about to apply it. */
  plan(account: string, signal: AbortSignal, options?: { sizes: boolean }): Promise<SegmentPlan>
  /**
   * Plans once more and carries it out where a person has agreed to it; deletes nothing. `busy`: a job works on the
   * segments at this moment; `changed`: it is no longer what they have seen. `onWritten` hears of each segment that was
   * written, also before it throws.
   */
  applyPlan(
    account: string,
    agreement: {
      readonly isAgreed: (plan: SegmentPlan) => boolean
      readonly onWritten: (segment: AppliedSegment) => void
    },
    signal: AbortSignal,
  ): Promise<readonly AppliedSegment[] | 'busy' | 'changed'>
  /**
   * The segments as the ledger knows them, with their sizes as last counted. Klaviyo is not asked. `forecast: false`: without
   * what they should hold, for which every customer is looked at.
   */
  segments(account: string, options?: { forecast: boolean }): Promise<readonly SegmentOverview[]>
  /** Cuts of customers by AOV, with evidence; worked out beside everything else. */
  thresholds(account: string, request: ThresholdRequest, signal: AbortSignal): Promise<ThresholdAdvice>
  /** Findings about everything the account needs. A successful look at a paused connector resumes it. */
  check(account: string, signal: AbortSignal): Promise<readonly Finding[]>
  readiness(): Promise<Readiness>
  /** Notes for every process that a session of the page was logged out; kept until it would have expired. */
  closeSession(id: string, expiresAt: Date): Promise<void>
  isSessionClosed(id: string): Promise<boolean>
  /** Prometheus text. */
  metrics(): Promise<string>
}
