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

/** Decides by the error's class alone: will repeating help, and may it cost an attempt? */
export function dispose(error: ScontrinoError): Disposition {
  if (error instanceof RateLimitedError) return { action: 'delay', delayMs: error.delayMs }
  if (error instanceof AbortedError) return { action: 'requeue' }
  if (error instanceof RemoteUnavailableError || error instanceof StoreError) return { action: 'retry' }
  return { action: 'fail' }
}
