import type { AccountRun } from '../../app/application.ts'
import type { HttpApplication } from '../application.ts'

/** How many runs a page shows. */
export const SHOWN_RUNS = 30
const LOOK_EVERY_MS = 1_000

/** Tells listeners how runs go on: one look a second for an account, however many listen, and none while nobody does. */
export interface RunFeed {
  /** `tell` is called with the latest runs but those of webhooks, again and again. @returns what ends it. */
  listen(account: string, tell: (runs: readonly AccountRun[]) => void): () => void
}

/** `onFailure`: a look has failed; the next one is made all the same. */
export function createRunFeed(
  application: Pick<HttpApplication, 'loadRuns'>,
  onFailure: (error: unknown) => void,
  everyMs = LOOK_EVERY_MS,
): RunFeed {
  const listeners = new Map<string, Set<(runs: readonly AccountRun[]) => void>>()

  async function look(account: string, telling: Set<(runs: readonly AccountRun[]) => void>): Promise<void> {
    if (listeners.get(account) !== telling) return
    try {
      const runs = await application.loadRuns({ account, limit: SHOWN_RUNS, webhooks: false })
      for (const tell of telling) tell(runs)
    } catch (error) {
      onFailure(error)
    }
    setTimeout(() => void look(account, telling), everyMs).unref()
  }
  return {
    listen(account, tell) {
      const known = listeners.get(account)
      const all = known ?? new Set<(runs: readonly AccountRun[]) => void>()
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
