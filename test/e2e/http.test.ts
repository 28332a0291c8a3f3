import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CliProcess } from '../support/cli-process.ts'
import { isUnanswered } from '../support/is-unanswered.ts'
import { openRehearsal, type Rehearsal, rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'
import { untilCompleted } from '../support/until-completed.ts'

const shop = makeSmallShop({ customers: 60 })

async function start(rehearsal: Rehearsal, roles: string): Promise<{ cli: CliProcess; url: string }> {
  const cli = rehearsal.start('start', '--roles', roles)
  const [, url = ''] = await cli.says(/Listening on (http:\S+?),/)
  return { cli, url }
}

interface Runs {
  readonly runs: readonly { job: string; jobId: string; trigger: string; state: string; attempts: number }[]
}

describe('start', () => {
  let rehearsal: Rehearsal
  let cli: CliProcess
  let url: string
  let job: string
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.write('orders.csv', shop.csv)
    rehearsal.write('scontrino.yaml', rehearsalYaml())
    ;({ cli, url } = await start(rehearsal, 'worker,scheduler,http'))
  })
  afterAll(() => rehearsal.close())

  test('runs a sync on demand, and its Location leads to what it did', async () => {
    const answer = await fetch(`${url}/v1/jobs/sync`, { method: 'POST', headers: { 'idempotency-key': 'first' } })
    expect(answer.status).toBe(202)
    job = answer.headers.get('location') ?? ''
    const { result } = await untilCompleted(url + job)
    expect(result).toMatchObject({
      'pull-orders': { shop: { orders: shop.truth.orders } },
      'push-profiles': { confirmed: shop.truth.net.customers },
      'sync-segments': { created: 2 },
    })
    expect(rehearsal.klaviyo.state.summary()).toMatchObject({ profiles: shop.truth.net.customers, segments: 2 })
  })

  test('runs nothing twice for the same idempotency key', async () => {
    const headers = { 'idempotency-key': 'first' }
    const answer = await fetch(`${url}/v1/jobs/sync`, { method: 'POST', headers })
    expect([answer.status, answer.headers.get('location')]).toEqual([202, job])
    const { runs } = (await (await fetch(`${url}/v1/runs`)).json()) as Runs
    expect(runs.filter((run) => run.job === 'sync')).toMatchObject([{ trigger: 'http', state: 'done', attempts: 1 }])
  })

  test('tells Prometheus how things are', async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text()
    expect(metrics).toMatch(/^scontrino_profiles_pending\{account="main"\} 0$/m)
    expect(metrics).not.toContain('scontrino_segment_members')
    expect(metrics).toMatch(/^scontrino_last_sync_timestamp_seconds\{account="main"\} \d+/m)
  })

  test('is healthy and ready', async () => {
    const answers = await Promise.all(['healthz', 'readyz'].map((path) => fetch(`${url}/${path}`)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  test('stops at SIGTERM with 0, also in the middle of a job, which goes on later', async () => {
    rehearsal.append('orders.csv', makeSmallShop({ customers: 60, seed: 2 }).csv.replace(/^.*\n/, ''))
    rehearsal.klaviyo.faults.add({
      kind: 'delay',
      delayMs: 90_000,
      method: 'POST',
      path: '/api/profile-bulk-import-jobs',
    })
    const { headers } = await fetch(`${url}/v1/jobs/sync`, { method: 'POST' })
    const imports = () => rehearsal.klaviyo.requestCounts().byOperation['bulk_import_profiles'] ?? 0
    await until('the import is on its way', () => imports() === 2)
    const { exitCode } = await cli.kill('SIGTERM')
    expect(exitCode).toBe(0)
    expect(await isUnanswered(rehearsal.klaviyo, 'bulk_import_profiles')).toBe(true)

    const next = await start(rehearsal, 'worker,http')
    await untilCompleted(next.url + headers.get('location'))
    expect((await next.cli.kill('SIGINT')).exitCode).toBe(0)
  })
})

test('start asks for its token where one is configured', async () => {
  const rehearsal = await rehearse()
  rehearsal.variables['SCONTRINO_API_TOKEN'] = 'a-token-of-some-length'
  rehearsal.write('orders.csv', shop.csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml())
  const { url } = await start(rehearsal, 'http')
  const ask = (headers: Record<string, string>) => fetch(`${url}/v1/runs`, { headers })
  expect((await ask({})).status).toBe(401)
  expect((await ask({ authorization: 'Bearer a-token-of-some-length' })).status).toBe(200)
})

test('start without a token refuses to listen beyond this machine', async () => {
  const rehearsal = await rehearse()
  rehearsal.variables['SCONTRINO_HTTP_HOST'] = '0.0.0.0'
  rehearsal.write('scontrino.yaml', rehearsalYaml())
  const { exitCode, stderr } = await rehearsal.run('start', '--roles', 'http')
  expect([exitCode, stderr]).toEqual([78, expect.stringContaining('SCONTRINO_API_TOKEN')])
})

test('start syncs on its schedule, also one with seconds', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', shop.csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: [], schedule: '*/2 * * * * *' }))
  const { cli, url } = await start(rehearsal, 'worker,scheduler,http')
  const syncs = await until(
    'three ticks have been worked off',
    async () => {
      const { runs } = (await (await fetch(`${url}/v1/runs?limit=100`)).json()) as Runs
      const done = runs.filter(({ job, state }) => job === 'sync' && state === 'done')
      return done.length >= 3 && done
    },
    60_000,
    300,
  )
  expect(new Set(syncs.map(({ trigger }) => trigger))).toEqual(new Set(['cron']))
  expect(new Set(syncs.map(({ jobId }) => jobId)).size).toBe(syncs.length)
  expect(rehearsal.klaviyo.state.summary().profiles).toBe(shop.truth.net.customers)
  expect(rehearsal.klaviyo.requestCounts().byOperation['bulk_import_profiles']).toBe(1)
  expect((await cli.kill('SIGTERM')).exitCode).toBe(0)
})
