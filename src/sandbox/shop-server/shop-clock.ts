/** A shop's own clock: real time plus what was added to it. */
export interface ShopClock {
  now(): Date
  /** Lets time pass, at most back to what it already was. */
  advance(ms: number): void
}

/** A clock that runs, or, with `stoppedAt`, one that moves only when told to. */
export function createShopClock(stoppedAt?: Date): ShopClock {
  let addedMs = 0
  return {
    now: () => new Date((stoppedAt?.getTime() ?? Date.now()) + addedMs),
    advance(ms) {
      addedMs += ms
    },
  }
}
