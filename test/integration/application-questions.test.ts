import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { createApplication } from '../../src/bin/application.ts'
import { type Container, openContainer } from '../../src/bin/container.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { accountYaml } from '../support/account-yaml.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { writeConfig } from '../support/write-config.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** An account whose bands follow the shop, and what the ledger is asked from now on. */
async function open(): Promise<{ container: Container; asked: string[] }> {
  const container = await openContainer({
    configPath: writeConfig(accountYaml({ more: 'bands: [p25, p75]' })),
    variables: { DATABASE_URL: database.url },
    logger: createLogger('silent'),
    signal: new AbortController().signal,
  })
  onTestFinished(() => container.close())
  await container.services('main')
  const asked: string[] = []
  const query = container.ledger.query.bind(container.ledger)
  vi.spyOn(container.ledger, 'query').mockImplementation((text: string, values?: unknown[]) => {
    asked.push(text)
    return query(text, values)
  })
  return { container, asked }
}

it('a delivery of a shop asks nothing of thresholds, nor do the lists of runs and pauses', async () => {
  const { container, asked } = await open()
  const application = createApplication(container)
  const delivery = { headers: {}, body: Buffer.alloc(0), receivedAt: new Date() }
  expect(await application.receiveWebhook('main', 'shop', delivery)).toEqual({ kind: 'unknown' })
  expect(asked).toEqual([])
  await application.loadRuns({ account: 'main', limit: 10 })
  await application.loadPauses('main')
  expect(asked.filter((text) => /thresholds|band_rule/.test(text))).toEqual([])
  expect(asked).toHaveLength(2)
})

it('bands are told by the ledger, and are none while their borders are amounts of another currency', async () => {
  const { container } = await open()
  const { bands } = createApplication(container)
  const keep = (currency: string) =>
    container.ledger.query(`update accounts set band_rule = $1, band_rule_currency = $2 where key = 'main'`, [
      JSON.stringify({ borders: [20, 40], margin: null, minStayDays: null }),
      currency,
    ])
  await keep('GBP')
  expect(await bands('main')).toEqual([2_000, 4_000])
  await keep('EUR')
  expect(await bands('main')).toBeNull()
})
