import { computeStore } from '../src/app/compute-store.ts'
import { createApplication } from '../src/bin/application.ts'
import { openContainer } from '../src/bin/container.ts'
import type { OverviewRequest } from '../src/core/numbers/overview.ts'
import type { StoreNumbersStore } from '../src/core/numbers/store-numbers.ts'
import { buildHttpServer } from '../src/http/build-server.ts'
import { median } from './median.ts'
import { createRig, type Rig } from './rig.ts'
import type { Measure } from './table.ts'

const ACCOUNT = 'main'
const OVERVIEWS: readonly OverviewRequest[] = (['week', 'month', 'quarter'] as const).flatMap((by) =>
  (['period', 'rank'] as const).map((definition) => ({ by, definition })),
)

/**
 * What the page asks for on a ledger of so many orders, each the median of `repetitions` answers, and how long the whole
 * store takes to be computed, quarter by quarter. The first question is the one of a process that has just begun.
 */
export async function measurePage(orders: number, repetitions: number): Promise<Measure[]> {
  const rig = await createRig({ orders })
  try {
    await rig.sync('shop')
    return await measureAnswers(rig, orders, repetitions)
  } finally {
    await rig.close()
  }
}

async function measureAnswers(rig: Rig, orders: number, repetitions: number): Promise<Measure[]> {
  const { signal } = new AbortController()
  const container = await openContainer({
    configPath: rig.configPath,
    variables: rig.env,
    logLevel: 'fatal',
    signal,
  })
  try {
    const { ledgerAccount, storeNumbers } = await container.account(ACCOUNT)
    // As after an update that changes what is kept.
    await container.ledger.query('delete from store_aggregates where account_id = $1', [ledgerAccount.accountId])
    await container.ledger.query(
      `insert into dirty_months (account_id, month)
       select distinct account_id, date_trunc('month', placed_at at time zone 'UTC')::date from orders where account_id = $1
       on conflict do nothing`,
      [ledgerAccount.accountId],
    )
    const quarters: number[] = []
    const timed = {
      ...storeNumbers,
      computeQuarter: async (...args: Parameters<StoreNumbersStore['computeQuarter']>) => {
        const startedAt = performance.now()
        const step = await storeNumbers.computeQuarter(...args)
        if (step !== null) quarters.push(performance.now() - startedAt)
        return step
      },
    }
    const whole = await timeOf(() => computeStore({ storeNumbers: timed }, { onProgress: () => undefined, signal }))

    const application = createApplication(container)
    const benchmark = `page ${orders.toLocaleString('en-GB')} orders`
    const shown = { benchmark, unit: 'ms', reach: null }
    const first = await timeOf(() => application.overview(ACCOUNT, { by: 'month', definition: 'period' }))
    const questions = [
      ...OVERVIEWS.map((request) => ({
        name: `overview by ${request.by}, ${request.definition}`,
        ask: () => application.overview(ACCOUNT, request),
      })),
      { name: 'distribution', ask: () => application.distribution(ACCOUNT) },
      { name: 'matrix', ask: () => application.matrix(ACCOUNT) },
      { name: 'segments', ask: () => application.segments(ACCOUNT) },
    ]
    const together = async () => {
      const startedAt = performance.now()
      await Promise.all([
        application.overview(ACCOUNT, { by: 'month', definition: 'period' }),
        application.distribution(ACCOUNT),
        application.matrix(ACCOUNT),
      ])
      return performance.now() - startedAt
    }
    const app = await buildHttpServer({ application, token: null, logger: container.logger, version: 'bench' })
    const answer = (url: string) => async () => {
      const { statusCode } = await app.inject({ url, headers: { host: 'localhost' } })
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`)
    }
    const documents = await measureEach(
      ['/', '/thresholds', '/segments', '/runs'].map((url) => ({ name: `the document ${url}`, ask: answer(url) })),
      repetitions,
    )
    await app.close()
    return [
      ...documents.map((measure) => ({ benchmark, ...measure, unit: 'ms', reach: { atMost: 1_000 } }) as const),
      {
        benchmark,
        name: 'overview, distribution and matrix together',
        value: await medianOf(repetitions, together),
        unit: 'ms',
        reach: { atMost: 1_000 },
      },
      { ...shown, name: 'the first question of a process', value: first },
      ...(await measureEach(questions, repetitions)).map((measure) => ({ ...shown, ...measure })),
      { ...shown, name: 'computing the whole store', value: whole },
      { ...shown, name: '– one quarter of it', value: median(quarters) },
      { ...shown, name: '– the slowest quarter', value: Math.max(...quarters) },
    ]
  } finally {
    await container.close()
  }
}

async function measureEach(
  questions: readonly { name: string; ask: () => Promise<unknown> }[],
  repetitions: number,
): Promise<{ name: string; value: number }[]> {
  const measured: { name: string; value: number }[] = []
  for (const { name, ask } of questions) measured.push({ name, value: await medianOf(repetitions, () => timeOf(ask)) })
  return measured
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

async function medianOf(repetitions: number, measure: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < repetitions; n++) times.push(await measure())
  return median(times)
}
