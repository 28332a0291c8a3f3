import { startEmbeddedPostgres } from '../../src/store/postgres-server/embedded-postgres.ts'
import { answers, openServerFolder, readPostmasterPid } from './embedded-server-folder.ts'
import { until } from './until.ts'

/** A Postgres of one test, to be taken away in the middle. */
export interface OwnPostgres {
  readonly url: string
  /** Ends the server at once, as a fast shutdown does; resolves when it is gone. */
  stop(): Promise<void>
  /** Starts it again at the same address. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Starts one on a folder of its own. */
export async function openOwnPostgres(): Promise<OwnPostgres> {
  const folder = await openServerFolder()
  const { signal } = new AbortController()
  const open = () => startEmbeddedPostgres({ dataDir: folder.path, signal, log: () => undefined })
  const holds = [await open()]
  const url = holds[0]?.url ?? ''
  return {
    url,
    async stop() {
      const pid = await readPostmasterPid(folder.path)
      if (pid !== null) process.kill(pid, 'SIGINT')
      // It goes on refusing politely for a moment; its file goes last.
      await until('the server is gone', async () => (await readPostmasterPid(folder.path)) === null)
    },
    async start() {
      holds.push(await open())
      await until('the server answers', () => answers(url))
    },
    async close() {
      for (const hold of holds) await hold.release()
      await folder.remove()
    },
  }
}
