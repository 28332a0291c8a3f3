import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openSession } from '../../src/bin/session.ts'
import type { StoreReport } from '../../src/core/numbers/report.ts'
import {
  createKlaviyoSandbox,
  type KlaviyoSandbox,
  type KlaviyoSandboxOptions,
} from '../../src/sandbox/klaviyo/index.ts'
import { type CliProcess, type Ended, startCli, untilEnded } from './cli-process.ts'
import { createTestDatabase } from './test-database.ts'
import { until } from './until.ts'

/** The key that a rehearsal's configuration holds: no log and no output may ever contain it. */
export const SECRET_KEY = 'pk_rehearsal_3f9ac2d17be84d'

/** A folder with orders and a configuration, a database and a Klaviyo, all of one test. */
export interface Rehearsal {
  readonly folder: string
  readonly klaviyo: KlaviyoSandbox
  readonly databaseUrl: string
  /** Environment of every command; a test may change it. */
  readonly variables: Record<string, string>
  write(name: string, content: string | Uint8Array): string
  append(name: string, content: string): void
  /** Runs one command to its end. */
  run(...args: string[]): Promise<Ended>
  /** The same with something on standard input. */
  pipe(input: string, ...args: string[]): Promise<Ended>
  /** Starts one; it is killed when the rehearsal closes. */
  start(...args: string[]): CliProcess
  /** Asks Klaviyo's API as an integrator would. */
  ask<T = KlaviyoDocument>(method: 'GET' | 'PATCH' | 'POST', path: string, body?: object): Promise<T>
  /** The ledger's report of the account `main`, asked for in this process: the same question as the command's, sooner. */
  report(): Promise<StoreReport>
  /** What Klaviyo holds, without what depends on when it was sent. */
  heldByKlaviyo(): Promise<HeldByKlaviyo>
  /** Ends what still runs and takes everything away. */
  close(): Promise<void>
}

/** Lists of Klaviyo's API, as far as tests look. */
interface KlaviyoDocument {
  readonly data: readonly {
    readonly id: string
    readonly attributes: Readonly<Record<string, unknown>>
    readonly relationships?: Readonly<Record<string, { readonly data?: readonly unknown[] }>>
  }[]
  readonly links?: { readonly next?: string | null }
}

/** Profiles by address and segments by name. */
export interface HeldByKlaviyo {
  readonly profiles: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly segments: readonly {
    readonly name: string
    readonly definition: unknown
    readonly members: readonly string[]
    /** How many tags it carries. */
    readonly tags: number
  }[]
  readonly tags: readonly string[]
}

/** A rehearsal that goes with the test. */
export async function rehearse(options: KlaviyoSandboxOptions = {}): Promise<Rehearsal> {
  const rehearsal = await openRehearsal(options)
  onTestFinished(() => rehearsal.close())
  return rehearsal
}

/** Opens one. The sandbox counts its limits and does not enforce them, unless told to: the client keeps them anyway. */
export async function openRehearsal(options: KlaviyoSandboxOptions = {}): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), 'scontrino-rehearsal-'))
  const database = await createTestDatabase()
  const account = { id: 'SANDBX', currency: 'EUR', timezone: 'Europe/Rome' }
  const klaviyo = await createKlaviyoSandbox({ fast: true, enforceLimits: false, account, ...options })
  const started: CliProcess[] = []

  const variables: Record<string, string> = {
    DATABASE_URL: database.url,
    KLAVIYO_API_KEY: SECRET_KEY,
    KLAVIYO_BASE_URL: klaviyo.url,
    SCONTRINO_HTTP_PORT: '0',
  }
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(path.startsWith('http') ? path : klaviyo.url + path, {
      method,
      headers: {
        authorization: 'Klaviyo-API-Key pk_tester',
        revision: '2026-07-15',
        ...(body !== undefined && { 'content-type': 'application/vnd.api+json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  async function readAll(path: string): Promise<KlaviyoDocument['data']> {
    const all: KlaviyoDocument['data'][number][] = []
    for (let next: string | null = path; next !== null; ) {
      const page: KlaviyoDocument = await ask('GET', next)
      all.push(...page.data)
      next = page.links?.next ?? null
    }
    return all
  }
  function start(args: readonly string[], input?: string): CliProcess {
    const cli = startCli(args, { cwd: folder, variables, ...(input === undefined ? {} : { input }) })
    started.push(cli)
    return cli
  }
  return {
    folder,
    klaviyo,
    databaseUrl: database.url,
    variables,
    write(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    append: (name, content) => appendFileSync(join(folder, name), content),
    run: (...args) => untilEnded(start(args)),
    pipe: (input, ...args) => untilEnded(start(args, input)),
    start: (...args) => start(args),
    ask,
    async report() {
      const { signal } = new AbortController()
      const session = await openSession({ configPath: join(folder, 'scontrino.yaml'), variables, signal })
      try {
        return await session.application.report('main', { by: 'month', definition: 'period' })
      } finally {
        await session.close()
      }
    },
    async heldByKlaviyo() {
      await until('Klaviyo has worked everything off', () => klaviyo.state.isSettled())
      const profiles = await readAll('/api/profiles?page[size]=100')
      const segments = await readAll('/api/segments?page[size]=10&include=tags')
      const tags = await readAll('/api/tags')
      return {
        profiles: Object.fromEntries(
          profiles
            .map(({ attributes }) => [String(attributes['email']), ours(attributes['properties'])] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
        segments: segments
          .map(({ id, attributes, relationships }) => ({
            name: String(attributes['name']),
            definition: attributes['definition'],
            members: (klaviyo.state.membersOf(id) ?? []).map(String).sort(),
            tags: relationships?.['tags']?.data?.length ?? 0,
          }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
        tags: tags.map(({ attributes }) => String(attributes['name'])),
      }
    },
    async close() {
      await Promise.all(started.map((cli) => cli.kill('SIGKILL')))
      await klaviyo.close()
      rmSync(folder, { recursive: true, force: true })
      await database.drop()
    },
  }
}

/** Without what says when it was sent, and what Klaviyo adds to every profile. */
function ours(properties: unknown): Record<string, unknown> {
  const { aov_updated_at: _, company_id: __, ...rest } = properties as Record<string, unknown>
  return rest
}
