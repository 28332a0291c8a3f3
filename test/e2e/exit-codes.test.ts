import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { type Rehearsal, rehearse, SECRET_KEY } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'

async function openShop(): Promise<Rehearsal> {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', makeSmallShop({ customers: 20 }).csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: [] }))
  return rehearsal
}

const ONE_MORE = 'X1,2026-11-01T00:00:00Z,2026-11-01T00:00:00Z,new@example.org,,IT,80,,,,,,,placed,false,web'

interface Runs {
  readonly pauses: readonly { readonly connector: string; readonly reason: string }[]
}

test('a refused key ends with 77 and pauses the connector, until check sees that it works again', async () => {
  const { run, klaviyo } = await openShop()
  klaviyo.faults.add({ kind: 'auth', path: '/api/profile-bulk-import-jobs' })
  const refused = await run('sync', '--json')
  expect(refused.exitCode).toBe(77)
  expect(refused.document()).toMatchObject({ error: { code: 'E_AUTH', message: expect.stringContaining('401') } })

  const { pauses } = (await run('runs', '--json')).document<Runs>()
  expect(pauses).toEqual([expect.objectContaining({ account: 'main', connector: 'klaviyo' })])

  const before = klaviyo.requestCounts().total
  const paused = await run('sync', '--json')
  expect([paused.exitCode, klaviyo.requestCounts().total]).toEqual([77, before])
  expect(paused.document()).toMatchObject({ error: { message: expect.stringContaining('scontrino check') } })

  const check = await run('check')
  expect([check.exitCode, check.stdout]).toEqual([0, expect.stringContaining('works again: resumed')])
  const synced = await run('sync', '--json')
  expect([synced.exitCode, klaviyo.state.summary().profiles]).toEqual([0, expect.any(Number)])
  expect(klaviyo.state.summary().profiles).toBeGreaterThan(10)
})

test('another key resumes a paused connector by itself', async () => {
  const { run, klaviyo, variables } = await openShop()
  variables['KLAVIYO_API_KEY'] = 'pk_wrong_77b2c0e1'
  const refused = await run('sync')
  expect([refused.exitCode, refused.stdout + refused.stderr]).toEqual([77, expect.not.stringContaining('pk_wrong')])
  variables['KLAVIYO_API_KEY'] = SECRET_KEY
  expect((await run('sync')).exitCode).toBe(0)
  expect(klaviyo.state.summary().profiles).toBeGreaterThan(10)
})

test('check with a refused key ends with 77 and says what to do', async () => {
  const { run, variables } = await openShop()
  variables['KLAVIYO_API_KEY'] = 'pk_wrong_77b2c0e1'
  const { exitCode, document } = await run('check', '--json')
  expect(exitCode).toBe(77)
  expect(document()).toMatchObject({
    accounts: [
      {
        findings: expect.arrayContaining([
          expect.objectContaining({ level: 'problem', subject: 'klaviyo key', action: expect.any(String) }),
        ]),
      },
    ],
  })
})

test('a Klaviyo that is down ends with 69 after some tries, and is caught up with later', async () => {
  const { run, append, klaviyo } = await openShop()
  await run('sync')
  append('orders.csv', `${ONE_MORE}\n`)
  klaviyo.faults.add({ kind: 'drop', path: '/api/profile-import', times: 4 })
  const { exitCode, document } = await run('sync', '--json')
  expect([exitCode, document()]).toMatchObject([69, { error: { code: 'E_REMOTE_UNAVAILABLE' } }])
  expect((await run('sync', '--json')).document()).toMatchObject({ summary: [{ profiles: { pushed: 1 } }] })
})

test.each([
  ['tomorrow', 86_400],
  ['in ten minutes', 600],
])(
  'a Klaviyo that asks to come back %s ends with 75 at once, and a later sync does what was left',
  async (_, seconds) => {
    const { run, klaviyo } = await openShop()
    const path = '/api/profile-bulk-import-jobs'
    klaviyo.faults.add({ kind: 'status', status: 429, retryAfterSeconds: seconds, path })
    const told = await run('sync', '--json')
    expect([told.exitCode, told.document()]).toMatchObject([75, { error: { code: 'E_RATE_LIMITED' } }])
    expect(klaviyo.state.summary().profiles).toBe(0)
    expect((await run('sync')).exitCode).toBe(0)
    expect(klaviyo.state.summary().profiles).toBeGreaterThan(10)
  },
)

test('a database that does not answer ends with 69', async () => {
  const { run, variables } = await openShop()
  variables['DATABASE_URL'] = 'postgres://someone:secret-word@127.0.0.1:1/nothing'
  const { exitCode, stdout, stderr, document } = await run('report', '--json')
  expect(exitCode).toBe(69)
  expect(document()).toMatchObject({ error: { code: 'E_STORE' } })
  expect(stdout + stderr).not.toContain('secret-word')
})

test('a Redis that does not answer ends with 69 and is named without its password', async () => {
  const { run, variables } = await openShop()
  variables['REDIS_URL'] = 'redis://someone:secret-word@127.0.0.1:1'
  const { exitCode, stdout, stderr, document } = await run('runs', '--json')
  expect(exitCode).toBe(69)
  expect(document()).toMatchObject({ error: { code: 'E_STORE', message: expect.stringContaining('Redis') } })
  expect(stdout + stderr).not.toMatch(/secret-word|\n {4}at /)
})

test('check finds a database or a Redis that does not answer, and says what to do', async () => {
  const { run, variables } = await openShop()
  const findings = { level: 'problem', code: 'E_STORE', action: expect.any(String) }
  variables['REDIS_URL'] = 'redis://someone:secret-word@127.0.0.1:1'
  const redis = await run('check', '--json')
  expect([redis.exitCode, redis.document()]).toMatchObject([69, { stores: [{ ...findings, subject: 'redis' }] }])
  variables['DATABASE_URL'] = 'postgres://someone:secret-word@127.0.0.1:1/nothing'
  const postgres = await run('check', '--json')
  expect([postgres.exitCode, postgres.document()]).toMatchObject([
    69,
    { stores: [{ ...findings, subject: 'postgres' }] },
  ])
  expect(redis.stdout + redis.stderr + postgres.stdout + postgres.stderr).not.toContain('secret-word')
})

test('a second signal of another kind ends the process at once with 130', async () => {
  const { run, start, databaseUrl } = await openShop()
  await run('runs')
  const database = openDatabase(databaseUrl)
  onTestFinished(() => database.close())
  await database.transaction(async (holder) => {
    // A statement that waits for this lock waits on after the first signal.
    await holder.query('lock table runs in access exclusive mode')
    const cli = start('runs')
    await until('the process waits for the table', async () => {
      const { rows } = await holder.query(
        `select 1 from pg_locks join pg_database d on d.oid = database
         where not granted and relation = 'runs'::regclass and datname = current_database()`,
      )
      return rows.length > 0
    })
    process.kill(cli.pid, 'SIGTERM')
    const stoppedAt = performance.now()
    expect((await cli.kill('SIGINT')).exitCode).toBe(130)
    expect(performance.now() - stoppedAt).toBeLessThan(5_000)
  })
})

test('a configuration that is wrong ends with 78, every problem with its line', async () => {
  const { run, write } = await openShop()
  const wrong = rehearsalYaml()
    .replace('timezone: Europe/Rome', 'timezone: Europe/Roma')
    .replace('currency: EUR', 'currency: EURO')
    .replace('policy: net', 'policy: neto')
  write('scontrino.yaml', wrong)
  const { exitCode, stderr } = await run('sync')
  expect(exitCode).toBe(78)
  const lineOf = (text: string) => wrong.split('\n').findIndex((line) => line.includes(text)) + 1
  for (const [text, path] of [
    ['EURO', 'accounts.main.currency'],
    ['Roma', 'accounts.main.timezone'],
    ['neto', 'accounts.main.aov'],
  ] as const) {
    expect(stderr).toContain(`scontrino.yaml:${lineOf(text)} ${path}`)
  }
})

test('with --json the problems of a configuration are the document', async () => {
  const { run, write } = await openShop()
  write('scontrino.yaml', rehearsalYaml().replace('currency: EUR', 'currency: EURO'))
  const { exitCode, document } = await run('plan', '--json')
  expect(exitCode).toBe(78)
  expect(document()).toMatchObject({
    error: { code: 'E_CONFIG', problems: [{ path: 'accounts.main.currency', line: 4 }] },
  })
})

test('a reference to an unset variable ends with 78 and names it', async () => {
  const { run, variables } = await openShop()
  delete variables['KLAVIYO_API_KEY']
  const { exitCode, stderr } = await run('sync')
  expect([exitCode, stderr]).toEqual([78, expect.stringContaining('KLAVIYO_API_KEY')])
})

test('an account or source that is not configured ends with 78 and tells those there are', async () => {
  const { run } = await openShop()
  const [account, source] = [await run('sync', '--account', 'other'), await run('sync', '--source', 'till')]
  expect([account.exitCode, account.stderr]).toEqual([78, expect.stringContaining('main')])
  expect([source.exitCode, source.stderr]).toEqual([78, expect.stringContaining('shop')])
})

test('a command line that cannot be used ends with 64, in JSON too', async () => {
  const { run } = await openShop()
  const [unknown, option, none] = [await run('synk'), await run('sync', '--sauce'), await run('customers', '--json')]
  expect([unknown.exitCode, option.exitCode, none.exitCode]).toEqual([64, 64, 64])
  expect(option.stderr).toContain('--sauce')
  expect(none.document()).toMatchObject({ error: { code: 'E_USAGE' } })
})

test('a profile that Klaviyo refuses is listed with its reason, and pushed again after retry', async () => {
  const { run, klaviyo } = await openShop()
  klaviyo.faults.add({ kind: 'row-error', rows: 1 })
  const synced = await run('sync', '--json')
  expect([synced.exitCode, synced.document()]).toMatchObject([0, { summary: [{ profiles: { refused: 1 } }] }])
  const rejects = (await run('rejects', '--json')).document()
  expect(rejects).toMatchObject({ accounts: [{ refused: [{ email: expect.stringContaining('@'), code: 'invalid' }] }] })
  expect((await run('retry', '--json')).document()).toMatchObject({ accounts: [{ refused: 1 }] })
  expect((await run('sync', '--json')).document()).toMatchObject({ summary: [{ profiles: { pushed: 1, refused: 0 } }] })
  expect((await run('rejects', '--json')).document()).toMatchObject({ accounts: [{ refused: [] }] })
})
