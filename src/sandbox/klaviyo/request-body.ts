import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type ApiError, invalid, tooLarge } from './errors.ts'
import { MAX_BODY_BYTES } from './limits.ts'

/** A body that was read: its JSON, or what is wrong with it. */
export type RequestBody =
  | { readonly kind: 'json'; readonly value: unknown; readonly bytes: number }
  | { readonly kind: 'refused'; readonly error: ApiError }

/** What a request without a body has. */
export const NO_BODY: RequestBody = { kind: 'json', value: undefined, bytes: 0 }

/** Reads a body, unpacks it when `content-encoding: gzip` says so, and parses JSON. */
export type ReadBody = (stream: Readable, encoding: string | undefined) => Promise<RequestBody>

const unzip = promisify(gunzip)

/** A reader with its own buffers: fresh ones of megabytes for every request would never go back to the system. */
export function createReadBody(): ReadBody {
  const spare: Buffer[] = []
  return async (stream, encoding) => {
    const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(MAX_BODY_BYTES)
    try {
      let length = 0
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (length + chunk.length <= MAX_BODY_BYTES) chunk.copy(buffer, length)
        length += chunk.length
      }
      if (length > MAX_BODY_BYTES) return refusedSize()
      const raw = buffer.subarray(0, length)
      if (encoding !== 'gzip') return parseJson(raw)
      return await unzip(raw, { maxOutputLength: MAX_BODY_BYTES }).then(parseJson, toRefusal)
    } finally {
      spare.push(buffer)
    }
  }
}

function parseJson(bytes: Buffer): RequestBody {
  if (bytes.length === 0) return NO_BODY
  try {
    return { kind: 'json', value: JSON.parse(bytes.toString('utf8')), bytes: bytes.length }
  } catch {
    return { kind: 'refused', error: invalid('JSON parse error: the request body is not valid JSON.') }
  }
}

function toRefusal(reason: NodeJS.ErrnoException): RequestBody {
  if (reason.code === 'ERR_BUFFER_TOO_LARGE') return refusedSize()
  return { kind: 'refused', error: invalid('The request body is not valid gzip.') }
}

function refusedSize(): RequestBody {
  return { kind: 'refused', error: tooLarge('The maximum allowed payload size is 5MB.') }
}
