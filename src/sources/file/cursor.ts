import { z } from 'zod'
import type { Cursor } from '../../core/orders/page.ts'
import { toMeaning } from '../../reading/settings-meaning.ts'
import { type FileState, fileNameOf } from './client.ts'
import type { FileSourceConfig } from './schema.ts'

const fileCursor = z.object({
  v: z.literal(1),
  size: z.number(),
  mtimeMs: z.number(),
  /** Of the configuration: another mapping gives other orders from the same file. */
  config: z.string(),
  /** Rows whose orders are saved; only with `rows: orders` can a reading be taken up there. */
  rowsDone: z.number(),
  complete: z.boolean(),
  /** SHA-256 of the stored bytes; only of a file read to its end. */
  sha256: z.string().optional(),
})

/** How far a file has been read, and which file it was. A reading of standard input leaves `{ v: 1 }`. */
export type FileCursor = z.infer<typeof fileCursor>

/** What a saved cursor means for the file as it is now. */
export type ReadingPlan =
  /** Same size and time, read to its end: nothing to do. */
  | { readonly kind: 'unchanged' }
  /** Same size, other time: perhaps only touched, which the content tells. */
  | { readonly kind: 'compare'; readonly sha256: string }
  /** Read, but give out no orders of the first `skipRows` rows. */
  | { readonly kind: 'read'; readonly skipRows: number }

/** Decides from the saved cursor; one that is not understood means reading everything. */
export function planReading(from: Cursor | null, state: FileState | null, config: string): ReadingPlan {
  const everything: ReadingPlan = { kind: 'read', skipRows: 0 }
  const parsed = fileCursor.safeParse(from)
  if (!parsed.success || state === null) return everything
  const cursor = parsed.data
  if (cursor.config !== config || cursor.size !== state.size) return everything
  const sameTime = cursor.mtimeMs === state.mtimeMs
  if (!cursor.complete) return sameTime ? { kind: 'read', skipRows: cursor.rowsDone } : everything
  if (sameTime) return { kind: 'unchanged' }
  return cursor.sha256 === undefined ? everything : { kind: 'compare', sha256: cursor.sha256 }
}

/** A short fingerprint of everything in the configuration that changes what a file's rows mean. */
export function fingerprintOf(config: FileSourceConfig): string {
  return toMeaning({ ...config, path: fileNameOf(config.path) })
}
