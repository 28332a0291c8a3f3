import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_PULLS, type PullCounts, pullOrders } from '../../src/app/pull-orders.ts'
import { AbortedError } from '../../src/core/errors.ts'
import type { Source } from '../../src/core/orders/source.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'
import { createSource, linesConfig, ordersConfig, writeOrders } from '../support/order-file.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

const COUNT = 12_000
const skip = [{ column: 'Email', eq: 'till@example.com' }]

/** Of a thousand rows one cannot be read and one is to be skipped. */
function tableOf(head: string, amount: string): string {
  const rows = Array.from({ length: COUNT }, (_, at) => {
    if (at % 1_000 === 7) return `${at},never,,${amount}`
    return `${at},2026-01-01,${at % 1_000 === 8 ? 'till@example.com' : ''},${amount}`
  })
  return `${head}\n${rows.join('\n')}\n`
}

const SOURCES = {
  orders: () => createSource(ordersConfig(writeOrders('o.csv', tableOf('Id,Date,Email,Total', '5')), { skip })),
  lines: () => createSource(linesConfig(writeOrders('l.csv', tableOf('Id,Date,Email,Qty,Price', '1,5')), { skip })),
}

/** Attempts of one job, each ending after so many pages, then one that is let go on; all counts of the last. */
async function pullInAttempts(source: Source, attempts: readonly number[]): Promise<PullCounts> {
  const orders = createOrderStore(ledger.db, await ledger.openAccount())
  let counts = NO_PULLS
  const attempt = (pages: number) => {
    const stop = new AbortController()
    let left = pages
    const onCounts = async (kept: PullCounts) => {
      counts = { ...kept }
      left -= 1
      if (left === 0) stop.abort()
    }
    const wishes = {
      counts,
      full: false,
      acceptDeletions: false,
      onProgress: () => undefined,
      onCounts,
      signal: stop.signal,
    }
    return pullOrders({ source, orders }, wishes)
  }
  for (const pages of attempts) await expect(attempt(pages)).rejects.toThrow(AbortedError)
  return attempt(Number.POSITIVE_INFINITY)
}

describe.each(['orders', 'lines'] as const)('the counts of a pull of a file whose rows are %s', (rows) => {
  const whole = { orders: COUNT - 24, refunds: 0, rejected: 12, skipped: 12, changed: COUNT - 24 }

  test.each([[[]], [[1]], [[1, 1]]])('are those of the file after interruptions behind %j pages', async (attempts) => {
    expect(await pullInAttempts(SOURCES[rows](), attempts)).toMatchObject(whole)
  })
})
