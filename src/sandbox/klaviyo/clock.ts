/** The sandbox's time: reads it and runs things later by it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `task` once when the clock has moved on by `delayMs`. */
  after(delayMs: number, task: () => void): void
  /** Tasks that have not run yet. */
  pending(): number
  /** Forgets all tasks. */
  stop(): void
}

/** An injected clock may jump at any moment, so it is looked at this often. */
const LOOK_MS = 5

/** A clock over `read`, or over the machine's own time when that is absent; its timers keep no process alive. */
export function createClock(read?: () => number): Clock {
  const now = read ?? Date.now
  const tasks: { readonly at: number; readonly run: () => void }[] = []
  let timer: NodeJS.Timeout | null = null

  function arm(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const next = tasks[0]
    if (next === undefined) return
    const waitMs = Math.max(0, next.at - now())
    timer = setTimeout(runDue, read === undefined ? Math.min(waitMs, 2 ** 31 - 1) : Math.min(waitMs, LOOK_MS))
    timer.unref()
  }

  function runDue(): void {
    const due = tasks.findIndex((task) => task.at > now())
    for (const task of tasks.splice(0, due === -1 ? tasks.length : due)) task.run()
    arm()
  }

  return {
    now,
    after(delayMs, run) {
      const at = now() + delayMs
      const place = tasks.findIndex((task) => task.at > at)
      tasks.splice(place === -1 ? tasks.length : place, 0, { at, run })
      arm()
    },
    pending: () => tasks.length,
    stop() {
      tasks.length = 0
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** How Klaviyo writes an instant: seconds and a numeric offset, `2026-11-21T10:00:00+00:00`. */
export function toWireInstant(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}+00:00`
}
