import type { Readable } from 'node:stream'
import axios from 'axios'
import {
  AbortedError,
  ContractError,
  RemoteRejectedError,
  RemoteUnavailableError,
  ScontrinoError,
} from '../core/errors.ts'

/** What is downloaded, and when to give up. */
interface Download {
  /** A ready address, signed if need be: no credentials of ours are sent, and no redirect is followed. */
  readonly url: string
  /** For messages; the address may hold a signature and is not told. */
  readonly what: string
  /** Longest silence. */
  readonly idleMs: number
  readonly signal: AbortSignal
}

const LONGEST_LINE = 16 * 1024 * 1024

/**
 * The lines of a text of any length, as they come in; empty ones are left out. A connection that breaks in the middle is
 * an error, never an end.
 * @throws RemoteRejectedError when the address is not, or no longer, good.
 */
export async function* downloadLines({ url, what, idleMs, signal }: Download): AsyncGenerator<string> {
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  signal.addEventListener('abort', onAbort, { once: true })
  let timer = setTimeout(onAbort, idleMs)
  try {
    const { status, data } = await axios.get<Readable>(url, {
      responseType: 'stream',
      maxRedirects: 0,
      proxy: false,
      signal: stop.signal,
      validateStatus: () => true,
    })
    if (status !== 200) {
      data.destroy()
      throw toStatusFailure(what, status)
    }
    const decoder = new TextDecoder('utf-8', { fatal: true })
    let rest = ''
    for await (const chunk of data) {
      clearTimeout(timer)
      timer = setTimeout(onAbort, idleMs)
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_LINE) throw new ContractError(`${what}: a line is longer than we are ready to read`)
      for (const line of lines) if (line.trim() !== '') yield line
    }
    rest += decoder.decode()
    if (rest.trim() !== '') yield rest
  } catch (error) {
    if (error instanceof ScontrinoError) throw error
    if (signal.aborted) throw new AbortedError(`${what}: stopped`)
    const reason = stop.signal.aborted ? `nothing came for ${idleMs} ms` : 'the connection broke'
    throw new RemoteUnavailableError(`${what}: ${reason}`)
  } finally {
    clearTimeout(timer)
    stop.abort()
    signal.removeEventListener('abort', onAbort)
  }
}

function toStatusFailure(what: string, status: number): ScontrinoError {
  const message = `${what}: the download answered ${status}`
  if (status >= 500 || status === 408 || status === 429) return new RemoteUnavailableError(message, { status })
  return new RemoteRejectedError(message, status, [])
}
