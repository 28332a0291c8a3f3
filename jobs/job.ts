import type { AccountServices, OnProgress } from '../src/app/services.ts'
import type { JobName } from '../src/core/runs/job-names.ts'
import type { Logger } from '../src/lib/logger.ts'
import type { JobData } from './job-data.ts'
import type { WakeStore } from './store-waker.ts'

/** What a job's work is given. */
interface JobWork {
  readonly services: AccountServices
  readonly data: JobData
  readonly onProgress: OnProgress
  readonly log: Logger
  /**
   * Notes what of the work is done. However this attempt ends, the counts are in the job's data when it comes back;
   * awaited, also when the process is killed.
   */
  keep(counts: Readonly<Record<string, number>>): Promise<void>
  /** Has the store's numbers of the job's account brought up to date, later and off the path of this job. */
  readonly wakeStore: WakeStore
  readonly signal: AbortSignal
}

/** How a job's work ended. `failure`: it was done, and what it found is to be told as a failure. */
export type JobOutcome =
  | { readonly done: true; readonly counts: object; readonly failure?: { code: string; message: string } }
  /** Come back after `delayMs`, with these counts in the job's data. */
  | { readonly done: false; readonly counts: Readonly<Record<string, number>>; readonly delayMs: number }

/** What comes before a job's work. */
export type JobStart = Pick<JobWork, 'services' | 'data' | 'signal'>

/** One kind of job. Every file of this folder that is named after a job exports one. */
export interface JobDefinition {
  readonly name: JobName
  /** The connector whose key the work needs; a paused one fails the job at once. Null: none. */
  connectorOf(data: JobData): string | null
  /** Work of the same kind excludes itself, per account. */
  exclusiveKind(data: Pick<JobData, 'source'>): string
  /**
   * What is done first, whatever keeps the work itself waiting: a refused key, or somebody else's work of the same kind.
   * It may run beside such work, and beside itself. The counts are the run's, with those of the work.
   */
  workUnhindered?(input: JobStart): Promise<Readonly<Record<string, number>>>
  work(input: JobWork): Promise<JobOutcome>
}
