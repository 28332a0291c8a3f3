import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { RateLimitedError, StoreError, throwIfAborted } from '../core/errors.ts'
import { createWindowLimiter, prepareStore, type RateLimitStore } from './rate-limit-store.ts'
import type { RateWindow } from './rate-windows.ts'
import { untilAborted, wait } from './wait.ts'

/** Lets calls through no faster than their windows allow, over all processes that share its store. */
export interface RateLimiter {
  /**
   * Resolves when one call under `key` may be made now, after waiting `maxWaitMs` (3 s) at most. Who would have to
   * begin a longer work again, such as reading pages, waits longer than its longest window lasts, or never ends.
   * @throws RateLimitedError with the time to come back when that is not enough; StoreError when the store is away.
   */
  take(key: string, windows: readonly RateWindow[], signal: AbortSignal, maxWaitMs?: number): Promise<void>
  /** Undoes a `take` whose call reached nobody. Never throws: at worst the call stays counted. */
  giveBack(key: string, windows: readonly RateWindow[]): Promise<void>
}

const MAX_WAIT_MS = 3_000

/** Builds a limiter over a store that is handed in and not closed here. */
export function createRateLimiter(store: RateLimitStore): RateLimiter {
  const limiters = new Map<string, RateLimiterAbstract>()
  let prepared: Promise<void> | null = null

  function limiterOf(window: RateWindow): RateLimiterAbstract {
    const name = nameOf(window)
    const limiter = limiters.get(name) ?? createWindowLimiter(store, window)
    limiters.set(name, limiter)
    return limiter
  }

  /** Milliseconds until the first window that is used up opens again; 0 when one point of each was taken. */
  async function consume(key: string, windows: readonly RateWindow[]): Promise<number> {
    for (const window of windows) {
      try {
        await limiterOf(window).consume(`${key}:${nameOf(window)}`)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext))
        throw toStoreError(refusal)
      }
    }
    return 0
  }

  async function take(
    key: string,
    windows: readonly RateWindow[],
    signal: AbortSignal,
    maxWaitMs = MAX_WAIT_MS,
  ): Promise<void> {
    const doing = `waiting for the rate limit of ${key}`
    throwIfAborted(signal, doing)
    prepared ??= prepareStore(store).catch((error: unknown) => {
      prepared = null
      throw toStoreError(error)
    })
    await untilAborted(prepared, signal)
    const giveUpAtMs = Date.now() + maxWaitMs
    for (;;) {
      // All windows are taken again after a wait, so that their points belong to the same moment as the call.
      const delayMs = await untilAborted(consume(key, windows), signal)
      if (delayMs === 0) return
      if (Date.now() + delayMs > giveUpAtMs) {
        throw new RateLimitedError(`${doing}: used up for another ${delayMs} ms`, delayMs, { key })
      }
      await wait(delayMs, signal)
    }
  }

  async function giveBack(key: string, windows: readonly RateWindow[]): Promise<void> {
    for (const window of windows) {
      const limiter = limiterOf(window)
      const name = `${key}:${nameOf(window)}`
      try {
        // A window that has ended meanwhile forgot the call by itself: the next one would allow one too many.
        const counted = await limiter.get(name)
        if (counted !== null && counted.consumedPoints > 0) await limiter.reward(name)
      } catch {
        return
      }
    }
  }

  return { take, giveBack }
}

function nameOf({ points, windowMs }: RateWindow): string {
  return `${points}/${windowMs}`
}

function toStoreError(error: unknown): StoreError {
  const code = (error as { code?: unknown } | null)?.code
  return new StoreError(
    'counting calls for the rate limit: the store did not answer',
    typeof code === 'string' ? { code } : {},
    { cause: error },
  )
}
