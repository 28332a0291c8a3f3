import type { RunFilter, WebhookRuns } from './run-filter.ts'

/** The outcome of one job, for people. */
export interface Run {
  readonly runId: number
  readonly job: string
  readonly jobId: string
  readonly source: string | null
  readonly trigger: string
  readonly state: 'running' | 'done' | 'failed'
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly attempts: number
  readonly counts: Readonly<Record<string, unknown>>
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** The history of jobs. */
export interface RunStore {
  /** A job that comes back (waiting, or tried again) keeps its row. @returns the run's id. */
  startRun(run: { job: string; jobId: string; source?: string; trigger: string; attempt: number }): Promise<number>
  finishRun(
    runId: number,
    outcome: { counts: Readonly<Record<string, unknown>>; failure?: { code: string; message: string } },
  ): Promise<void>
  /** The runs of these jobs, whichever of them have one. */
  loadRunsOf(jobIds: readonly string[]): Promise<readonly Run[]>
  /** Latest first. */
  loadRuns(limit: number, filter?: RunFilter): Promise<readonly Run[]>
  /** All that began before an instant and have not ended, latest first. */
  loadRunning(before: Date): Promise<readonly Run[]>
  /** When the latest sync that was done ended, however many others have run since; null: none was. */
  lastSyncedAt(): Promise<Date | null>
  /** What the shop's webhooks had done since an instant. */
  countWebhookRuns(since: Date): Promise<WebhookRuns>
}
