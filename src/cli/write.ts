import type { Writable } from 'node:stream'
import { AbortedError } from '../core/errors.ts'

/** Writes and waits until the stream has passed it on, so that a slow reader slows us down. Rejects with its errors. */
export function write(stream: Writable, text: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new AbortedError('writing the answer: stopped'))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    stream.write(text, (error) => {
      signal.removeEventListener('abort', stop)
      if (error) reject(error)
      else resolve()
    })
  })
}

/** Whether what `write` rejected with says that the reader has gone. Of other errors it says nothing: a socket breaks too. */
export function isBrokenPipe(thrown: unknown): boolean {
  return (
    thrown instanceof Error && 'code' in thrown && (thrown.code === 'EPIPE' || thrown.code === 'ERR_STREAM_DESTROYED')
  )
}
