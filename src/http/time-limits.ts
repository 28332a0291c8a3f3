/** How long a connection may take, in milliseconds, and why. */
export const TIME_LIMITS = {
  /** A request is at most 16 KB: who takes longer to send it is broken, or holds connections on purpose. */
  requestMs: 10_000,
  headersMs: 5_000,
  /** Node looks only this often for requests that came too slowly; its own 30 s would make `requestMs` a wish. */
  checkEveryMs: 2_000,
  /** Nothing here works long, jobs are queued. Shorter than the 10 s in which a stopping process must have ended. */
  handlerMs: 8_000,
  /** Longer than the 60 s of usual load balancers, which must be the side that closes an idle connection. */
  keepAliveMs: 65_000,
  /** A socket on which nothing moves although an answer is due; above `handlerMs`, so that answer comes first. */
  silentSocketMs: 30_000,
} as const

/** For pages that ask Klaviyo, which answers some questions only once a second; below `silentSocketMs`. */
export const PAGE_TIME_LIMITS = { patientMs: 25_000 } as const
