import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../../src/store/postgres-server/embedded-postgres.ts'

/** A temporary folder for one embedded server; `remove` stops whatever still runs on it. */
export async function openServerFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'scontrino-server-'))
  return {
    path,
    async remove() {
      await stopLeftServer(path)
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** Stops the server that dead users left on a folder: who joins now is the last one, and stops it on leaving. */
export async function stopLeftServer(dataDir: string): Promise<void> {
  if ((await readPostmasterPid(dataDir)) === null) return
  const { signal } = new AbortController()
  const server = await startEmbeddedPostgres({ dataDir, signal, log: () => undefined })
  await server.release()
}

/** The process id in the server's `postmaster.pid`, or `null` when there is none. */
export async function readPostmasterPid(dataDir: string): Promise<number | null> {
  const cluster = await findCluster(dataDir)
  if (cluster === null) return null
  const text = await readFile(join(cluster, 'data', 'postmaster.pid'), 'utf8').catch(() => null)
  return text === null ? null : Number(text.split('\n')[0])
}

/** The folder `postgres-<major>` below the data folder. */
export async function findCluster(dataDir: string): Promise<string | null> {
  const name = (await readdir(dataDir).catch(() => [])).find((entry) => entry.startsWith('postgres-'))
  return name === undefined ? null : join(dataDir, name)
}

/** Whether a server answers a query at the URL. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query('select 1 as one')
    return rows[0]?.one === 1
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Whether a path exists. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
