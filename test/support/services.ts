import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../src/store/postgres-server/embedded-postgres.ts'
import { findChromium } from './find-chromium.ts'
import { startRedis } from './redis-server.ts'
import { openRunFolder } from './run-folder.ts'
import { createTemplate } from './test-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator's URL of the run's Postgres; `createTestDatabase` is what tests use. */
    postgresUrl: string
    /** `null` when there is no Redis to be had; tests take it from `redis.ts`. */
    redisUrl: string | null
    /** Name or path of a Chromium; `null` when there is none to be had. Tests take it from `chromium.ts`. */
    chromium: string | null
    /** What could not be had and how to get it, one sentence each, for the summary. */
    missingServices: readonly string[]
  }
}

const RUNS_DIR = join(import.meta.dirname, '..', '..', '.scontrino', 'test')

/** Starts the real services for the whole run, in a folder of its own, and answers what takes them down again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await openRunFolder(RUNS_DIR)
  const undo: (() => Promise<void>)[] = [() => folder.remove()]
  const release = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const { signal } = new AbortController()
    const postgres = await startEmbeddedPostgres({ dataDir: folder.path, signal, log: () => undefined })
    undo.push(() => postgres.release())
    await createTemplate(postgres.url)
    const redis = await startRedis(join(folder.path, 'redis'))
    if (redis.url !== null) undo.push(() => redis.stop())
    project.provide('postgresUrl', postgres.url)
    project.provide('redisUrl', redis.url)
    const chromium = await findChromium()
    project.provide('chromium', chromium.path)
    project.provide('missingServices', [
      ...(redis.url === null ? [redis.howToGet] : []),
      ...(chromium.path === null ? [chromium.howToGet] : []),
    ])
    return release
  } catch (error) {
    await release()
    throw error
  }
}
