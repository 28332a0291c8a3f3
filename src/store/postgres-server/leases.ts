import { randomUUID } from 'node:crypto'
import { chown, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BugError } from '../../core/errors.ts'
import { type FileOwner, tryKernelLock } from './kernel-lock.ts'

/** One user's claim on the server; it ends with `end` or with the process. */
export interface Lease {
  end(): Promise<void>
}

const SUFFIX = '.lease'

/** Adds a lease to the folder. Call it while holding the folder's lock. */
export async function addLease(folder: string, owner?: FileOwner): Promise<Lease> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
  const path = join(folder, `${process.pid}-${randomUUID()}${SUFFIX}`)
  const lock = await tryKernelLock(path, owner)
  if (lock === null) throw new BugError(`the new lease ${path} is locked by somebody else`)
  return {
    async end() {
      await rm(path, { force: true })
      lock.release()
    },
  }
}

/** Counts the leases of living processes and sweeps away those of dead ones. Call it while holding the folder's lock. */
export async function countLiveLeases(folder: string): Promise<number> {
  let alive = 0
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((entry) => entry.endsWith(SUFFIX))) {
    const path = join(folder, name)
    const lock = await tryKernelLock(path)
    if (lock === null) {
      alive += 1
    } else {
      await rm(path, { force: true })
      lock.release()
    }
  }
  return alive
}
