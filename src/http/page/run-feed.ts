import type { AccountRun } from '../../app/application.ts'
import type { HttpApplication } from '../application.ts'

/** How many runs a page shows. */
export const SHOWN_RUNS = 30
const LOOK_EVERY_MS = 1_000

/** Tells listeners how runs go on: one look a second for an account, however many listen, and none while nobody does. */
export interface RunFeed {
  /** @returns what ends it. */
  listen(account: string, listener: RunListener): () => void
}

/** Somebody who follows the runs of an account. */
interface RunListener {
  /** Called with the latest runs but those of webhooks, again and again. */
  tell(runs: readonly AccountRun[]): void
  /** `tell` has thrown and is called no more; the other listeners go on. */
  end(): void
}

/** `onFailure`: a look or a listener has failed; the next look is made all the same. */
export function createRunFeed(
  application: Pick<HttpApplication, 'loadRuns'>,
  onFailure: (error: unknown) => void,
  everyMs = LOOK_EVERY_MS,
): RunFeed {
  const listeners = new Map<string, Set<RunListener>>()

  function leave(account: string, all: Set<RunListener>, listener: RunListener): void {
    all.delete(listener)
    if (all.size === 0 && listeners.get(account) === all) listeners.delete(account)
  }

  async function look(account: string, all: Set<RunListener>): Promise<void> {
    if (listeners.get(account) !== all) return
    try {
      const runs = await application.loadRuns({ account, limit: SHOWN_RUNS, webhooks: false })
      for (const listener of all) tellOne(account, all, listener, runs)
    } catch (error) {
      onFailure(error)
    }
    setTimeout(() => void look(account, all), everyMs).unref()
  }

  function tellOne(account: string, all: Set<RunListener>, listener: RunListener, runs: readonly AccountRun[]): void {
    try {
      listener.tell(runs)
    } catch (error) {
      onFailure(error)
      leave(account, all, listener)
      listener.end()
    }
  }
  return {
    listen(account, listener) {
      const known = listeners.get(account)
      const all = known ?? new Set<RunListener>()
      all.add(listener)
      if (known === undefined) {
        listeners.set(account, all)
        void look(account, all)
      }
      return () => leave(account, all, listener)
    },
  }
}
