import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tryKernelLock } from '../../src/store/postgres-server/kernel-lock.ts'
import { stopLeftServer } from './embedded-server-folder.ts'

/** A folder for the services of one test run. */
export interface RunFolder {
  readonly path: string
  remove(): Promise<void>
}

const LOCK_SUFFIX = '.alive'

/** Makes this run's folder, after taking away the folders and servers of runs that were killed. */
export async function openRunFolder(parent: string): Promise<RunFolder> {
  await mkdir(parent, { recursive: true })
  await sweepDeadRuns(parent)
  const path = join(parent, `run-${randomUUID().slice(0, 8)}`)
  const lock = await tryKernelLock(path + LOCK_SUFFIX)
  await mkdir(path)
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true })
      await rm(path + LOCK_SUFFIX, { force: true })
      lock?.release()
    },
  }
}

async function sweepDeadRuns(parent: string): Promise<void> {
  for (const name of (await readdir(parent)).filter((entry) => entry.endsWith(LOCK_SUFFIX))) {
    const lock = await tryKernelLock(join(parent, name))
    if (lock === null) continue
    const folder = join(parent, name.slice(0, -LOCK_SUFFIX.length))
    await stopLeftServer(folder)
    await stopRedis(folder)
    await rm(folder, { recursive: true, force: true })
    await rm(join(parent, name), { force: true })
    lock.release()
  }
}

async function stopRedis(folder: string): Promise<void> {
  const pid = Number(await readFile(join(folder, 'redis', 'redis.pid'), 'utf8').catch(() => '0'))
  if (pid === 0) return
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (commandLine.includes('redis-server')) process.kill(pid)
}
