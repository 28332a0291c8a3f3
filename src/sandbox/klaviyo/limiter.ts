import type { RateLimit } from './limits.ts'

/** A named budget; several may be taken from by one request. */
export interface Bucket {
  readonly name: string
  readonly limit: RateLimit
}

/** Whether a request may pass, and the headers that go with it. */
interface Verdict {
  /** Seconds until the last exhausted window ends; null when the request passes. */
  readonly retryAfterSeconds: number | null
  readonly headers: Readonly<Record<string, string>>
}

/** Counts requests in fixed windows. */
export interface Limiter {
  /** Takes one from every bucket, or, when any window of any is used up, from none. */
  take(buckets: readonly Bucket[], nowMs: number): Verdict
}

interface Window {
  readonly seconds: number
  readonly max: number
  index: number
  used: number
}

/**
 * Fixed windows that begin at full seconds, minutes and days, not at a client's first request: a client cannot know
 * where Klaviyo's begin. The headers show the burst window of the tightest bucket, as recorded answers do.
 */
export function createLimiter(enforce: boolean): Limiter {
  const windows = new Map<string, Window[]>()

  function windowsOf({ name, limit }: Bucket): Window[] {
    const known = windows.get(name)
    if (known !== undefined) return known
    const made = [
      { seconds: 1, max: limit.burst, index: -1, used: 0 },
      { seconds: 60, max: limit.steady, index: -1, used: 0 },
    ]
    if (limit.daily !== undefined) made.push({ seconds: 86_400, max: limit.daily, index: -1, used: 0 })
    windows.set(name, made)
    return made
  }

  return {
    take(buckets, nowMs) {
      const all = buckets.flatMap(windowsOf)
      for (const window of all) {
        const index = Math.floor(nowMs / (window.seconds * 1000))
        if (index !== window.index) Object.assign(window, { index, used: 0 })
      }
      const full = all.filter((window) => window.used >= window.max)
      if (full.length > 0 && enforce) {
        const waits = full.map((window) => Math.ceil(((window.index + 1) * window.seconds * 1000 - nowMs) / 1000))
        const retryAfterSeconds = Math.max(1, ...waits)
        return { retryAfterSeconds, headers: { 'retry-after': String(retryAfterSeconds) } }
      }
      for (const window of all) window.used++
      const tightest = buckets.reduce((a, b) => (b.limit.burst < a.limit.burst ? b : a))
      return { retryAfterSeconds: null, headers: toHeaders(windowsOf(tightest)) }
    },
  }
}

function toHeaders(windows: readonly Window[]): Record<string, string> {
  const burst = windows[0]
  const policy = windows.map(({ max, seconds }) => `${max};w=${seconds}`)
  return {
    'ratelimit-limit': [String(burst?.max), ...policy].join(', '),
    'ratelimit-remaining': String(Math.max(0, (burst?.max ?? 0) - (burst?.used ?? 0))),
    'ratelimit-reset': '0',
  }
}
