import {
  AbortedError,
  RateLimitedError,
  RemoteUnavailableError,
  type ScontrinoError,
  StoreError,
} from '../src/core/errors.ts'

/** What becomes of a job whose work threw: design §9. */
export type Disposition =
  /** Come back after so long; no attempt is used. */
  | { readonly action: 'delay'; readonly delayMs: number }
  /** Back to the front of the queue for the next worker; no attempt is used. */
  | { readonly action: 'requeue' }
  /** Try again after a growing pause, while attempts are left. */
  | { readonly action: 'retry' }
  /** Repeating will not help. */
  | { readonly action: 'fail' }

/** A sync that waited longer would keep the next ones from pulling; they will do what this one leaves. */
const LONGEST_WAIT_IN_SYNC_MS = 15 * 60_000

/** Decides by the error's class alone: will repeating help, and may it cost an attempt? */
export function dispose(error: ScontrinoError, { inSync = false }: { inSync?: boolean } = {}): Disposition {
  if (error instanceof RateLimitedError) {
    const tooLong = inSync && error.delayMs > LONGEST_WAIT_IN_SYNC_MS
    return tooLong ? { action: 'fail' } : { action: 'delay', delayMs: error.delayMs }
  }
  if (error instanceof AbortedError) return { action: 'requeue' }
  if (error instanceof RemoteUnavailableError || error instanceof StoreError) return { action: 'retry' }
  return { action: 'fail' }
}
