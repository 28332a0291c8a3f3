import { type ScontrinoError, StoreError, toScontrinoError } from '../src/core/errors.ts'

/**
 * Asks the queues' store and turns what BullMQ, node-postgres and ioredis throw into our errors: a store that is away,
 * a lock that ran out. Messages of theirs name jobs and servers, never what a job carries.
 */
export async function askQueue<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw toQueueError(error)
  }
}

const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError]

function toQueueError(thrown: unknown): ScontrinoError {
  const foreign = thrown instanceof Error && !('context' in thrown) && thrown.name !== 'AbortError'
  if (!foreign || MISTAKES.some((mistake) => thrown instanceof mistake))
    return toScontrinoError(thrown, 'asking the queue')
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
  // A connection that is refused on every address of a name has no message of its own.
  return new StoreError(`the queue did not answer as it should: ${thrown.message || code}`, { code }, { cause: thrown })
}
