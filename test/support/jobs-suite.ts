import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startScheduler } from '../../jobs/scheduler.ts'
import { applySegments } from '../../src/app/apply-segments.ts'
import { checkAccount } from '../../src/app/check-account.ts'
import { planSegments } from '../../src/app/plan-segments.ts'
import { ConflictError } from '../../src/core/errors.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from './account-rig.ts'
import { HIGH } from './high-segment.ts'
import { isUnanswered } from './is-unanswered.ts'
import { ended, enqueue, type JobProcess, openJobProcess, reaches } from './job-rig.ts'
import { writeOrders } from './order-file.ts'
import { until } from './until.ts'

const { signal } = new AbortController()

const csv = (count: number) =>
  `Id,Date,Email,Total\n${Array.from({ length: count }, (_, i) => `${i},2026-03-01,c${i}@example.com,10.00\n`).join('')}`

/** Everything jobs promise, on the store that keeps them; `redisUrl` null: Postgres. */
export function testJobs(redisUrl: string | null): void {
  let rig: Rig
  let urls: { databaseUrl: string; redisUrl: string | null }
  let front: JobProcess
  beforeAll(async () => {
    rig = await openRig()
    urls = { databaseUrl: rig.url, redisUrl }
    front = await openJobProcess(urls)
  })
  afterAll(async () => {
    await front?.close()
    await rig?.close()
  })

  async function openProcess(options?: Parameters<typeof openJobProcess>[1]): Promise<JobProcess> {
    const process = await openJobProcess(urls, options)
    onTestFinished(() => process.close())
    return process
  }

  async function working(...shops: Shop[]): Promise<JobProcess> {
    const process = await openProcess()
    process.work(...shops)
    return process
  }

  /** A shop with a file of `count` orders. */
  async function openShop(count = 3, more: { files?: Record<string, string> } = {}): Promise<Shop> {
    const shop = await rig.openShop({ segments: [HIGH] })
    await shop.reopen({ files: { shop: writeOrders('orders.csv', csv(count)), ...more.files } })
    return shop
  }

  /** Its segment is filled, and was made so long ago that its size can be read. */
  async function openApplied(): Promise<Shop> {
    const shop = await openShop()
    await shop.sell(oneOrderEach(3))
    await shop.push()
    const { settings, segments, thresholds } = shop.services
    const destination = shop.services.destination.connector
    const plan = await planSegments({ settings, destination, segments, thresholds }, { sizes: false, signal })
    await applySegments({ destination, segments, thresholds }, plan, { prune: false, confirmed: false, signal })
    await until('members are there', () => shop.klaviyo.state.isSettled())
    await rig.ledger.query(
      `update segment_states set changed_at = changed_at - interval '1 hour' where account_id = $1`,
      [shop.services.ledgerAccount.accountId],
    )
    return shop
  }

  describe('sizes of segments', () => {
    it('are told as not yet known by the job that made them', async () => {
      const shop = await openShop()
      await working(shop)
      expect(await ended(front, await enqueue(front, 'sync-segments', shop))).toMatchObject({
        result: { created: 1, sizes: { notYet: 1 } },
      })
      expect(shop.requests()['get_segment']).toBeUndefined()
    })

    it('are counted by the next sync that finds them due, and by no other', async () => {
      const shop = await openApplied()
      await working(shop)
      const wanted = { result: { unchanged: 1, sizes: { asExpected: 1 } } }
      expect(await ended(front, await enqueue(front, 'sync-segments', shop))).toMatchObject(wanted)
      expect(await ended(front, await enqueue(front, 'sync-segments', shop))).toMatchObject(wanted)
      expect(shop.requests()['get_segment']).toBe(1)
    })

    it('are counted by a job of their own, which warns of one that is empty', async () => {
      const shop = await openApplied()
      const [state] = await shop.services.segments.loadSegmentStates()
      shop.klaviyo.state.loseMembers(state?.remoteId ?? '')
      const lines: string[] = []
      const logger = createLogger('warn', { write: (line: string) => void lines.push(line) })
      const process = await openProcess({ logger })
      process.work(shop)
      expect(await ended(front, await enqueue(front, 'count-segments', shop))).toMatchObject({
        result: { counted: 1, sizes: { empty: 1 } },
      })
      const [warning] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(warning).toMatchObject({ segment: 'high', members: 0, expectedMembers: 3, finding: 'empty' })
    })
  })

  describe('borders of bands that cross', () => {
    const STORE_AOV = { name: 'store_aov', window: 'lifetime' } as const

    it('are told once in the log of a sync, and in none of a delivery', async () => {
      const shop = await openShop()
      await shop.reopen({
        settings: {
          bands: { at: [500, STORE_AOV], margin: null, minStayDays: null },
          following: {
            options: { tolerance: 0.1, atMostEveryDays: 30, round: true },
            bands: [500, STORE_AOV],
            segments: [],
          },
        },
      })
      const lines: string[] = []
      const process = await openProcess({
        logger: createLogger('warn', { write: (line: string) => void lines.push(line) }),
      })
      const warnings = () => lines.map((line) => JSON.parse(line)).filter(({ subject }) => subject === 'bands')
      process.work(shop)
      expect(await ended(front, await enqueue(front, 'sync', shop))).toMatchObject({ state: 'completed' })
      expect(warnings()).toMatchObject([
        { level: 'warn', job: 'compute-aggregates', msg: expect.stringContaining('store_aov at €10') },
      ])
      const account = shop.services.settings.key
      const [delivered] = await front.queues.enqueue('compute-aggregates', { account, sources: [], trigger: 'webhook' })
      if (delivered === undefined) throw new Error('nothing was put in')
      expect(await ended(front, delivered)).toMatchObject({ state: 'completed' })
      expect(warnings()).toHaveLength(1)
    })
  })

  describe('the queue', () => {
    it('finds a job that waits, with ids that hold no colon', async () => {
      const shop = await openShop()
      const queued = await enqueue(front, 'compute-aggregates', shop)
      expect(queued).toMatchObject({ job: 'compute-aggregates', created: true })
      expect(queued.id).not.toContain(':')
      expect(await front.queues.findJob('compute-aggregates', queued.id)).toEqual({
        job: 'compute-aggregates',
        id: queued.id,
        account: shop.services.settings.key,
        state: 'waiting',
        progress: null,
        result: null,
        failure: null,
      })
      expect(await front.queues.findJob('push-profiles', queued.id)).toBeNull()
      expect(await front.queues.findFamily('compute-aggregates', 'nobody')).toEqual([])
      await working(shop)
      await ended(front, queued)
    })

    it('gives the same job for the same key, and refuses the key for another request', async () => {
      const shop = await openShop()
      const first = await enqueue(front, 'sync', shop, { key: 'once' })
      expect(await enqueue(front, 'sync', shop, { key: 'once' })).toEqual({ ...first, created: false })
      await expect(enqueue(front, 'sync', shop, { key: 'once', full: true })).rejects.toThrow(ConflictError)
      await expect(enqueue(front, 'sync', shop, { key: 'once', sources: [] })).rejects.toThrow(ConflictError)
      await working(shop)
      expect(await ended(front, first)).toMatchObject({ state: 'completed' })
      expect(await enqueue(front, 'sync', shop, { key: 'once' })).toEqual({ ...first, created: false })
    })

    it('holds one sync when several processes put it in at the same moment', async () => {
      const shop = await openShop()
      const others = await Promise.all([openProcess(), openProcess()])
      const queued = await Promise.all([front, ...others].map((one) => enqueue(one, 'sync', shop, { key: 'now' })))
      expect(new Set(queued.map(({ id }) => id)).size).toBe(1)
      await working(shop)
      const [first] = queued
      if (first !== undefined) expect(await ended(front, first)).toMatchObject({ state: 'completed', failure: null })
      const jobs = (await shop.services.runs.loadRuns(20)).map(({ job }) => job)
      // That one comes later, of its own.
      expect(jobs.filter((job) => job !== 'compute-store').sort()).toEqual([
        'compute-aggregates',
        'pull-orders',
        'push-profiles',
        'sync',
        'sync-segments',
      ])
    })
  })

  describe('a sync', () => {
    it('runs its jobs in order, from the file to Klaviyo, and sums them up', async () => {
      const shop = await openShop(15)
      const queued = await enqueue(front, 'sync', shop)
      await working(shop)
      expect(await ended(front, queued)).toMatchObject({
        state: 'completed',
        result: {
          'pull-orders': { shop: { orders: 15, changed: 15 } },
          'compute-aggregates': { customers: 15 },
          'push-profiles': { confirmed: 15, imports: 1 },
          'sync-segments': { created: 1 },
        },
      })
      expect((await front.queues.findFamily('sync', queued.id)).map(({ job, state }) => [job, state])).toEqual([
        ['pull-orders', 'completed'],
        ['compute-aggregates', 'completed'],
        ['push-profiles', 'completed'],
        ['sync-segments', 'completed'],
        ['sync', 'completed'],
      ])
      expect(shop.klaviyo.state.propertiesOf('c3@example.com')).toMatchObject({ aov: 10 })
    })

    it('sends nothing when it is a rehearsal', async () => {
      const shop = await openShop(15)
      await working(shop)
      expect(await ended(front, await enqueue(front, 'sync', shop, { dryRun: true }))).toMatchObject({
        result: { 'push-profiles': { pending: 15 }, 'sync-segments': { planned: { create: 1 } } },
      })
      expect(shop.klaviyo.state.summary()).toMatchObject({ profiles: 0, segments: 0 })
    })

    it('does what it can when one source fails, and tells that failure', async () => {
      const shop = await openShop(3, { files: { attic: '/nowhere/orders.csv' } })
      await working(shop)
      const status = await ended(front, await enqueue(front, 'sync', shop))
      expect(status).toMatchObject({
        state: 'failed',
        failure: { message: expect.stringMatching(/^pull-orders attic failed: /) },
      })
      expect(shop.klaviyo.state.summary()).toMatchObject({ profiles: 3, segments: 1 })
      const runs = await shop.services.runs.loadRuns(20)
      expect(runs.filter(({ state }) => state === 'failed').map(({ job, source }) => [job, source])).toEqual(
        expect.arrayContaining([
          ['sync', null],
          ['pull-orders', 'attic'],
        ]),
      )
    })

    it('makes no segments when its only source could never be read', async () => {
      const shop = await rig.openShop({ segments: [HIGH] })
      await shop.reopen({ files: { shop: '/nowhere/orders.csv' } })
      await working(shop)
      const queued = await enqueue(front, 'sync', shop)
      expect(await ended(front, queued)).toMatchObject({ state: 'failed', failure: { code: 'E_CONFIG' } })
      expect(shop.klaviyo.state.summary()).toMatchObject({ segments: 0 })
      expect((await front.queues.findFamily('sync', queued.id)).at(-2)).toMatchObject({
        job: 'sync-segments',
        result: { skipped: 'no order was ever read: pull-orders failed' },
      })
    })

    it('keeps segments going when the source that failed was read before', async () => {
      const shop = await openShop()
      await working(shop)
      await ended(front, await enqueue(front, 'sync', shop))
      await shop.reopen({
        files: { shop: '/nowhere/orders.csv' },
        settings: { segments: [HIGH, { ...HIGH, key: 'b', name: 'B' }] },
      })
      await ended(front, await enqueue(front, 'sync', shop))
      expect(shop.klaviyo.state.summary()).toMatchObject({ segments: 2 })
    })

    it('is done also when the database refuses to remove what is old, and says so', async () => {
      const shop = await openShop()
      const { accountId } = shop.services.ledgerAccount
      for (const id of ['old 1', 'old 2']) {
        const run = await shop.services.runs.startRun({ job: 'sync', jobId: id, trigger: 'cron', attempt: 1 })
        await shop.services.runs.finishRun(run, { counts: {} })
      }
      await rig.ledger.query(`update runs set started_at = '2020-01-01' where account_id = $1`, [accountId])
      await rig.ledger.query(
        `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
      )
      await rig.ledger.query('create trigger refuse before delete on runs for each row execute function refuse()')
      onTestFinished(async () => void (await rig.ledger.query('drop function refuse() cascade')))
      const lines: string[] = []
      const process = await openProcess({
        logger: createLogger('warn', { write: (line: string) => void lines.push(line) }),
      })
      process.work(shop)
      expect(await ended(front, await enqueue(front, 'sync', shop))).toMatchObject({ state: 'completed' })
      expect(lines.map((line) => JSON.parse(line) as { msg?: string })).toContainEqual(
        expect.objectContaining({ msg: 'the ledger could not be tidied' }),
      )
    })

    it('tells with which configuration each of its jobs was worked on', async () => {
      const shop = await openShop()
      const process = await openProcess({ configuration: 'c0ffee' })
      process.work(shop)
      const queued = await enqueue(front, 'sync', shop)
      await ended(front, queued)
      const family = await front.queues.findFamily('sync', queued.id)
      expect(family.map(({ configuration }) => configuration)).toEqual(Array.from({ length: 5 }, () => 'c0ffee'))
    })

    it('lasts from its first step to its last', async () => {
      const shop = await openShop()
      await working(shop)
      await ended(front, await enqueue(front, 'sync', shop))
      const runs = await shop.services.runs.loadRuns(20)
      const first = Math.min(...runs.map(({ startedAt }) => startedAt.getTime()))
      expect(runs.find(({ job }) => job === 'sync')).toMatchObject({ state: 'done', startedAt: new Date(first) })
    })

    it('is unfinished until its last job has ended', async () => {
      const shop = await openShop()
      const { key } = shop.services.settings
      expect(await front.queues.hasUnfinished('sync', key)).toBe(false)
      const queued = await enqueue(front, 'sync', shop)
      expect(await front.queues.hasUnfinished('sync', key)).toBe(true)
      await working(shop)
      await ended(front, queued)
      expect(await front.queues.hasUnfinished('sync', key)).toBe(false)
    })

    it('is not taken for one of an account whose key begins alike', async () => {
      const shop = await openShop()
      const { key } = shop.services.settings
      const sources = ['shop']
      await front.queues.enqueue('sync', { account: `${key}.attic`, sources, trigger: 'cli' })
      expect(await front.queues.hasUnfinished('sync', `${key}.attic`)).toBe(true)
      expect(await front.queues.hasUnfinished('sync', key)).toBe(false)
    })
  })

  describe('a refused key', () => {
    async function refused(): Promise<{ shop: Shop; process: JobProcess }> {
      const shop = await rig.openShop({}, { apiKeys: { pk_good: 'all' } })
      await shop.sell(oneOrderEach(3))
      const process = await working(shop)
      expect(await ended(front, await enqueue(front, 'push-profiles', shop))).toMatchObject({
        state: 'failed',
        failure: { code: 'E_AUTH' },
      })
      return { shop, process }
    }

    it('pauses the connector, and the next job fails at once without asking Klaviyo', async () => {
      const { shop } = await refused()
      expect(await shop.services.pauses.loadPauses()).toMatchObject([{ connector: 'klaviyo' }])
      const { total } = shop.klaviyo.requestCounts()
      expect(await ended(front, await enqueue(front, 'push-profiles', shop))).toMatchObject({
        failure: { code: 'E_AUTH', message: expect.stringMatching(/^klaviyo is paused since .*401/) },
      })
      expect(shop.klaviyo.requestCounts().total).toBe(total)
    })

    it('does not keep other connectors from working', async () => {
      const { shop } = await refused()
      await shop.reopen({ files: { shop: writeOrders('orders.csv', csv(2)) } })
      const [pull] = await front.queues.enqueue('pull-orders', {
        account: shop.services.settings.key,
        sources: ['shop'],
        trigger: 'cli',
      })
      if (pull !== undefined) expect(await ended(front, pull)).toMatchObject({ state: 'completed' })
    })

    it('that is replaced ends the pause', async () => {
      const { shop } = await refused()
      await shop.reopen({ apiKey: 'pk_good' })
      expect(await ended(front, await enqueue(front, 'push-profiles', shop))).toMatchObject({ state: 'completed' })
      expect(await shop.services.pauses.loadPauses()).toEqual([])
    })

    it('stays paused through a check that meets the same refusal', async () => {
      const { shop } = await refused()
      expect(await checkAccount(shop.services, signal)).toContainEqual(expect.objectContaining({ level: 'problem' }))
      expect(await shop.services.pauses.loadPauses()).toHaveLength(1)
    })
  })

  it('a pause ends with a check that finds everything in order', async () => {
    const shop = await rig.openShop({}, { account: { currency: 'EUR', timezone: 'Europe/Rome' } })
    await shop.sell(oneOrderEach(3))
    await working(shop)
    shop.klaviyo.faults.add({ kind: 'auth' })
    expect(await ended(front, await enqueue(front, 'push-profiles', shop))).toMatchObject({ state: 'failed' })
    const findings = await checkAccount(shop.services, signal)
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'note', message: expect.stringMatching(/works again: resumed/) }),
    )
    expect(await ended(front, await enqueue(front, 'push-profiles', shop))).toMatchObject({ state: 'completed' })
  })

  describe('work that cannot go on', () => {
    it('waits as long as Klaviyo asks, uses no attempt and says when it goes on', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      shop.klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 86_400, path: '/api/profile-import' })
      await working(shop)
      const before = Date.now()
      const queued = await enqueue(front, 'push-profiles', shop)
      const { resumesAt } = await reaches(front, queued, 'delayed')
      expect((resumesAt?.getTime() ?? 0) - before).toBeGreaterThanOrEqual(86_400_000)
      expect((resumesAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(86_400_000)
      expect(await shop.services.runs.loadRuns(1)).toMatchObject([{ state: 'running', attempts: 1 }])
    })

    it('says why it waits, and which attempt comes next', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      shop.klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 1, path: '/api/profile-import' })
      shop.klaviyo.faults.add({ kind: 'html', path: '/api/profile-import', times: 100 })
      await working(shop)
      const queued = await enqueue(front, 'push-profiles', shop)
      const throttled = await reaches(front, queued, 'delayed')
      expect(throttled.lastFailure).toEqual({
        code: 'E_RATE_LIMITED',
        message: expect.stringMatching(/answered 429/),
      })
      const failed = await until('an attempt has failed', async () => {
        const found = await front.queues.findJob(queued.job, queued.id)
        return found?.lastFailure?.nextAttempt === undefined ? null : found
      })
      expect(failed.lastFailure).toMatchObject({
        code: 'E_REMOTE_UNAVAILABLE',
        message: expect.stringMatching(/\/api\/profile-import answered 403/),
        attempts: 4,
      })
    })

    it('is known to wait from the sync it belongs to', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      shop.klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 600, path: '/api/profile-import' })
      await working(shop)
      const { resumesAt } = await reaches(front, await enqueue(front, 'sync', shop), 'delayed')
      expect((resumesAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(590_000)
      expect(await front.queues.hasUnfinished('sync', shop.services.settings.key)).toBe(true)
    })

    it('is done in the end, with nothing counted twice', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      const fault = { kind: 'status', status: 429, retryAfterSeconds: 1, path: '/api/profile-import' } as const
      shop.klaviyo.faults.add({ ...fault, times: 2 })
      await working(shop)
      const status = await ended(front, await enqueue(front, 'push-profiles', shop))
      expect(status).toMatchObject({ state: 'completed', result: { confirmed: 3 } })
      expect(await shop.services.runs.loadRuns(1)).toMatchObject([{ state: 'done', attempts: 1 }])
    })

    it('counts the segments that were made before it had to wait', async () => {
      const shop = await openShop()
      shop.klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 11, path: 'relationships/segments' })
      await working(shop)
      const status = await ended(front, await enqueue(front, 'sync-segments', shop))
      expect(status).toMatchObject({ state: 'completed', result: { created: 1, unchanged: 0 } })
    })

    it('goes on with the segments that Klaviyo did not let it count', async () => {
      const shop = await openApplied()
      shop.klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 11, path: '/api/segments/' })
      await working(shop)
      const queued = await enqueue(front, 'count-segments', shop)
      await reaches(front, queued, 'delayed')
      expect(await ended(front, queued)).toMatchObject({
        state: 'completed',
        result: { counted: 1, unanswered: 0, sizes: { asExpected: 1 } },
      })
    })

    it('is tried again when Klaviyo is away, and the run counts the attempts', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      shop.klaviyo.faults.add({ kind: 'drop', path: '/api/profile-import' })
      await working(shop)
      const status = await ended(front, await enqueue(front, 'push-profiles', shop))
      expect(status).toMatchObject({ state: 'completed', failure: null })
      expect(await shop.services.runs.loadRuns(1)).toMatchObject([{ state: 'done', attempts: 2, errorCode: null }])
    })

    it('fails when its attempts are used up, and its run says so', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      shop.klaviyo.faults.add({ kind: 'html', path: '/api/profile-import', times: 100 })
      await working(shop)
      expect(await ended(front, await enqueue(front, 'push-profiles', shop))).toMatchObject({
        state: 'failed',
        failure: { code: 'E_REMOTE_UNAVAILABLE', message: expect.stringMatching(/403/) },
      })
      expect(await shop.services.runs.loadRuns(1)).toMatchObject([
        { state: 'failed', attempts: 4, errorCode: 'E_REMOTE_UNAVAILABLE' },
      ])
    })

    it('of an account that is no longer configured fails with what is wrong', async () => {
      const shop = await openShop()
      await working()
      expect(await ended(front, await enqueue(front, 'sync', shop))).toMatchObject({
        state: 'failed',
        failure: { code: 'E_CONFIG', message: `there is no account ${shop.services.settings.key}` },
      })
    })

    it('of a source that is no longer configured fails with what is wrong', async () => {
      const shop = await openShop()
      const queued = await enqueue(front, 'pull-orders', shop)
      await shop.reopen({ files: {} })
      await working(shop)
      expect(await ended(front, queued)).toMatchObject({ state: 'failed', failure: { code: 'E_CONFIG' } })
    })

    it('that another version put in is refused and told', async () => {
      const shop = await openShop()
      const queue = front.backend.createQueue('push-profiles')
      onTestFinished(() => queue.close())
      const data = { account: shop.services.settings.key, trigger: 'cli', shops: ['all'] } as never
      await queue.add('push-profiles', data, { jobId: `old.${shop.services.settings.key}`, attempts: 4 })
      await working(shop)
      const queued = {
        job: 'push-profiles',
        id: `old.${shop.services.settings.key}`,
        account: '',
        created: true,
      } as const
      expect(await ended(front, queued)).toMatchObject({
        state: 'failed',
        failure: { code: 'E_RECORD', message: expect.stringMatching(/another version of scontrino.*shops/) },
      })
    })
  })

  describe('several processes', () => {
    it('do one piece of work of a kind at a time for an account, and both pieces in the end', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      shop.klaviyo.faults.add({ kind: 'delay', delayMs: 700, path: '/api/profile-import' })
      await Promise.all([working(shop), working(shop)])
      const both = await Promise.all([enqueue(front, 'push-profiles', shop), enqueue(front, 'push-profiles', shop)])
      const statuses = await Promise.all(both.map((one) => ended(front, one)))
      expect(statuses.map(({ state }) => state)).toEqual(['completed', 'completed'])
      expect(shop.requests()).toMatchObject({ create_or_update_profile: 3 })
    })

    it('do not wait for each other’s accounts', async () => {
      const [slow, quick] = [await openShop(), await openShop()]
      for (const shop of [slow, quick]) await shop.sell(oneOrderEach(3))
      slow.klaviyo.faults.add({ kind: 'delay', delayMs: 3_000, path: '/api/profile-import' })
      await working(slow, quick)
      const first = await enqueue(front, 'push-profiles', slow)
      await reaches(front, first, 'active')
      await ended(front, await enqueue(front, 'push-profiles', quick))
      expect(await front.queues.findJob('push-profiles', first.id)).toMatchObject({ state: 'active' })
      await ended(front, first)
    })

    it('put in one sync per tick, and none while one is unfinished', async () => {
      const shop = await openShop()
      const other = await openProcess()
      const { settings } = shop.services
      const scheduled = [
        {
          settings: { ...settings, schedule: { sync: '* * * * * *' } },
          sources: ['shop'],
          hasDueCounts: async () => false,
          prune: async () => undefined,
        },
      ]
      /** The ticks that each of the processes has left out. */
      const leftOut = [new Set<unknown>(), new Set<unknown>()]
      const schedulers = [front, other].map(({ queues }, index) => {
        const write = (line: string) => {
          const { tick, msg } = JSON.parse(line) as Record<string, unknown>
          if (String(msg).includes('left out')) leftOut[index]?.add(tick)
        }
        return startScheduler(scheduled, queues, createLogger('info', { write }))
      })
      onTestFinished(async () => {
        for (const scheduler of schedulers) await scheduler.close()
      })
      await until('there is a sync', () => front.queues.hasUnfinished('sync', settings.key))
      const queue = front.backend.createQueue('sync')
      onTestFinished(() => queue.close())
      const mine = async () =>
        (await queue.getJobs()).filter((job) => job.data.account === settings.key && job.data.trigger === 'cron')
      const [first] = await mine()
      // One of the two may have come too late for the first tick itself.
      await until('both have met two more ticks', () => leftOut.every(({ size }) => size >= 3))
      expect(await mine()).toHaveLength(1)
      await working(shop)
      await until('the next tick put in another', async () => (await mine()).length > 1)
      const ids = (await mine()).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toContain(first?.id)
    })

    it('hand on what one of them gives back, without using an attempt', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      shop.klaviyo.faults.add({ kind: 'delay', delayMs: 60_000, path: '/api/profile-import' })
      const first = await openProcess()
      const workers = first.work(shop)
      const queued = await enqueue(front, 'push-profiles', shop)
      await until('Klaviyo was asked', () => shop.requests()['create_or_update_profile'] === 1)
      first.stop()
      await workers.close(30_000)
      expect(await isUnanswered(shop.klaviyo, 'create_or_update_profile')).toBe(true)
      expect(await front.queues.findJob('push-profiles', queued.id)).toMatchObject({ state: 'waiting' })
      await working(shop)
      expect(await ended(front, queued)).toMatchObject({ state: 'completed', result: { confirmed: 3 } })
      expect(await shop.services.runs.loadRuns(1)).toMatchObject([{ state: 'done', attempts: 1 }])
    })

    it('take over from one that was killed', async () => {
      const shop = await openShop()
      await shop.sell(oneOrderEach(3))
      // What hangs for ever in a process that will not end by itself.
      const never = Promise.withResolvers<never>()
      never.promise.catch(() => undefined)
      const begun = Promise.withResolvers<void>()
      const hang = () => {
        begun.resolve()
        return never.promise
      }
      const services = { ...shop.services, exclusively: hang }
      const killed = await openProcess({ lockMs: 600 })
      const workers = killed.work({ services } as unknown as Shop)
      const queued = await enqueue(front, 'push-profiles', shop)
      // Not merely active in the queue: what a worker has not yet in hand it waits for, and this would keep it waiting.
      await begun.promise
      // Were the work waited for, this would not end.
      await workers.close(100)
      const heir = await openProcess({ lockMs: 600 })
      heir.work(shop)
      expect(await ended(front, queued)).toMatchObject({ state: 'completed', result: { confirmed: 3 } })
      expect(await shop.services.runs.loadRuns(1)).toMatchObject([{ state: 'done', attempts: 1 }])
      never.reject(new Error('the test is over'))
    })

    it('bring up the queue’s tables at the same moment', async () => {
      const fresh = await openRig()
      const processes = await Promise.all(
        [1, 2, 3].map(() => openJobProcess({ databaseUrl: fresh.url, redisUrl: urls.redisUrl })),
      )
      for (const process of processes) {
        await process.queues.ping()
        await process.close()
      }
      await fresh.close()
    })
  })

  describe('a full refresh', () => {
    it('reads from the beginning once, however often it comes back', async () => {
      const shop = await openShop(3)
      await working(shop)
      await ended(front, await enqueue(front, 'pull-orders', shop))
      const again = await ended(front, await enqueue(front, 'pull-orders', shop))
      expect(again.result).toMatchObject({ orders: 0 })
      const full = await ended(front, await enqueue(front, 'pull-orders', shop, { full: true }))
      expect(full.result).toMatchObject({ orders: 3, changed: 0 })
    })
  })
}
