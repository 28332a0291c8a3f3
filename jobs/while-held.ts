import { AbortedError, StoreError, toScontrinoError } from '../src/core/errors.ts'

/**
 * Runs `work` until the process stops or the lock it works under is lost, whichever comes first.
 * @throws StoreError when it stopped for the lock: nobody asked for that, so it uses up an attempt and is tried again.
 */
export async function whileHeld<T>(
  { lost, stopping }: { lost: AbortSignal; stopping: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await work(AbortSignal.any([stopping, lost]))
  } catch (thrown) {
    const stopped = toScontrinoError(thrown, 'working under a lock') instanceof AbortedError
    if (!stopped || !lost.aborted || stopping.aborted) throw thrown
    throw new StoreError('the database connection that held the lock of this work was lost', {}, { cause: thrown })
  }
}
