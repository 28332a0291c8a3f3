import { PAGE_TIME_LIMITS } from '../time-limits.ts'
import type { HttpApp } from '../type-provider.ts'

/** Fires when the server begins to stop. */
export function stopSignal(app: HttpApp): AbortSignal {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort())
  return stopping.signal
}

/**
 * Signals for what a page waits for: they fire just before the answer would be given up, and when the server stops. The
 * request's own signal fires as soon as its body has been read, and who closes the window has still said "apply".
 */
export function createPatience(app: HttpApp): () => AbortSignal {
  const stopping = stopSignal(app)
  return () => AbortSignal.any([stopping, AbortSignal.timeout(PAGE_TIME_LIMITS.patientMs - 1_000)])
}
