const FIRST_DELAY_MS = 2_000
const LONGEST_DELAY_MS = 60_000

/** What a page does with what it is told. */
export interface LiveStream {
  message(data: string): void
  /** True: what is shown may be out of date. */
  offline(isOffline: boolean): void
}

/**
 * Listens to a stream of events for as long as the page is looked at: browsers open six connections to a server, so six
 * pages in the background would leave none to the one in front. Comes back after whatever ended it.
 */
export function followStream(url: string, { message, offline }: LiveStream): void {
  let events: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let delayMs = FIRST_DELAY_MS

  const close = () => {
    clearTimeout(timer)
    events?.close()
    events = null
  }
  const open = () => {
    if (document.hidden || events !== null) return
    clearTimeout(timer)
    const source = new EventSource(url)
    events = source
    source.addEventListener('message', ({ data }: MessageEvent<string>) => message(data))
    source.addEventListener('open', () => {
      delayMs = FIRST_DELAY_MS
      offline(false)
    })
    source.addEventListener('error', () => {
      offline(true)
      // After a lost connection the browser tries again by itself, after any answer but a stream it never does.
      if (source.readyState !== EventSource.CLOSED) return
      events = null
      timer = setTimeout(() => void retry(), delayMs)
      delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS)
    })
  }
  const retry = async () => {
    // The login is at the page's own address.
    if (await isLoggedOut(url)) location.reload()
    else open()
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  // A page that somebody comes back to by "back" begins as it was left; leaving must not look like a lost connection.
  addEventListener('pagehide', close)
  addEventListener('pageshow', open)
  open()
}

/** An event source does not tell which answer it got. */
async function isLoggedOut(url: string): Promise<boolean> {
  const asking = new AbortController()
  try {
    return (await fetch(url, { signal: asking.signal })).status === 401
  } catch {
    return false
  } finally {
    asking.abort()
  }
}
