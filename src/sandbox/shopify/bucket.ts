/** What a bucket says beside every answer. */
interface ThrottleStatus {
  readonly maximumAvailable: number
  readonly currentlyAvailable: number
  readonly restoreRate: number
}

/** Points that queries are paid with; they come back with time. */
export interface Bucket {
  /** False when there are too few. */
  take(points: number): boolean
  giveBack(points: number): void
  status(): ThrottleStatus
}

/** A full bucket of twenty seconds' points. */
export function createBucket(restoreRate: number, nowMs: () => number): Bucket {
  const maximum = 20 * restoreRate
  let available = maximum
  let atMs = nowMs()
  function restore(): void {
    const ms = nowMs()
    available = Math.min(maximum, available + ((ms - atMs) / 1000) * restoreRate)
    atMs = ms
  }
  return {
    take(points) {
      restore()
      if (points > available) return false
      available -= points
      return true
    },
    giveBack(points) {
      available = Math.min(maximum, available + points)
    },
    status() {
      restore()
      return { maximumAvailable: maximum, currentlyAvailable: Math.floor(available), restoreRate }
    },
  }
}
