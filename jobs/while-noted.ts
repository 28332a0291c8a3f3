import type { RunStore } from '../src/core/runs/run-store.ts'

/** Well below the silence that the ledger takes for an interruption. */
const NOTE_EVERY_MS = 3_000

/** Has the ledger know, for as long as the work lasts, that somebody is at these runs; a note that fails stops nothing. */
export async function whileNoted<T>(
  runs: Pick<RunStore, 'noteWork'>,
  runIds: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => void runs.noteWork(runIds).catch(() => undefined), NOTE_EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
