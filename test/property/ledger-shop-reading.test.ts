import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SourceReading } from '../../src/core/orders/shop-reading.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { loadShopReading } from '../../src/store/orders/shop-reading.ts'
import { createRunStore } from '../../src/store/runs/runs.ts'
import { openTestLedger, type TestLedger, toPage } from '../support/ledger.ts'
import { anyRecords } from '../support/ledger-arbitraries.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

const SOURCES = ['shop', 'till'] as const
const customer = fc.constantFrom({ email: 'ann@shop.test' }, null)
const step = fc.oneof(
  fc.record({ kind: fc.constant('page' as const), source: fc.constantFrom(...SOURCES), records: anyRecords(customer) }),
  fc.record({
    kind: fc.constant('run' as const),
    source: fc.constantFrom(...SOURCES),
    job: fc.constantFrom('pull-orders', 'ingest-webhook'),
    outcome: fc.constantFrom('done' as const, 'failed' as const, 'running' as const),
  }),
)

test('how far sources were read is what their orders and runs say, in whichever order they come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const account = { ...(await ledger.openAccount()), sources: SOURCES }
      const orders = createOrderStore(ledger.db, account)
      const runs = createRunStore(ledger.db, account)
      const newest = new Map<string, number>()
      const ended = new Map<string, 'done' | 'failed'>()
      const read = new Set<string>()
      for (const [index, one] of steps.entries()) {
        const { source } = one
        if (one.kind === 'page') {
          const { readSince } = await orders.beginReading(source)
          await orders.saveOrderPage(source, toPage(one.records.orders), readSince)
          for (const { test: isTest, placedAt } of one.records.orders) {
            if (!isTest && placedAt.getTime() <= Date.now()) {
              newest.set(source, Math.max(newest.get(source) ?? placedAt.getTime(), placedAt.getTime()))
            }
          }
          continue
        }
        await orders.beginReading(source)
        const { job, outcome } = one
        const id = await runs.startRun({ job, jobId: String(index), source, trigger: 'cron', attempt: 1 })
        if (outcome === 'running') continue
        const failure = { code: 'E_AUTH', message: 'refused' }
        await runs.finishRun(id, { counts: {}, ...(outcome === 'failed' && { failure }) })
        if (job !== 'pull-orders') continue
        ended.set(source, outcome)
        if (outcome === 'done') read.add(source)
      }
      const told = await loadShopReading(ledger.db, account)
      expect(told.map(summary)).toEqual(
        SOURCES.map((source) => ({
          source,
          newestMs: newest.get(source) ?? null,
          isRead: read.has(source),
          failure: ended.get(source) === 'failed' ? 'E_AUTH' : null,
        })),
      )
    }),
    { numRuns: 25 },
  )
})

function summary({ source, newestOrderAt, lastRead, failure }: SourceReading) {
  return {
    source,
    newestMs: newestOrderAt?.getTime() ?? null,
    isRead: lastRead !== null,
    failure: failure?.code ?? null,
  }
}
