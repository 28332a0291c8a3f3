import { expect, onTestFinished, test } from 'vitest'
import { createKlaviyoSandbox } from '../../src/sandbox/klaviyo/index.ts'
import { rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'

const shop = makeSmallShop()

interface Runs {
  readonly runs: readonly {
    job: string
    jobId: string
    state: string
    attempts: number
    startedAt: string
    finishedAt: string
  }[]
}

interface Report {
  readonly account: string
  readonly freshness: object
}

test('two start processes on one database sync each tick once', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', shop.csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml({ schedule: '*/2 * * * * *' }))
  const processes = [0, 1].map(() => rehearsal.start('start', '--roles', 'worker,scheduler,http'))
  const [first] = await Promise.all(processes.map((cli) => cli.says(/Listening on (http:\S+?),/)))
  const loadSyncs = async () => {
    const { runs } = (await (await fetch(`${first?.[1]}/v1/runs?limit=200`)).json()) as Runs
    return runs.filter(({ job, state }) => job === 'sync' && state === 'done')
  }
  await until('four ticks have been worked off', async () => (await loadSyncs()).length >= 4, 60_000, 300)
  await Promise.all(processes.map((cli) => cli.kill('SIGTERM')))

  const { runs } = (await rehearsal.run('runs', '--limit', '200', '--json')).document<Runs>()
  const pulls = runs.filter(({ job }) => job === 'pull-orders').sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
  // Ticks are two seconds apart: two syncs of one tick would begin within the same one.
  const seconds = pulls.map(({ startedAt }) => Math.floor(Date.parse(startedAt) / 2_000))
  expect(new Set(seconds).size).toBe(pulls.length)
  expect(runs.filter(({ attempts }) => attempts > 1)).toEqual([])
  const { byOperation } = rehearsal.klaviyo.requestCounts()
  expect(byOperation).toMatchObject({ bulk_import_profiles: 1, create_segment: 2, create_tag: 1 })
  expect(rehearsal.klaviyo.state.summary()).toMatchObject({ profiles: shop.truth.net.customers, segments: 2, tags: 1 })
})

test('a second account with the same customers ends as the first, each in its own Klaviyo', async () => {
  const rehearsal = await rehearse()
  const other = await createKlaviyoSandbox({ fast: true, enforceLimits: false })
  onTestFinished(() => other.close())
  rehearsal.variables['SECOND_BASE_URL'] = other.url
  rehearsal.write('orders.csv', shop.csv)
  const second = rehearsalYaml({ accounts: ['second'] }).replace('accounts:\n', '')
  rehearsal.write('scontrino.yaml', rehearsalYaml() + second.replace('KLAVIYO_BASE_URL', 'SECOND_BASE_URL'))

  const { exitCode, document } = await rehearsal.run('sync', '--json')
  expect(exitCode).toBe(0)
  const whole = { profiles: { pushed: shop.truth.net.customers }, segments: { created: 2 } }
  expect(document()).toMatchObject({
    summary: [
      { account: 'main', ...whole },
      { account: 'second', ...whole },
    ],
  })
  const emails = Object.keys((await rehearsal.heldByKlaviyo()).profiles)
  const withoutTime = (email: string, { state }: { state: typeof other.state }) => ({
    ...state.propertiesOf(email),
    aov_updated_at: null,
  })
  expect(emails.map((email) => withoutTime(email, other))).toEqual(
    emails.map((email) => withoutTime(email, rehearsal.klaviyo)),
  )
  const { reports } = (await rehearsal.run('report', '--json')).document<{ reports: Report[] }>()
  const untimed = reports.map(({ freshness, ...rest }) => ({
    ...rest,
    account: '',
    freshness: { ...freshness, lastReadAt: '' },
  }))
  expect(untimed[0]).toEqual(untimed[1])
})

test('a failing account does not keep another from its sync', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', shop.csv)
  const broken = rehearsalYaml({ accounts: ['broken'], path: 'missing.csv' }).replace('accounts:\n', '')
  rehearsal.write('scontrino.yaml', rehearsalYaml() + broken)
  const { exitCode, document } = await rehearsal.run('sync', '--json')
  expect(exitCode).toBe(78)
  expect(document()).toMatchObject({
    summary: [{ account: 'main', profiles: { pushed: shop.truth.net.customers } }, {}],
  })
})
