import { expect, onTestFinished, test } from 'vitest'
import { type OwnPostgres, openOwnPostgres } from '../support/own-postgres.ts'
import { type Rehearsal, rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'
import { untilCompleted } from '../support/until-completed.ts'

const shop = makeSmallShop()
const IMPORTS = '/api/profile-bulk-import-jobs'

async function openShop(): Promise<{ rehearsal: Rehearsal; postgres: OwnPostgres }> {
  const rehearsal = await rehearse()
  const postgres = await openOwnPostgres()
  onTestFinished(() => postgres.close())
  rehearsal.variables['DATABASE_URL'] = postgres.url
  rehearsal.write('orders.csv', shop.csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml())
  return { rehearsal, postgres }
}

async function expectEverything(rehearsal: Rehearsal): Promise<void> {
  const { profiles, segments } = await rehearsal.heldByKlaviyo()
  const members = segments.flatMap((segment) => segment.members).sort()
  expect(Object.keys(profiles)).toHaveLength(shop.truth.net.customers)
  expect(members).toEqual(Object.keys(profiles))
  const { customers, orders, revenueMinor } = shop.truth.net
  expect((await rehearsal.report()).identified).toMatchObject({ customers, orders, revenueMinor })
}

test('start goes on by itself when Postgres was restarted in the middle of a job', async () => {
  const { rehearsal, postgres } = await openShop()
  const cli = rehearsal.start('start', '--roles', 'worker,http')
  const [, url = ''] = await cli.says(/Listening on (http:\S+?),/)
  rehearsal.klaviyo.faults.add({ kind: 'delay', delayMs: 2_000, method: 'POST', path: IMPORTS })
  const { headers } = await fetch(`${url}/v1/jobs/sync`, { method: 'POST' })
  await until('the import is on its way', () => rehearsal.klaviyo.requestCounts().byOperation['bulk_import_profiles'])
  await postgres.stop()
  const readiness = async () => (await fetch(`${url}/readyz`)).status
  await until('it says that it is not ready', async () => (await readiness()) === 503, 20_000, 200)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)

  await postgres.start()
  await until('it is ready again', async () => (await readiness()) === 200, 20_000, 200)
  await untilCompleted(url + headers.get('location'))
  await expectEverything(rehearsal)
  expect((await cli.kill('SIGTERM')).exitCode).toBe(0)
})

test('a sync ends well when Postgres was restarted in the middle, or says 69 and the next one does', async () => {
  const { rehearsal, postgres } = await openShop()
  rehearsal.klaviyo.faults.add({ kind: 'delay', delayMs: 1_500, method: 'POST', path: IMPORTS })
  const sync = rehearsal.start('sync')
  await until('the import is on its way', () => rehearsal.klaviyo.requestCounts().byOperation['bulk_import_profiles'])
  await postgres.stop()
  await postgres.start()
  const { exitCode } = await sync.ended
  expect([0, 69]).toContain(exitCode)
  expect((await rehearsal.run('sync')).exitCode).toBe(0)
  await expectEverything(rehearsal)
})
