import type { Application, JobRequest, JobStatus } from '../../src/app/application.ts'
import type { DraftOutcome } from '../../src/app/draft-campaign.ts'
import { unknownName } from '../../src/app/unknown-name.ts'
import type { CliContext, Session } from '../../src/cli/context.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Distribution } from '../../src/core/numbers/distribution.ts'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import { adviseThresholds } from '../../src/core/thresholds/threshold-advice.ts'
import { createLogger } from '../../src/lib/logger.ts'
import {
  ACCOUNTS,
  CELLS,
  CUSTOMERS,
  DEAD_LETTER,
  FINDINGS,
  finishedJobs,
  fullReportOf,
  PLAN,
  RECEIPT,
  REFUSED,
  REPORT,
  RUNS,
  STRANGER,
  WEBHOOKS,
} from './cli-ledger.ts'
import { createKeyboard, createTerminal } from './cli-terminal.ts'
import { EXPLANATION } from './explanation.ts'
import { FRESH } from './freshness.ts'

/** What a test changes about the world behind the command line. */
export interface World {
  readonly application?: Partial<Application>
  readonly session?: Partial<Session>
  readonly context?: Partial<CliContext>
  /** Standard input, output and error are a terminal; these lines are typed. */
  readonly terminal?: { readonly typed?: readonly string[]; readonly columns?: number }
}

/** What one command line did. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** The document on standard output. @throws when it is anything but one JSON document. */
  document(): Record<string, unknown>
}

/** A command line over a ledger in memory. `calls` tells what reached the world, in order. */
export function createCli(world: World = {}) {
  const calls: [name: string, ...details: unknown[]][] = []
  const isTTY = world.terminal !== undefined
  const columns = world.terminal?.columns ?? 80

  async function run(...argv: string[]): Promise<Outcome> {
    const stdout = createTerminal({ isTTY, columns })
    const stderr = createTerminal({ isTTY, columns })
    const context: CliContext = {
      stdin: createKeyboard({ isTTY, lines: world.terminal?.typed ?? [] }),
      stdout,
      stderr,
      program: 'scontrino',
      version: '1.2.3',
      cwd: '/shop',
      signal: new AbortController().signal,
      logger: createLogger('info', { write: (line: string) => void stderr.write(line) }),
      async writeConfigTemplate(path, source) {
        calls.push(['writeConfigTemplate', path, source])
        return 'written'
      },
      async open({ configPath }) {
        calls.push(['open', configPath])
        return createSession(world, calls)
      },
      async serve({ configPath, roles, ready }) {
        calls.push(['serve', configPath, roles])
        ready(roles.includes('http') ? 'http://127.0.0.1:8080' : null, true)
      },
      async sandboxKlaviyo(options) {
        calls.push(['sandboxKlaviyo', options])
        return { url: 'http://127.0.0.1:8900', close: async () => void calls.push(['sandbox closed']) }
      },
      async sandboxShop(shop, options) {
        calls.push(['sandboxShop', shop, options])
        const source = { type: shop, url: 'http://127.0.0.1:8910' }
        return { url: source.url, source, close: async () => void calls.push(['sandbox closed']) }
      },
      async demo(options, show) {
        calls.push(['demo', options.shop])
        show({ kind: 'part', title: 'The shop', explanation: 'Three years of orders.' })
        for (const status of finishedJobs()) show({ kind: 'progress', status })
        show({ kind: 'synced', jobs: finishedJobs() })
        show({ kind: 'report', account: ACCOUNTS[0], report: REPORT })
        show({ kind: 'plan', plan: PLAN })
        show({
          kind: 'members',
          segments: [
            { name: 'AOV | High', members: 1204 },
            { name: 'AOV | New', members: null },
          ],
        })
        show({ kind: 'profile', email: 'anna@example.com', properties: { aov: 480.87, order_count: 0 } })
        if (options.openDashboard) {
          show({ kind: 'dashboard', url: 'http://127.0.0.1:8920', hasLogin: true })
          options.ready('http://127.0.0.1:8920', 'a-token-of-some-length')
        }
        show({ kind: 'next', commands: [{ command: 'scontrino init', purpose: 'start with your own shop' }] })
      },
      ...world.context,
    }
    const exitCode = await runCli(argv, context)
    return {
      exitCode,
      stdout: stdout.text(),
      stderr: stderr.text(),
      document: () => JSON.parse(stdout.text()) as Record<string, unknown>,
    }
  }
  return { run, calls }
}

const NO_DISTRIBUTION: Distribution = {
  customers: 0,
  orders: 0,
  revenueMinor: 0,
  storeAovMinor: null,
  medianMinor: null,
  cells: [],
}

function createSession(world: World, calls: [name: string, ...details: unknown[]][]): Session {
  const application: Application = {
    accounts: ACCOUNTS,
    async enqueue(job, request: JobRequest, trigger) {
      calls.push(['enqueue', job, request, trigger])
      if (request.account !== undefined && !ACCOUNTS.some(({ key }) => key === request.account)) {
        throw unknownName('account', request.account, ['main', 'japan'])
      }
      return [{ job, id: 'cli-1', account: 'main', created: true }]
    },
    receiveWebhook: async () => ({ kind: 'unknown' }),
    webhooks: async (account, wishes) => {
      calls.push(['webhooks', account, wishes])
      return account === 'main' ? WEBHOOKS : []
    },
    findJob: async () => null,
    loadRuns: async ({ account, limit }) =>
      RUNS.filter((run) => account === undefined || run.account === account).slice(0, limit),
    closeSession: async () => undefined,
    isSessionClosed: async () => false,
    countWebhookRuns: async () => ({ runs: 0, failed: 0, events: 0 }),
    loadPauses: async () => [],
    crossedBands: async () => null,
    leftOut: async () => [],
    unrated: async () => [],
    report: async () => REPORT,
    fullReport: async (account, request) => {
      calls.push(['fullReport', account, request])
      return fullReportOf(request)
    },
    overview: async (_account, request) => ({ ...request, computedAt: null, isStale: true, periods: [] }),
    freshness: async (_account, by) => ({ ...FRESH, by }),
    distribution: async () => NO_DISTRIBUTION,
    matrix: async () => toMatrix(null, []),
    async *readCustomers(account) {
      yield account === 'main' ? CUSTOMERS : []
    },
    explain: async (account, email) => {
      calls.push(['explain', account, email])
      return account === 'main' ? EXPLANATION : null
    },
    loadRejects: async (account) => (account === 'main' ? { deadLetters: [DEAD_LETTER], refused: [REFUSED] } : NOTHING),
    countOpenRecords: async () => 0,
    finishTask: async (account, number) => {
      calls.push(['finishTask', account, number])
      return account === 'japan' && number === 12
    },
    retryRejects: async (account) =>
      account === 'main' ? { refused: 2, sources: ['shop'] } : { refused: 0, sources: [] },
    segments: async () => [],
    applyPlan: async () => [],
    bands: async () => null,
    configuredBands: async () => ({ bands: null, hasSegments: false, hasFamily: false, ownSegments: [] }),
    plan: async (account) => (account === 'main' ? PLAN : { ...PLAN, account, segments: [] }),
    thresholds: async (account, request) => {
      calls.push(['thresholds', account, request])
      return adviseThresholds(account === 'main' ? CELLS : [], request)
    },
    check: async (account) => (account === 'main' ? FINDINGS : []),
    readiness: async () => ({ ready: true, checks: [] }),
    metrics: async () => '',
    ...world.application,
  }
  return {
    application,
    async work(_jobs, onProgress): Promise<readonly JobStatus[]> {
      const jobs = finishedJobs()
      for (const status of jobs) {
        onProgress({
          ...status,
          state: 'active',
          progress: { step: `${status.job} now`, done: 5, total: 10, unit: 'orders' },
        })
        onProgress(status)
      }
      return jobs
    },
    configuration: 'own',
    async applySegments(account, { prune }) {
      calls.push(['applySegments', account, prune])
      return account === 'main' ? [{ key: 'high', name: 'AOV | High', outcome: 'created' }] : []
    },
    async draftCampaign(account, { segment, play = 'upsell', language, write }): Promise<DraftOutcome> {
      calls.push(['draftCampaign', account, segment, play, language])
      return {
        kind: 'drafted',
        campaign: { id: 'C1', name: `AOV | High: Upsell (scontrino ${account} ${segment})` },
        segment: { key: segment, name: 'AOV | High', remoteId: 'S1' },
        play,
        text: write(play),
        recipients: { expected: 1204, counted: { members: 1198, at: new Date('2026-11-21T09:00:00Z') } },
        isResumed: false,
      }
    },
    async forgetSource(account, source) {
      calls.push(['forgetSource', account, source])
      if (account !== 'main') return null
      const receipt = { erasedAt: RECEIPT.erasedAt, customers: 3, removed: 2, orders: 5, refunds: 0, identities: 4 }
      return { receipt: { ...receipt, profiles: { clear: 0, delete: 2 }, tasks: 1 }, schedule: null }
    },
    async forget(account, email) {
      calls.push(['forget', account, email])
      return account === 'main' ? { receipt: RECEIPT, schedule: '*/15 * * * *' } : { receipt: STRANGER, schedule: null }
    },
    async close() {
      calls.push(['close'])
    },
    ...world.session,
  }
}

const NOTHING = { deadLetters: [], refused: [] }
