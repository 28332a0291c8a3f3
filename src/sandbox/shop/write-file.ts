import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { headerText, orderText, type ShopFormat } from './order-text.ts'
import type { SampleOrder } from './sample-order.ts'
import { createTally, type ShopTruth } from './truth.ts'

const CHUNK_CHARACTERS = 256 * 1024

/**
 * Writes orders as a file that the file source reads with `rows: orders`, in constant memory, and counts what a perfect
 * program would find in it. The orders must come as they were placed. The folder must be there.
 */
export async function writeShopFile(
  path: string,
  orders: Iterable<SampleOrder>,
  format: ShopFormat,
  gzip = false,
): Promise<ShopTruth> {
  const tally = createTally()

  function* readChunks(): Generator<string> {
    let chunk = headerText(format)
    for (const order of orders) {
      tally.add(order)
      chunk += orderText(order, format)
      if (chunk.length < CHUNK_CHARACTERS) continue
      yield chunk
      chunk = ''
    }
    yield chunk
  }

  const text = Readable.from(readChunks())
  if (gzip) await pipeline(text, createGzip(), createWriteStream(path))
  else await pipeline(text, createWriteStream(path))
  return tally.truth()
}
