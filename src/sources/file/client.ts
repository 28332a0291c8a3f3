import { createHash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { AbortedError, ConfigError, RecordError, ScontrinoError } from '../../core/errors.ts'
import { gunzipWhereNeeded } from './gunzip.ts'

/** What tells cheaply whether a file is still the one that was read. */
export interface FileState {
  /** Bytes as stored, that is compressed where it is. */
  readonly size: number
  readonly mtimeMs: number
}

/** One reading of the input from its beginning. */
export interface ByteReading {
  /** Uncompressed bytes. Ends with `RecordError` where the file is damaged or shrinks while it is read. */
  readonly chunks: AsyncIterable<Buffer>
  /** Stored bytes read until now. */
  doneBytes(): number
  /** SHA-256 of the stored bytes read until now, hex. */
  digest(): string
}

/** What only a regular file can do. */
interface RegularFile {
  /** When it was opened: only what was there then is read. */
  readonly state: FileState
  /** SHA-256 of the stored bytes, hex. */
  digest(signal: AbortSignal): Promise<string>
  /** Whether something has been appended since it was opened. */
  hasGrown(): Promise<boolean>
}

/** An open input; `close` releases it whatever was read. */
export interface FileInput {
  /** Without directories; `stdin` for standard input. Begins the place of every dead letter. */
  readonly fileName: string
  /** Null for a pipe, a device or standard input, which can be read only once. */
  readonly file: RegularFile | null
  read(signal: AbortSignal): ByteReading
  close(): Promise<void>
}

/** The database's answers wait while a chunk is read row by row: so it is small. */
const CHUNK_BYTES = 65_536

/** How a source's path is called in places and messages: the file's name, `stdin` for "-". */
export function fileNameOf(path: string): string {
  return path === '-' ? 'stdin' : basename(path)
}

/**
 * Opens the file at `path`, or `stdin` where the path is "-".
 * @throws ConfigError, saying what to do, when there is no such file, it is a directory or may not be read.
 */
export async function openInput(path: string, stdin: Readable): Promise<FileInput> {
  if (path === '-') return streamInput(path, stdin, async () => undefined)
  const handle = await openFile(path)
  try {
    const now = await handle.stat()
    if (now.isDirectory()) throw new ConfigError(`${path} is a directory: name a file in it`, [])
    if (!now.isFile()) {
      return streamInput(path, handle.createReadStream({ autoClose: false, highWaterMark: CHUNK_BYTES }), () =>
        handle.close(),
      )
    }
    const state = { size: now.size, mtimeMs: now.mtimeMs }
    return {
      fileName: fileNameOf(path),
      file: {
        state,
        digest: (signal) => digestOf(fileChunks(handle, state.size, path, signal), path),
        hasGrown: async () => (await handle.stat()).size > state.size,
      },
      read: (signal) => readBytes(fileChunks(handle, state.size, path, signal), path),
      close: () => handle.close(),
    }
  } catch (thrown) {
    await handle.close()
    throw thrown
  }
}

/** Whether it can be read only once: standard input, a pipe, a device. Nothing is opened, which could wait for a writer. */
export async function isStream(path: string): Promise<boolean> {
  if (path === '-') return true
  // What cannot be looked at will be refused, with its reason, when it is opened.
  const state = await stat(path).catch(() => null)
  return state !== null && !state.isFile() && !state.isDirectory()
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (thrown) {
    const code = codeOf(thrown)
    const reason =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'there is no such file: correct `path`, which is relative to the configuration file'
        : code === 'EACCES' || code === 'EPERM'
          ? 'it may not be read by this user: change its permissions'
          : `it cannot be opened (${code})`
    throw new ConfigError(`cannot read ${path}: ${reason}`, [])
  }
}

function streamInput(path: string, stream: Readable, close: () => Promise<void>): FileInput {
  return {
    fileName: fileNameOf(path),
    file: null,
    read: (signal) => readBytes(streamChunks(stream, signal), path),
    close,
  }
}

/** Exactly the `size` bytes that were there when the file was opened: what is appended meanwhile is for the next time. */
async function* fileChunks(
  handle: FileHandle,
  size: number,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    if (signal.aborted) throw stopped(path)
    const wanted = Math.min(CHUNK_BYTES, size - at)
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, at)
    if (bytesRead === 0) {
      throw new RecordError(`${path} became shorter while it was read: run again when it is completely written`)
    }
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function* streamChunks(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const chunk of addAbortSignal(signal, stream)) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}

async function digestOf(stored: AsyncIterable<Buffer>, path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of stored) hash.update(chunk)
  } catch (thrown) {
    throw toReadError(thrown, path)
  }
  return hash.digest('hex')
}

function readBytes(stored: AsyncIterable<Buffer>, path: string): ByteReading {
  const hash = createHash('sha256')
  let done = 0

  async function* metered(): AsyncGenerator<Buffer> {
    for await (const chunk of stored) {
      hash.update(chunk)
      done += chunk.length
      yield chunk
    }
  }

  async function* guarded(): AsyncGenerator<Buffer> {
    try {
      yield* gunzipWhereNeeded(metered())
    } catch (thrown) {
      throw toReadError(thrown, path)
    }
  }

  return { chunks: guarded(), doneBytes: () => done, digest: () => hash.copy().digest('hex') }
}

function toReadError(thrown: unknown, path: string): ScontrinoError {
  if (thrown instanceof ScontrinoError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') return stopped(path)
  const code = codeOf(thrown)
  const reason =
    code === 'Z_BUF_ERROR'
      ? 'the gzip data end too early: the file is cut off or still being written'
      : code.startsWith('Z_')
        ? 'the gzip data are damaged: make the file again'
        : `reading failed (${code})`
  return new RecordError(
    `cannot read ${path === '-' ? 'standard input' : path}: ${reason}`,
    { code },
    { cause: thrown },
  )
}

function stopped(path: string): AbortedError {
  return new AbortedError(`reading ${path === '-' ? 'standard input' : path}: stopped`)
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown'
}
