import type { RunFilter, WebhookRuns } from './run-filter.ts'

/** The outcome of one job, for people. */
export interface Run {
  readonly runId: number
  readonly job: string
  readonly jobId: string
  readonly source: string | null
  readonly trigger: string
  /** `superseded`: it was stopped, and a later sync has done its work. */
  readonly state: 'running' | 'done' | 'failed' | 'superseded'
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly attempts: number
  /** How long nobody worked on it since it began, because what did had been stopped. */
  readonly idleMs: number
  readonly counts: Readonly<Record<string, unknown>>
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** The history of jobs. */
export interface RunStore {
  /**
   * A job that comes back (waiting, or tried again) keeps its row. `waitedUntil`: it was told to wait until then, which is no
   * idle time. @returns the run's id.
   */
  startRun(run: {
    job: string
    jobId: string
    source?: string
    trigger: string
    attempt: number
    waitedUntil?: Date
  }): Promise<number>
  /** Notes that somebody works on these runs at this moment; whoever does says so every few seconds. */
  noteWork(runIds: readonly number[]): Promise<void>
  finishRun(
    runId: number,
    outcome: { counts: Readonly<Record<string, unknown>>; failure?: { code: string; message: string } },
  ): Promise<void>
  /** Ends a run whose work a later sync has done; nothing when it has ended. */
  supersedeRun(runId: number): Promise<void>
  /** The runs of these jobs, whichever of them have one. */
  loadRunsOf(jobIds: readonly string[]): Promise<readonly Run[]>
  /** Latest first. */
  loadRuns(limit: number, filter?: RunFilter): Promise<readonly Run[]>
  /** All that have not ended, latest first. */
  loadRunning(): Promise<readonly Run[]>
  /** When the latest sync that was done ended, however many others have run since; null: none was. */
  lastSyncedAt(): Promise<Date | null>
  /** What the shop's webhooks had done since an instant. */
  countWebhookRuns(since: Date): Promise<WebhookRuns>
}

/** How long a run that has ended took, in milliseconds: without the time in which nobody worked on it. Null: it has not ended. */
export function workedMs({
  startedAt,
  finishedAt,
  idleMs,
}: Pick<Run, 'startedAt' | 'finishedAt' | 'idleMs'>): number | null {
  return finishedAt === null ? null : Math.max(0, finishedAt.getTime() - startedAt.getTime() - idleMs)
}
