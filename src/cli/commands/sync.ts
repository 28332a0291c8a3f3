import { Option } from 'commander'
import type { Application, JobRequest, JobStatus, QueuedJob } from '../../app/application.ts'
import { unratedAction, unratedText } from '../../app/unrated-words.ts'
import { formatInstant } from '../../core/instant-text.ts'
import type { UnratedOrders } from '../../core/numbers/report.ts'
import type { CrossedBands } from '../../core/thresholds/crossed-bands.ts'
import { defineCommand, REMOTE_EXITS } from '../command.ts'
import { type ErrorCode, exitCodeOf } from '../exit-codes.ts'
import { accountOption } from '../option-values.ts'
import { createProgress } from '../render/progress.ts'
import { renderSyncSummary, summarizeSync } from '../render/sync-summary.ts'
import { crossedLines } from '../render/threshold-decisions.ts'
import type { AccountView } from '../select-accounts.ts'
import { withSession } from '../with-session.ts'

interface SyncOptions extends JobRequest {
  readonly strict?: true
}

/** The same jobs as the schedule's, with a worker in this process until they are done. */
export const syncCommand = defineCommand<SyncOptions>({
  name: 'sync',
  summary: 'Pull orders, compute aggregates, push profiles and segments, and wait until it is done',
  options: () => [
    accountOption(),
    new Option('-s, --source <key>', 'read only this source (default: all)'),
    new Option('--full', 'read every source from the beginning'),
    new Option('--accept-deletions', 'believe a shop that says most orders of one time are gone'),
    new Option('--dry-run', 'read and compute, but send nothing to Klaviyo'),
    new Option('--strict', 'end with 65 while records could not be read'),
  ],
  examples: ['sync', 'sync --account main --source shop --full', 'sync --dry-run --strict --json'],
  exitCodes: [65, ...REMOTE_EXITS],
  async run(invocation) {
    const { context, output } = invocation
    const { strict, ...request } = invocation.options
    const { jobs, open, crossed, unrated, elsewhere, zones } = await withSession(invocation, async (session) => {
      const queued = await session.application.enqueue('sync', request, 'cli')
      const progress = createProgress(context.stderr)
      try {
        const jobs = await session.work(queued, progress.show, context.signal)
        return {
          jobs,
          open: await countOpenRecords(session.application, queued),
          crossed: await findCrossedBands(session.application, queued),
          unrated: await findUnrated(session.application, queued),
          zones: new Map(session.application.accounts.map(({ key, timezone }) => [key, timezone])),
          elsewhere: findElsewhere(jobs, session.configuration),
        }
      } finally {
        progress.end()
      }
    })
    const summary = summarizeSync(jobs).map((account) => ({
      ...account,
      openRecords: open.get(account.account) ?? 0,
    }))
    const error = findError(jobs, strict === true && [...open.values()].some((count) => count > 0), zones)
    const lines = summary.flatMap((account) => [
      renderSyncSummary(account, output.paint, account.openRecords),
      ...crossed
        .filter((one) => one.account.key === account.account)
        .flatMap((one) => crossedLines(one.crossed, one.account, output.paint)),
      ...unrated
        .filter((one) => one.account === account.account)
        .flatMap(({ orders }) => [
          output.paint('yellow', `  warning: ${unratedText(orders)}`),
          `    → ${unratedAction(orders)}`,
        ]),
    ])
    return {
      document: {
        summary,
        ...(crossed.length === 0
          ? {}
          : { crossed: crossed.map((one) => ({ account: one.account.key, ...one.crossed })) }),
        ...(unrated.length === 0 ? {} : { unrated }),
        jobs,
        ...(error === null ? {} : { error }),
      },
      text: [
        ...lines,
        ...elsewhere,
        ...(error === null ? [] : [output.paint('red', `${error.code}: ${error.message}`)]),
      ].join('\n'),
      exitCode: error === null ? 0 : exitCodeOf(error.code),
    }
  },
})

/** A process that runs already takes jobs too, and reads its configuration once. */
function findElsewhere(jobs: readonly JobStatus[], own: string): string[] {
  const others = jobs.filter(({ configuration = own }) => configuration !== own)
  if (others.length === 0) return []
  const names = [...new Set(others.map(({ job }) => job))].join(', ')
  return [
    `Done by a process that runs with another configuration: ${names}. Restart every scontrino start, then sync again`,
  ]
}

/** Children come first, so the first failure is the cause and not its consequence. */
function findError(
  jobs: readonly JobStatus[],
  openRejects: boolean,
  zones: ReadonlyMap<string, string>,
): { code: string; message: string } | null {
  const failed = jobs.find(({ state }) => state === 'failed')
  if (failed !== undefined)
    return failed.failure ?? { code: 'E_BUG', message: `${failed.job} failed and did not say why` }
  const waiting = jobs.find(({ state }) => state === 'delayed')
  if (waiting !== undefined) return toldToWait(waiting, zones.get(waiting.account) ?? 'UTC')
  if (!openRejects) return null
  return { code: 'E_RECORD' satisfies ErrorCode, message: 'records could not be read: see scontrino rejects' }
}

/** By account; also those of earlier readings: an unchanged file is not read again, and its dead letters stand. */
async function countOpenRecords(
  application: Application,
  queued: readonly QueuedJob[],
): Promise<ReadonlyMap<string, number>> {
  const accounts = [...new Set(queued.map((job) => job.account))]
  return new Map(
    await Promise.all(accounts.map(async (key) => [key, await application.countOpenRecords(key)] as const)),
  )
}

/** Accounts whose bands stay as they were, because their borders cross since customers were computed. */
async function findCrossedBands(application: Application, queued: readonly QueuedJob[]) {
  const found: { account: AccountView; crossed: CrossedBands }[] = []
  for (const account of application.accounts.filter(({ key }) => queued.some((job) => job.account === key))) {
    const crossed = await application.crossedBands(account.key)
    if (crossed !== null) found.push({ account, crossed })
  }
  return found
}

/** Accounts with orders that no number holds for want of a rate. */
async function findUnrated(application: Application, queued: readonly QueuedJob[]) {
  const found: { account: string; orders: readonly UnratedOrders[] }[] = []
  for (const account of new Set(queued.map((job) => job.account))) {
    const orders = await application.unrated(account)
    if (orders.length > 0) found.push({ account, orders })
  }
  return found
}

/** What waits for long is left in the queue: a remote asked for it, and nobody should sit in front of it. */
function toldToWait({ job, resumesAt }: JobStatus, timezone: string): { code: string; message: string } {
  const until = resumesAt === undefined ? '' : ` until ${formatInstant(resumesAt, timezone)}`
  return {
    code: 'E_RATE_LIMITED' satisfies ErrorCode,
    message: `${job} has to wait${until}: it stays in the queue, and scontrino start or a later sync goes on with it`,
  }
}
