import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workedMs } from '../../src/core/runs/run-store.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { createWebhookInbox } from '../../src/store/orders/webhook-inbox.ts'
import { createHistoryStore, HISTORY_DAYS, WEBHOOK_EVENT_DAYS, WEBHOOK_RUN_DAYS } from '../../src/store/runs/history.ts'
import { createRunStore } from '../../src/store/runs/runs.ts'
import { createSegmentStateStore } from '../../src/store/segments/segment-states.ts'
import { openTestLedger, type TestLedger, toPage } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** Makes everything of an account so many days older. */
async function age({ accountId }: LedgerAccount, table: string, columns: readonly string[], days: number) {
  const set = columns.map((column) => `${column} = ${column} - make_interval(days => $2)`).join(', ')
  await ledger.db.query(`update ${table} set ${set} where account_id = $1`, [accountId, days])
}

async function run(account: LedgerAccount, job: string, jobId: string, trigger: string, failed = false) {
  const runs = createRunStore(ledger.db, account)
  const id = await runs.startRun({ job, jobId, trigger, attempt: 1 })
  await runs.finishRun(id, { counts: {}, ...(failed && { failure: { code: 'E_BUG', message: 'it failed' } }) })
}

const prune = (account: LedgerAccount) => createHistoryStore(ledger.db, account).prune(new AbortController().signal)
const runsOf = async (account: LedgerAccount) =>
  (await createRunStore(ledger.db, account).loadRuns(100)).map(({ jobId }) => jobId).toSorted()

describe('the history of runs', () => {
  it(`loses what is older than ${HISTORY_DAYS} days, webhooks after ${WEBHOOK_RUN_DAYS}, and of no other account`, async () => {
    const [account, other] = [await ledger.openAccount(), await ledger.openAccount()]
    for (const one of [account, other]) {
      await run(one, 'sync', 'oldest', 'cron')
      await run(one, 'ingest-webhook', 'event', 'webhook')
      await age(one, 'runs', ['started_at', 'finished_at'], HISTORY_DAYS - WEBHOOK_RUN_DAYS)
      await run(one, 'sync', 'old', 'cron')
      await run(one, 'ingest-webhook', 'late event', 'webhook')
      await age(one, 'runs', ['started_at', 'finished_at'], WEBHOOK_RUN_DAYS + 1)
      await run(one, 'sync', 'new', 'cron')
      await run(one, 'ingest-webhook', 'new event', 'webhook')
    }
    await prune(account)
    expect(await runsOf(account)).toEqual(['new', 'new event', 'old'])
    expect(await runsOf(other)).toHaveLength(6)
  })

  it('keeps the latest run of each job, and the latest that was done, however old', async () => {
    const account = await ledger.openAccount()
    await run(account, 'sync', 'older', 'cron')
    await run(account, 'sync', 'done', 'cron')
    await run(account, 'sync', 'failed before', 'cron', true)
    await run(account, 'sync', 'failed', 'cron', true)
    await age(account, 'runs', ['started_at', 'finished_at'], HISTORY_DAYS + 1)
    await prune(account)
    expect(await runsOf(account)).toEqual(['done', 'failed'])
  })
})

it(`events of webhooks are forgotten ${WEBHOOK_EVENT_DAYS} days after they were worked off, open ones never`, async () => {
  const account = await ledger.openAccount()
  const inbox = createWebhookInbox(ledger.db, account)
  for (const key of ['done', 'open']) await inbox.receive('web', { kind: 'event', key, orderIds: ['1'], customers: [] })
  const [first] = await inbox.loadOpen('web', 1)
  await inbox.markDone('web', [first?.eventId ?? 0])
  await age(account, 'webhook_events', ['received_at', 'done_at'], WEBHOOK_EVENT_DAYS - 1)
  await prune(account)
  expect(await inbox.receive('web', { kind: 'event', key: 'done', orderIds: ['1'], customers: [] })).toBe(false)
  await age(account, 'webhook_events', ['received_at', 'done_at'], 2)
  await prune(account)
  expect(await inbox.receive('web', { kind: 'event', key: 'done', orderIds: ['1'], customers: [] })).toBe(true)
  expect(await inbox.loadOpen('web', 10)).toHaveLength(2)
})

it(`writes to segments are forgotten after ${HISTORY_DAYS} days`, async () => {
  const account = await ledger.openAccount()
  const segments = createSegmentStateStore(ledger.db, account)
  const count = async () =>
    (
      await ledger.db.query<{ n: number }>('select count(*)::integer as n from segment_changes where account_id = $1', [
        account.accountId,
      ])
    ).rows[0]?.n
  const state = { key: 'high', remoteId: 'X1', name: 'High', definition: { condition_groups: [] } }
  await segments.saveSegmentState(state, 'create')
  await age(account, 'segment_changes', ['changed_at'], HISTORY_DAYS - 1)
  await prune(account)
  expect(await count()).toBe(1)
  await age(account, 'segment_changes', ['changed_at'], 2)
  await prune(account)
  expect(await count()).toBe(0)
})

it(`dead letters are forgotten ${HISTORY_DAYS} days after they were resolved, open ones never`, async () => {
  const account = await ledger.openAccount()
  const orders = createOrderStore(ledger.db, account)
  const rejected = ['order 1', 'order 2'].map((place) => ({ place, reason: 'expected something' }))
  await orders.saveOrderPage('web', { ...toPage([]), rejected }, new Date(0))
  const values = [account.accountId]
  await ledger.db.query(
    `update dead_letters set resolved_at = now() where account_id = $1 and place = 'order 1'`,
    values,
  )
  await age(account, 'dead_letters', ['first_seen_at', 'last_seen_at', 'resolved_at'], HISTORY_DAYS + 1)
  await prune(account)
  const { rows } = await ledger.db.query('select place from dead_letters where account_id = $1', values)
  expect(rows).toEqual([{ place: 'order 2' }])
})

describe('a look at the history of runs', () => {
  it('leaves out what webhooks started, and goes on from a run', async () => {
    const account = await ledger.openAccount()
    for (const id of ['1', '2', '3']) {
      await run(account, 'sync', `sync ${id}`, 'cron')
      await run(account, 'ingest-webhook', `event ${id}`, 'webhook')
    }
    const runs = createRunStore(ledger.db, account)
    const [latest] = await runs.loadRuns(1, { webhooks: false })
    expect(latest?.jobId).toBe('sync 3')
    const older = await runs.loadRuns(2, { webhooks: false, before: latest?.runId ?? 0 })
    expect(older.map(({ jobId }) => jobId)).toEqual(['sync 2', 'sync 1'])
    const all = await runs.loadRuns(2, { before: latest?.runId ?? 0 })
    expect(all.map(({ jobId }) => jobId)).toEqual(['event 2', 'sync 2'])
  })

  it('finds the last sync that was done, however much webhooks have done since', async () => {
    const account = await ledger.openAccount()
    const runs = createRunStore(ledger.db, account)
    expect(await runs.lastSyncedAt()).toBeNull()
    await run(account, 'sync', 'done before', 'cron')
    await run(account, 'sync', 'done', 'cron')
    await run(account, 'sync', 'failed', 'cron', true)
    await ledger.db.query(
      `insert into runs (account_id, job, job_id, trigger, state, finished_at)
       select $1, 'push-profiles', 'event ' || n, 'webhook', 'done', now() from generate_series(1, 600) n`,
      [account.accountId],
    )
    const [done] = await runs.loadRunsOf(['done'])
    expect(await runs.lastSyncedAt()).toEqual(done?.finishedAt)
  })

  it('finds what is running, however much webhooks have done since', async () => {
    const account = await ledger.openAccount()
    const runs = createRunStore(ledger.db, account)
    await runs.startRun({ job: 'sync', jobId: 'open', trigger: 'cron', attempt: 1 })
    await ledger.db.query(
      `insert into runs (account_id, job, job_id, trigger, state, finished_at)
       select $1, 'push-profiles', 'event ' || n, 'webhook', 'done', now() from generate_series(1, 600) n`,
      [account.accountId],
    )
    const [open] = await runs.loadRunsOf(['open'])
    expect(await runs.loadRunning()).toEqual([open])
  })

  it('counts no time in which nobody worked on a run', async () => {
    const account = await ledger.openAccount()
    const runs = createRunStore(ledger.db, account)
    const start = (more: { waitedUntil?: Date } = {}) =>
      runs.startRun({ job: 'sync', jobId: 'stopped', trigger: 'cli', attempt: 1, ...more })
    const tookMs = async () => {
      const [run] = await runs.loadRunsOf(['stopped'])
      return run === undefined ? null : workedMs(run)
    }
    const runId = await start()
    expect(await tookMs()).toBeNull()
    await age(account, 'runs', ['started_at', 'seen_at'], 1)
    await start()
    await runs.finishRun(runId, { counts: {} })
    expect(await tookMs()).toBeLessThan(60_000)
  })

  it('counts the time for which a run was told to wait', async () => {
    const account = await ledger.openAccount()
    const runs = createRunStore(ledger.db, account)
    const run = { job: 'push-profiles', jobId: 'waited', trigger: 'cli', attempt: 1 }
    const runId = await runs.startRun(run)
    await age(account, 'runs', ['started_at', 'seen_at'], 1)
    await runs.startRun({ ...run, waitedUntil: new Date() })
    await runs.finishRun(runId, { counts: {} })
    expect((await runs.loadRunsOf(['waited'])).map(workedMs)).toEqual([expect.toSatisfy((ms) => ms > 86_000_000)])
  })

  it('ends a superseded run when somebody was last known to work on it', async () => {
    const account = await ledger.openAccount()
    const runs = createRunStore(ledger.db, account)
    const runId = await runs.startRun({ job: 'sync', jobId: 'superseded', trigger: 'cli', attempt: 1 })
    await age(account, 'runs', ['started_at', 'seen_at'], 2)
    await runs.noteWork([runId])
    await age(account, 'runs', ['seen_at'], 1)
    await runs.supersedeRun(runId)
    const [run] = await runs.loadRunsOf(['superseded'])
    expect(run?.state).toBe('superseded')
    expect(Math.round((run === undefined ? 0 : (workedMs(run) ?? 0)) / 3_600_000)).toBe(24)
  })

  it('supersedes no run that has ended', async () => {
    const account = await ledger.openAccount()
    const runs = createRunStore(ledger.db, account)
    const runId = await runs.startRun({ job: 'sync', jobId: 'ended', trigger: 'cli', attempt: 1 })
    await runs.finishRun(runId, { counts: {} })
    await runs.supersedeRun(runId)
    expect(await runs.loadRunsOf(['ended'])).toMatchObject([{ state: 'done' }])
  })

  it('sums up what webhooks had done since an instant, in this account', async () => {
    const [account, other] = [await ledger.openAccount(), await ledger.openAccount()]
    const runs = createRunStore(ledger.db, account)
    const webhook = (job: string, jobId: string) => runs.startRun({ job, jobId, trigger: 'webhook', attempt: 1 })
    await runs.finishRun(await webhook('ingest-webhook', '1'), { counts: { events: 3 } })
    await runs.finishRun(await webhook('compute-aggregates', '1'), { counts: { events: 100 } })
    await age(account, 'runs', ['started_at'], 2)
    await runs.finishRun(await webhook('ingest-webhook', '2'), { counts: { events: 5 } })
    const failure = { code: 'E_BUG', message: 'it failed' }
    await runs.finishRun(await webhook('ingest-webhook', '3'), { counts: {}, failure })
    await run(account, 'sync', '4', 'cron')
    const yesterday = new Date(Date.now() - 86_400_000)
    expect(await runs.countWebhookRuns(yesterday)).toEqual({ runs: 2, failed: 1, events: 5 })
    expect(await createRunStore(ledger.db, other).countWebhookRuns(yesterday)).toMatchObject({ runs: 0, events: 0 })
  })
})
