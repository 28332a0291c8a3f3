/** One request that came in: no query, no headers, no body, since those may hold addresses and keys. */
export interface LoggedRequest {
  /** Milliseconds since the epoch. */
  readonly atMs: number
  readonly method: string
  readonly path: string
  /** Klaviyo's name of the operation; null when there is none. */
  readonly operation: string | null
  /** 0: the connection was cut instead of an answer; null: not answered yet. */
  status: number | null
}

/** How many requests came in, by operation. */
export interface RequestCounts {
  readonly total: number
  /** How many were answered 429. */
  readonly throttled: number
  readonly byOperation: Readonly<Record<string, number>>
}

/** Remembers the last requests and counts all of them. */
export interface RequestLog {
  open(method: string, path: string, operation: string | null, atMs: number): LoggedRequest
  close(entry: LoggedRequest, status: number): void
  /** The last 10,000, oldest first. */
  list(): readonly LoggedRequest[]
  counts(): RequestCounts
}

const KEPT = 10_000

/** An empty log. */
export function createRequestLog(): RequestLog {
  const entries: LoggedRequest[] = []
  const byOperation: Record<string, number> = {}
  let total = 0
  let throttled = 0
  return {
    open(method, path, operation, atMs) {
      const entry: LoggedRequest = { atMs, method, path, operation, status: null }
      entries.push(entry)
      if (entries.length > KEPT * 2) entries.splice(0, KEPT)
      total++
      if (operation !== null) byOperation[operation] = (byOperation[operation] ?? 0) + 1
      return entry
    },
    close(entry, status) {
      entry.status = status
      if (status === 429) throttled++
    },
    list: () => entries.slice(-KEPT),
    counts: () => ({ total, throttled, byOperation: { ...byOperation } }),
  }
}
