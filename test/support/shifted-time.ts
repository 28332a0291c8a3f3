/** A server's own time, and what it is taken for: later by what was added. Both go on; nothing is ever earlier. */
export interface ShiftedTime {
  now(): Date
  /** Lets time pass; what happened before it is over by then. */
  advance(ms: number): Promise<void>
  /** The instant that the server means. */
  toShifted(serverMs: number): number
  /** The first instant of the server that is no earlier. */
  toServer(shiftedMs: number): number
}

interface Jump {
  readonly atMs: number
  readonly addedMs: number
}

/** Instants of the server from now on are taken for `startedAt` and later, and those before for as long before. */
export function createShiftedTime(startedAt: Date): ShiftedTime {
  const offsetMs = startedAt.getTime() - Date.now()
  const jumps: Jump[] = []
  const addedBefore = (serverMs: number) =>
    jumps.filter(({ atMs }) => atMs <= serverMs).reduce((sum, { addedMs }) => sum + addedMs, offsetMs)

  function toServer(shiftedMs: number): number {
    let serverMs = shiftedMs - offsetMs
    for (const { atMs, addedMs } of jumps) {
      if (serverMs < atMs) return serverMs
      serverMs = Math.max(atMs, serverMs - addedMs)
    }
    return serverMs
  }

  return {
    now: () => new Date(Date.now() + addedBefore(Date.now())),
    async advance(ms) {
      // Databases know microseconds: neither what was just done nor what comes next shares the millisecond of the jump.
      await nextMillisecond()
      jumps.push({ atMs: Date.now(), addedMs: ms })
      await nextMillisecond()
    },
    toShifted: (serverMs) => serverMs + addedBefore(serverMs),
    toServer,
  }
}

async function nextMillisecond(): Promise<void> {
  const started = Date.now()
  while (Date.now() <= started) await new Promise((resolve) => setImmediate(resolve))
}
