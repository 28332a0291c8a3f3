import type { Queue } from 'bullmq'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { JobData } from '../../jobs/job-data.ts'
import { createStoreWaker } from '../../jobs/store-waker.ts'
import type { StoreNumbersStore } from '../../src/core/numbers/store-numbers.ts'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import { openRig, type Rig, type Shop } from './account-rig.ts'
import { ended, enqueue, type JobProcess, openJobProcess } from './job-rig.ts'
import { toOrder } from './ledger.ts'
import { until } from './until.ts'

const BY_MONTH = { by: 'month', definition: 'period' } as const

/** An order in each of four quarters. */
const FOUR_QUARTERS: readonly SourceOrder[] = ['2025-02-01', '2025-05-01', '2025-08-01', '2025-11-01'].map((day) =>
  toOrder({ externalId: day, placedAt: new Date(`${day}T12:00:00Z`), customer: { email: 'ann@shop.test' } }),
)

/** The job that computes the store's numbers, on the store that keeps the jobs; `redisUrl` null: Postgres. */
export function testStoreNumbers(redisUrl: string | null): void {
  let rig: Rig
  let front: JobProcess
  let queue: Queue<JobData>
  beforeAll(async () => {
    rig = await openRig()
    front = await openJobProcess({ databaseUrl: rig.url, redisUrl })
    queue = front.backend.createQueue('compute-store')
  })
  afterAll(async () => {
    await queue?.close()
    await front?.close()
    await rig?.close()
  })

  async function openProcess(): Promise<JobProcess> {
    const process = await openJobProcess({ databaseUrl: rig.url, redisUrl })
    onTestFinished(() => process.close())
    return process
  }

  /** A shop of four quarters whose customers are computed, and whose store is not. */
  async function openSoldShop(): Promise<Shop> {
    const shop = await rig.openShop()
    await shop.sell(FOUR_QUARTERS)
    return shop
  }

  const overviewOf = ({ services }: Shop) => services.storeNumbers.loadOverview(BY_MONTH, new Date())
  const upToDate = (shop: Shop) =>
    until('the store is up to date', async () => {
      const overview = await overviewOf(shop)
      return overview.isStale ? null : overview
    })
  const jobsOf = async ({ services }: Shop) => {
    const jobs = await queue.getJobs(['waiting', 'active', 'delayed'])
    return jobs.filter((job) => job?.data.account === services.settings.key)
  }
  /** The same shop with another way of computing a quarter. */
  const withQuarter = (shop: Shop, computeQuarter: StoreNumbersStore['computeQuarter']): Pick<Shop, 'services'> => ({
    services: { ...shop.services, storeNumbers: { ...shop.services.storeNumbers, computeQuarter } },
  })

  describe('compute-aggregates', () => {
    it('has the store’s numbers computed after it', async () => {
      const shop = await openSoldShop()
      const process = await openProcess()
      process.work(shop)
      expect(await ended(process, await enqueue(process, 'compute-aggregates', shop))).toMatchObject({
        state: 'completed',
      })
      const { periods } = await upToDate(shop)
      expect(periods.filter(({ identified }) => identified.orders > 0)).toHaveLength(4)
      const runs = await until('it is told', async () => {
        const all = await shop.services.runs.loadRuns(10)
        return all.some(({ job, state }) => job === 'compute-store' && state === 'done') ? all : null
      })
      // Four months and quarters each, and five weeks that each month touches.
      expect(runs.find(({ job }) => job === 'compute-store')?.counts).toEqual({ periods: 28, left: 0 })
    })

    it('wakes nobody when nothing is dirty', async () => {
      const shop = await rig.openShop()
      const process = await openProcess()
      process.work(shop)
      await ended(process, await enqueue(process, 'compute-aggregates', shop))
      expect(await jobsOf(shop)).toEqual([])
    })

    it('wakes again for what an earlier one could not wake for', async () => {
      const shop = await openSoldShop()
      const process = await openProcess()
      process.work(shop)
      // Nobody is dirty any more: only the months are.
      expect(await shop.services.aggregates.countDirtyCustomers()).toBe(0)
      await ended(process, await enqueue(process, 'compute-aggregates', shop))
      await upToDate(shop)
    })
  })

  describe('waking', () => {
    it('puts in one job per account while it waits', async () => {
      const [one, other] = [await openSoldShop(), await openSoldShop()]
      const wake = createStoreWaker(queue)
      for (const shop of [one, one, other, one]) {
        await wake({ account: shop.services.settings.key, trigger: 'cli' })
      }
      expect([(await jobsOf(one)).length, (await jobsOf(other)).length]).toEqual([1, 1])
    })

    it('puts in another while one is at work, which may be past what is dirty now', async () => {
      const shop = await openSoldShop()
      const gate = Promise.withResolvers<void>()
      const entered = Promise.withResolvers<void>()
      const process = await openProcess()
      process.work(
        withQuarter(shop, async (...args) => {
          entered.resolve()
          await gate.promise
          return shop.services.storeNumbers.computeQuarter(...args)
        }),
      )
      const queued = await enqueue(process, 'compute-store', shop)
      await entered.promise
      await createStoreWaker(queue)({ account: shop.services.settings.key, trigger: 'cli' })
      expect(await jobsOf(shop)).toHaveLength(2)
      gate.resolve()
      expect(await ended(process, queued)).toMatchObject({ state: 'completed' })
      await until('both have ended', async () => (await jobsOf(shop)).length === 0)
    })

    it('lets some time pass, except at a terminal', async () => {
      const [terminal, service] = [await openSoldShop(), await openSoldShop()]
      const wake = createStoreWaker(queue)
      await wake({ account: terminal.services.settings.key, trigger: 'cli' })
      await wake({ account: service.services.settings.key, trigger: 'webhook' })
      const delays = async (shop: Shop) => (await jobsOf(shop)).map(({ opts }) => opts.delay ?? 0)
      expect([await delays(terminal), await delays(service)]).toEqual([[0], [5_000]])
    })
  })

  describe('compute-store', () => {
    it('is left to the next process by one that ends, with what it has done', async () => {
      const shop = await openSoldShop()
      const ending = await openProcess()
      ending.work(
        withQuarter(shop, async (...args) => {
          const step = await shop.services.storeNumbers.computeQuarter(...args)
          ending.stop()
          return step
        }),
      )
      const queued = await enqueue(front, 'compute-store', shop)
      expect(await ended(front, queued)).toMatchObject({ state: 'completed', result: { periods: 7, left: 21 } })
      const { periods, isStale } = await overviewOf(shop)
      const sold = periods.flatMap(({ period, identified }) => (identified.orders > 0 ? [period] : []))
      expect([sold, isStale]).toEqual([['2025-11-01'], true])
      const next = await openProcess()
      next.work(shop)
      expect((await upToDate(shop)).periods[0]?.period).toBe('2025-02-01')
    })

    it('excludes itself for an account', async () => {
      const shop = await openSoldShop()
      const [first, second] = [await openProcess(), await openProcess()]
      let [within, most] = [0, 0]
      const watched = withQuarter(shop, async (...args) => {
        within += 1
        most = Math.max(most, within)
        const step = await shop.services.storeNumbers.computeQuarter(...args)
        within -= 1
        return step
      })
      first.work(watched)
      second.work(watched)
      const queued = [await enqueue(front, 'compute-store', shop), await enqueue(front, 'compute-store', shop)]
      for (const one of queued) expect(await ended(front, one)).toMatchObject({ state: 'completed' })
      expect(most).toBe(1)
    })
  })
}
