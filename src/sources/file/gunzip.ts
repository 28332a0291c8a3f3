import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 65_536

/**
 * Uncompresses what begins with gzip's two magic bytes, whatever the file is called; other bytes pass as they are.
 * Ending the iteration early ends `stored` before it returns.
 */
export async function* gunzipWhereNeeded(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = stored[Symbol.asyncIterator]()
  try {
    let start: Buffer = Buffer.alloc(0)
    while (start.length < 2) {
      const next = await source.next()
      if (next.done === true) break
      start = start.length === 0 ? next.value : Buffer.concat([start, next.value])
    }
    if (start[0] === 0x1f && start[1] === 0x8b) yield* gunzip(continueWith(start, source))
    else yield* continueWith(start, source)
  } finally {
    await source.return?.()
  }
}

async function* continueWith(start: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
}

async function* gunzip(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unzip = createGunzip({ chunkSize: CHUNK_BYTES })
  const input = Readable.from(compressed, { objectMode: false, highWaterMark: CHUNK_BYTES })
  // Its failure reaches us through `unzip`; this promise only tells when both ends are released.
  const fed = pipeline(input, unzip).catch(() => undefined)
  try {
    for await (const chunk of unzip) yield chunk
  } finally {
    unzip.destroy()
    await fed
  }
}
