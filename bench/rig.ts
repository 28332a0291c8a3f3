import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import type { StoreAggregate } from '../src/core/numbers/report.ts'
import { shopConfigYaml } from '../src/sandbox/shop/config-yaml.ts'
import { writeChangesFile } from './changes-file.ts'
import { type ChildMetrics, runChild } from './child-metrics.ts'
import { type SandboxChild, startSandbox } from './sandbox-child.ts'
import { type KnownBuyer, prepareShopFile, type ShopFile } from './shop-file.ts'

/** One sync, run by the real command line. */
interface SyncMeasure extends ChildMetrics {
  /** From the start of its first job to the end of the last one on the way to Klaviyo: without starting Node and Postgres. */
  readonly jobsMs: number
  /** Each job's time from its start to its end, waiting included; `sync` itself is their parent. */
  readonly msByJob: Readonly<Record<string, number>>
  readonly changedOrders: number
  readonly confirmedProfiles: number
}

/** A shop's file, an empty ledger on an embedded Postgres of its own, and an empty Klaviyo. */
export interface Rig {
  readonly shop: ShopFile
  readonly sandbox: SandboxChild
  /** A folder that goes with the rig. */
  readonly folder: string
  /** What a process needs to work on this rig. */
  readonly configPath: string
  readonly env: NodeJS.ProcessEnv
  /** `source`: read only this one, `shop` or `changes`. */
  sync(source?: 'shop' | 'changes'): Promise<SyncMeasure>
  /** Writes the file of the second source, `changes`; see `changes-file.ts`. */
  writeChanges(buyers: readonly KnownBuyer[], version: number): Promise<void>
  exportCustomers(path: string): Promise<void>
  /** The store by month, new customers by period. */
  reportMonths(): Promise<readonly StoreAggregate[]>
  close(): Promise<void>
}

/** Which rig to set up. */
interface RigOptions {
  readonly orders: number
  /** Default create. */
  readonly profiles?: 'create' | 'update-existing'
}

interface FinishedJob {
  readonly job: string
  readonly result: Readonly<Record<string, number>> | null
}

interface FinishedRun {
  readonly job: string
  readonly startedAt: string
  readonly finishedAt: string | null
}

const ROOT = resolve(import.meta.dirname, '..')
const ENTRY = join(ROOT, 'src', 'bin', 'scontrino.ts')
/** As the entry's own first line starts it. */
const NODE_FLAGS = ['--max-semi-space-size=8']
const BENCH_FOLDER = join(ROOT, '.scontrino', 'bench')

/** Sets up a rig; the shop's file is made when it is not there yet. */
export async function createRig({ orders, profiles = 'create' }: RigOptions): Promise<Rig> {
  const shop = await prepareShopFile(BENCH_FOLDER, orders)
  mkdirSync(BENCH_FOLDER, { recursive: true })
  const folder = mkdtempSync(join(BENCH_FOLDER, 'run-'))
  const env = childEnvironment(join(folder, 'data'))
  const sandbox = await startSandbox(ENTRY, env)
  const configPath = join(folder, 'scontrino.yaml')
  const changesPath = join(folder, 'changes.jsonl')
  writeFileSync(configPath, configText(shop.path, changesPath, sandbox.url, profiles))
  await writeChangesFile(changesPath, [], 0)
  const run = (args: readonly string[], outputPath?: string): Promise<ChildMetrics> =>
    runChild([...NODE_FLAGS, ENTRY, ...args, '--config', configPath], {
      env,
      ...(outputPath !== undefined && { outputPath }),
    })

  return {
    shop,
    sandbox,
    folder,
    configPath,
    env,
    async sync(source) {
      const since = new Date()
      const metrics = await run(['sync', '--json', ...(source === undefined ? [] : ['--source', source])])
      const { jobs } = JSON.parse(metrics.stdout) as { jobs: readonly FinishedJob[] }
      const runs = await run(['runs', '--json', '--limit', '20'])
      return {
        ...metrics,
        ...timesOf((JSON.parse(runs.stdout) as { runs: readonly FinishedRun[] }).runs, since),
        changedOrders: countOf(jobs, 'pull-orders', 'changed'),
        confirmedProfiles: countOf(jobs, 'push-profiles', 'confirmed'),
      }
    },
    writeChanges: (buyers, version) => writeChangesFile(changesPath, buyers, version),
    async exportCustomers(path) {
      await run(['customers', '--format', 'csv'], path)
    },
    async reportMonths() {
      const { stdout } = await run(['report', '--json', '--by', 'month', '--definition', 'period'])
      const { reports } = JSON.parse(stdout) as { reports: [{ periods: StoreAggregate[] }] }
      return reports[0].periods
    },
    async close() {
      await sandbox.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The environment without anything that would lead to another database or queue than the rig's own. */
function childEnvironment(dataDir: string): NodeJS.ProcessEnv {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env
  return { ...rest, SCONTRINO_DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
}

/** The sample shop's configuration with a second source; months in UTC, as DuckDB has them. */
function configText(shopPath: string, changesPath: string, klaviyoUrl: string, profiles: string): string {
  const config = parse(shopConfigYaml({ source: { path: shopPath }, klaviyoUrl, timezone: 'UTC' }))
  const { main } = config.accounts
  main.profiles = profiles
  main.sources.changes = { ...main.sources.shop, path: changesPath }
  return stringify(config)
}

function timesOf(runs: readonly FinishedRun[], since: Date): Pick<SyncMeasure, 'jobsMs' | 'msByJob'> {
  const spans = runs.map(({ job, startedAt, finishedAt }) => ({
    job,
    start: Date.parse(startedAt),
    end: finishedAt === null ? Number.NaN : Date.parse(finishedAt),
  }))
  const own = spans.filter(({ start }) => start >= since.getTime())
  // Nobody waits for the store's numbers: they may end long after, or with the next sync.
  const path = own.filter(({ job }) => job !== 'compute-store')
  const jobsMs = Math.max(...path.map(({ end }) => end)) - Math.min(...path.map(({ start }) => start))
  return { jobsMs, msByJob: Object.fromEntries(own.map(({ job, start, end }) => [job, end - start])) }
}

function countOf(jobs: readonly FinishedJob[], name: string, count: string): number {
  return jobs.reduce((sum, { job, result }) => sum + (job === name ? (result?.[count] ?? 0) : 0), 0)
}
