import { Readable, Writable } from 'node:stream'
import { WriteStream } from 'node:tty'
import type { Keyboard, Terminal } from '../../src/cli/context.ts'

/** A stream that remembers; as a terminal it answers about colours as Node's own do. */
export function createTerminal(options: { isTTY?: boolean; columns?: number } = {}): Terminal & { text(): string } {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  const terminal = { isTTY: true, columns: 80, getColorDepth: WriteStream.prototype.getColorDepth }
  return Object.assign(stream, options.isTTY === true ? { ...terminal, ...options } : {}, { text: () => text })
}

/** A keyboard on which one of these lines is typed whenever somebody reads; after the last one its end is typed. */
export function createKeyboard(options: { isTTY?: boolean; lines?: readonly string[] } = {}): Keyboard {
  const lines = [...(options.lines ?? [])]
  const typed = new Readable({ read: () => undefined })
  typed.on('resume', () => {
    const line = lines.shift()
    typed.push(line === undefined ? null : `${line}\n`)
  })
  return Object.assign(typed, options.isTTY === true ? { isTTY: true } : {})
}
