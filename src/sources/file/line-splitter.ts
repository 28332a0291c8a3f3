import { isUtf8 } from 'node:buffer'

/** A physical line without its line feed; a carriage return before it is still there. */
export interface Line {
  /** 1-based, in the uncompressed text. */
  readonly number: number
  /** Of a line that is too long only the beginning; of one that is not UTF-8 a lossy reading, with U+FFFD. */
  readonly text: string
  readonly flaw?: 'not-utf8' | 'too-long'
}

/** Turns chunks of bytes into lines; holds at most one line and one chunk. */
export interface LineSplitter {
  push(chunk: Buffer): Line[]
  /** The last line, when the text does not end with a line feed. */
  end(): Line[]
}

/** Longest line, and longest CSV record, in bytes: beyond it a quote or a line feed is missing, not a customer verbose. */
export const MAX_LINE_BYTES = 1_048_576

const KEPT_OF_TOO_LONG = 4096
const LINE_FEED = 0x0a

/**
 * Cuts UTF-8 bytes at line feeds and counts lines. A line longer than `maxBytes` is thrown away as it comes, reported
 * once, and the next line feed starts afresh; a byte order mark at the start is taken off.
 */
export function createLineSplitter(maxBytes = MAX_LINE_BYTES): LineSplitter {
  let pieces: Buffer[] = []
  let pendingBytes = 0
  let tooLong: string | null = null
  let number = 0

  const keep = (piece: Buffer): void => {
    if (piece.length === 0 || tooLong !== null) return
    pieces.push(piece)
    pendingBytes += piece.length
    if (pendingBytes <= maxBytes) return
    tooLong = decodeStart(Buffer.concat(pieces), maxBytes)
    pieces = []
    pendingBytes = 0
  }

  const take = (tail: Buffer): Buffer => {
    const whole = pieces.length === 0 ? tail : Buffer.concat([...pieces, tail])
    pieces = []
    pendingBytes = 0
    return whole
  }

  const cut = (block: Buffer): Line[] => {
    const lines = isUtf8(block) ? block.toString('utf8').split('\n') : splitBytes(block)
    return lines.map((line) => toLine(++number, line, maxBytes))
  }

  return {
    push: (chunk) => {
      const lines: Line[] = []
      let rest = chunk
      if (tooLong !== null) {
        const feed = rest.indexOf(LINE_FEED)
        if (feed < 0) return lines
        lines.push({ number: ++number, text: tooLong, flaw: 'too-long' })
        tooLong = null
        rest = rest.subarray(feed + 1)
      }
      const last = rest.lastIndexOf(LINE_FEED)
      if (last >= 0) for (const line of cut(take(rest.subarray(0, last)))) lines.push(line)
      keep(rest.subarray(last + 1))
      return lines
    },
    end: () => {
      if (tooLong !== null) return [{ number: ++number, text: tooLong, flaw: 'too-long' }]
      return pendingBytes > 0 ? cut(take(Buffer.alloc(0))) : []
    },
  }
}

function splitBytes(block: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let start = 0
  for (let feed = block.indexOf(LINE_FEED); feed >= 0; feed = block.indexOf(LINE_FEED, start)) {
    lines.push(block.subarray(start, feed))
    start = feed + 1
  }
  lines.push(block.subarray(start))
  return lines
}

function toLine(number: number, raw: string | Buffer, maxBytes: number): Line {
  if (typeof raw !== 'string') {
    if (raw.length > maxBytes) return { number, text: decodeStart(raw, maxBytes), flaw: 'too-long' }
    if (!isUtf8(raw)) return { number, text: raw.toString('utf8'), flaw: 'not-utf8' }
  }
  const text = raw.toString()
  // A UTF-16 unit takes at most 3 bytes, so that short lines need no count.
  if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) {
    return { number, text: decodeStart(Buffer.from(text), maxBytes), flaw: 'too-long' }
  }
  return { number, text: number === 1 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text }
}

function decodeStart(bytes: Buffer, maxBytes: number): string {
  return bytes.subarray(0, Math.min(KEPT_OF_TOO_LONG, maxBytes)).toString('utf8')
}
