import { setTimeout as delay } from 'node:timers/promises'
import { StoreError } from '../src/core/errors.ts'
import type { RunStore } from '../src/core/runs/run-store.ts'

/** Pauses between the tries: a database that restarts is back within seconds. */
const PAUSES_MS = [200, 1_000, 3_000]

/** Writes down how a run ended. Repeats this alone while the database is away, since the work itself is done. */
export async function finishRun(
  runs: Pick<RunStore, 'finishRun'>,
  runId: number,
  outcome: Parameters<RunStore['finishRun']>[1],
): Promise<void> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await runs.finishRun(runId, outcome)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      await delay(pauseMs)
    }
  }
  await runs.finishRun(runId, outcome)
}
