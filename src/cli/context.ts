import type { Readable, Writable } from 'node:stream'
import type { Application, JobStatus, QueuedJob } from '../app/application.ts'
import type { AppliedSegment } from '../app/apply-segments.ts'
import type { DraftOutcome, DraftRequest } from '../app/draft-campaign.ts'
import type { SegmentPlan } from '../app/segment-plan.ts'
import type { ErasureReceipt, SourceErasure } from '../core/customers/customer-store.ts'
import type { Logger } from '../lib/logger.ts'
import type { ShowDemoStep } from './demo-step.ts'
import type { ConfigSource, DemoShop, SandboxShop } from './shop-kinds.ts'

/** Where a command writes; `process.stdout` and `process.stderr` are such streams. */
export type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** Where a command asks; `process.stdin` is such a stream. */
export type Keyboard = Readable & { readonly isTTY?: boolean }

/** What `start` may run in one process. */
export const ROLES = ['worker', 'scheduler', 'http'] as const
export type Role = (typeof ROLES)[number]

/** One command's hold on configuration, ledger and queue; `close` releases all of it, also after a failure. */
export interface Session {
  readonly application: Application
  /** Fingerprint of the configuration; a job that was worked on with another one tells another. */
  readonly configuration: string
  /**
   * Runs a worker in this process until these jobs and their children have finished, and answers them all, children
   * before parents. `onProgress` hears of every change. A failed job is an answer, not a throw.
   * @throws AbortedError when the signal fires; the jobs go back to waiting.
   */
  work(
    jobs: readonly QueuedJob[],
    onProgress: (status: JobStatus) => void,
    signal: AbortSignal,
  ): Promise<readonly JobStatus[]>
  /**
   * Plans once more and writes what a person has agreed to; `changed`: they have not agreed to this plan, and nothing was
   * written. `prune` also deletes what is no longer configured. `onWritten` hears of each segment that was written.
   * @throws StoreError when a job works on the same segments for longer than somebody waits
   */
  applySegments(
    account: string,
    agreement: {
      prune: boolean
      isAgreed: (plan: SegmentPlan) => boolean
      onWritten: (segment: AppliedSegment) => void
      signal: AbortSignal
    },
  ): Promise<readonly AppliedSegment[] | 'changed'>
  /** Makes the draft of a campaign in Klaviyo; sends and schedules nothing. @throws ConfigError where that is not switched on */
  draftCampaign(account: string, request: DraftRequest, signal: AbortSignal): Promise<DraftOutcome>
  /** Forgets a person for good. `schedule`: when syncs come by themselves (cron); null: only on demand. */
  forget(account: string, email: string): Promise<{ receipt: ErasureReceipt; schedule: string | null }>
  /**
   * Makes anonymous what a shop told of people. Null: nothing was ever read from it. `schedule` as for a person.
   * @throws ConfigError while it is still configured, since the next sync would read it again
   * @throws StoreError when some process reads it for longer than somebody waits
   */
  forgetSource(account: string, source: string): Promise<{ receipt: SourceErasure; schedule: string | null } | null>
  close(): Promise<void>
}

/** All that the command line needs from the world. Built in `src/bin`; tests build their own. */
export interface CliContext {
  readonly stdin: Keyboard
  readonly stdout: Terminal
  readonly stderr: Terminal
  /** What is typed before a command's name: `scontrino`, or `npm run scontrino --`. */
  readonly program: string
  /** Of this program, as in package.json. */
  readonly version: string
  /** Absolute; relative paths of the command line start here. */
  readonly cwd: string
  /** Fires on SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  /** Keeps the stack of what nobody expected. Writes to standard error. */
  readonly logger: Logger
  /** Writes the commented first configuration, for this type of source; never overwrites. */
  writeConfigTemplate(path: string, source: ConfigSource): Promise<'written' | 'exists'>
  /** `announce` receives a sentence for who waits. @throws ConfigError, StoreError */
  open(options: { configPath: string; announce: (text: string) => void; signal: AbortSignal }): Promise<Session>
  /** Runs these roles until the signal fires and everything has stopped. `ready`: all run; with the address of `http`, and whether any account's syncs come by themselves. */
  serve(options: {
    configPath: string
    roles: readonly Role[]
    signal: AbortSignal
    ready: (url: string | null, isScheduled: boolean) => void
  }): Promise<void>
  /** Starts a Klaviyo that behaves, on loopback. Port 0 takes any free one; `fast` makes its clock run. */
  sandboxKlaviyo(options: {
    port: number
    fast: boolean
    currency: string
    timezone: string
  }): Promise<{ url: string; close(): Promise<void> }>
  /** Starts a shop of a platform full of sample orders, on loopback; `source` is how it is configured. */
  sandboxShop(
    shop: SandboxShop,
    options: { port: number },
  ): Promise<{ url: string; source: Readonly<Record<string, unknown>>; close(): Promise<void> }>
  /**
   * Plays the whole job on a sample shop; `show` is called for every step as it happens. With `openDashboard` the page
   * is served afterwards until the signal fires, `ready` telling where, and with which token where there is one.
   */
  demo(
    options: {
      shop: DemoShop
      openDashboard: boolean
      ready: (url: string, token: string | null) => void
      signal: AbortSignal
    },
    show: ShowDemoStep,
  ): Promise<void>
}
