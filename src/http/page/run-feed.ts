import type { JobProgress } from '../../app/application.ts'
import { isJobName } from '../../core/job-names.ts'
import type { LiveRun } from '../../page/runs.ts'
import type { HttpApplication } from '../application.ts'

/** How many runs a page shows. */
const SHOWN_RUNS = 30
const LOOK_EVERY_MS = 1_000

/** The runs of an account with the progress of those that run, latest first. */
export async function loadLiveRuns(
  { loadRuns, findJob }: Pick<HttpApplication, 'loadRuns' | 'findJob'>,
  account: string,
): Promise<LiveRun[]> {
  const runs = await loadRuns({ account, limit: SHOWN_RUNS })
  return Promise.all(
    runs.map(async (run) => {
      const isOpen = run.state === 'running' && isJobName(run.job)
      const progress: JobProgress | null = isOpen ? ((await findJob(run.job, run.jobId))?.progress ?? null) : null
      return { ...run, progress }
    }),
  )
}

/** Tells listeners how runs go on: one look a second for an account, however many listen, and none while nobody does. */
export interface RunFeed {
  /** `tell` is called with what is found, again and again. @returns what ends it. */
  listen(account: string, tell: (runs: readonly LiveRun[]) => void): () => void
}

/** `onFailure`: a look has failed; the next one is made all the same. */
export function createRunFeed(
  application: Pick<HttpApplication, 'loadRuns' | 'findJob'>,
  onFailure: (error: unknown) => void,
  everyMs = LOOK_EVERY_MS,
): RunFeed {
  const listeners = new Map<string, Set<(runs: readonly LiveRun[]) => void>>()

  async function look(account: string, telling: Set<(runs: readonly LiveRun[]) => void>): Promise<void> {
    if (listeners.get(account) !== telling) return
    try {
      const runs = await loadLiveRuns(application, account)
      for (const tell of telling) tell(runs)
    } catch (error) {
      onFailure(error)
    }
    setTimeout(() => void look(account, telling), everyMs).unref()
  }
  return {
    listen(account, tell) {
      const known = listeners.get(account)
      const all = known ?? new Set<(runs: readonly LiveRun[]) => void>()
      all.add(tell)
      if (known === undefined) {
        listeners.set(account, all)
        void look(account, all)
      }
      return () => {
        all.delete(tell)
        if (all.size === 0 && listeners.get(account) === all) listeners.delete(account)
      }
    },
  }
}
