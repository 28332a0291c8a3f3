import { setTimeout as delay } from 'node:timers/promises'
import type { AccountServices } from '../app/services.ts'

/** Until somebody at a terminal would wonder; most pulls end sooner. */
export const PATIENCE_MS = 10_000
const LOOK_AGAIN_MS = 200

/** Does `work` as soon as nobody does work of that kind; null: somebody did for all of `patienceMs`. */
export async function onceFree<T>(
  { exclusively }: Pick<AccountServices, 'exclusively'>,
  kind: string,
  work: () => Promise<T>,
  patienceMs: number,
): Promise<T | null> {
  const deadlineMs = performance.now() + patienceMs
  for (;;) {
    const done = await exclusively(kind, work)
    if (done !== null || performance.now() >= deadlineMs) return done
    await delay(LOOK_AGAIN_MS)
  }
}
