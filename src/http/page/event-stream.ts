import type { FastifyReply } from 'fastify'
import type { HttpApp } from '../type-provider.ts'

/** Proxies and our own limit for silent sockets close a connection on which nothing moves. */
const HEARTBEAT_MS = 10_000
/** Who takes this little of what is sent has gone without saying so. */
const MOST_UNSENT_BYTES = 1024 * 1024

/** One open stream of server-sent events. */
export interface EventStream {
  /** The data of one event; the same as last time is not sent again. */
  send(data: unknown): void
  end(): void
}

/** Opens streams and ends them all when the server stops: each would hold it up for as long as somebody looks. */
export function createEventStreams(app: HttpApp) {
  const open = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })
  /** `start` is given the stream and answers what is to be done at its end. */
  return (reply: FastifyReply, start: (stream: EventStream) => () => void): FastifyReply => {
    const { raw } = reply
    reply.hijack()
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      // nginx would collect events otherwise.
      'x-accel-buffering': 'no',
    })
    raw.write('retry: 2000\n\n')
    const heartbeat = setInterval(() => raw.write(':\n\n'), HEARTBEAT_MS).unref()
    let last = ''
    let stop = (): void => undefined
    const end = () => {
      open.delete(end)
      clearInterval(heartbeat)
      stop()
      raw.end()
    }
    stop = start({
      send(data) {
        const text = JSON.stringify(data)
        if (text === last) return
        last = text
        raw.write(`data: ${text}\n\n`)
        if (raw.writableLength > MOST_UNSENT_BYTES) end()
      },
      end,
    })
    open.add(end)
    raw.once('close', end)
    return reply
  }
}
