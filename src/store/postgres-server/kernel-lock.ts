import { chown } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { StoreError, throwIfAborted } from '../../core/errors.ts'

/** A held lock; `release` may be called more than once. */
export interface KernelLock {
  release(): void
}

/** Whom a file that root creates is given to; absent when we are not root. */
export interface FileOwner {
  readonly uid: number
  readonly gid: number
}

const SQLITE_BUSY = 5
const POLL_MS = 25
const PATIENCE_MS = 2_000

/**
 * Takes an exclusive lock on a file (created when missing), or answers `null` when somebody alive holds it.
 *
 * Node has no `flock`, SQLite has: an open exclusive transaction is a lock that the kernel drops when its process dies,
 * however it dies. So there is no stale lock to detect and no process id to mistake for another.
 */
export async function tryKernelLock(path: string, owner?: FileOwner): Promise<KernelLock | null> {
  const database = openLockFile(path)
  try {
    if (owner !== undefined) await chown(path, owner.uid, owner.gid)
    // In memory: a journal file beside the lock would be one more thing to leave behind.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (isBusy(error)) return null
    throw new StoreError(`taking the lock ${path}: ${(error as Error).message}`, {}, { cause: error })
  }
  return {
    release() {
      if (database.isOpen) database.close()
    },
  }
}

/** Takes the lock as soon as it is free. Whoever holds it is alive, so there is no deadline but the signal. */
export async function waitForKernelLock(
  path: string,
  owner: FileOwner | undefined,
  signal: AbortSignal,
  onLongWait: () => void,
): Promise<KernelLock> {
  let nextWordAt = performance.now() + PATIENCE_MS
  for (;;) {
    throwIfAborted(signal, `waiting for the lock ${path}`)
    const lock = await tryKernelLock(path, owner)
    if (lock !== null) return lock
    if (performance.now() > nextWordAt) {
      onLongWait()
      nextWordAt = Number.POSITIVE_INFINITY
    }
    await delay(POLL_MS)
  }
}

function openLockFile(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 })
  } catch (error) {
    throw new StoreError(
      `opening the lock ${path}: ${(error as Error).message}; the folder must be writable by this user, on a disk that is not full`,
      {},
      { cause: error },
    )
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}
