import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ended } from '../support/cli-process.ts'
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'

const shop = makeSmallShop()

describe('after a first sync', () => {
  let rehearsal: Rehearsal
  let first: Ended
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.write('orders.csv', shop.csv)
    rehearsal.write('scontrino.yaml', rehearsalYaml())
    first = await rehearsal.run('sync', '--json')
  })
  afterAll(() => rehearsal.close())

  const documentOf = async (...args: string[]) => {
    const { exitCode, document, stderr } = await rehearsal.run(...args, '--json')
    expect(exitCode, stderr).toBe(0)
    return document()
  }

  test('its document tells what was read, computed, pushed and created', () => {
    expect(first.exitCode, first.stderr).toBe(0)
    expect(first.document()).toMatchObject({
      summary: [
        {
          account: 'main',
          orders: { read: shop.truth.orders, changed: shop.truth.orders, rejected: 0 },
          customers: { changed: shop.truth.net.customers },
          profiles: { pushed: shop.truth.net.customers, refused: 0, pending: 0 },
          segments: { created: 2 },
        },
      ],
    })
  })

  test('its steps are told on standard error, a line each', () => {
    const ended = first.stderr.split('\n').filter((line) => line.startsWith('✓ main'))
    expect(ended.map((line) => line.split(' ')[2])).toEqual([
      'pull-orders',
      'compute-aggregates',
      'push-profiles',
      'sync-segments',
      'sync',
    ])
  })

  test('report tells the shop’s true numbers, identified and anonymous apart', async () => {
    const { net, anonymous, notCounted } = shop.truth
    expect(await documentOf('report')).toMatchObject({
      reports: [
        {
          account: 'main',
          currency: 'EUR',
          policy: 'net',
          identified: {
            customers: net.customers,
            orders: net.orders,
            revenueMinor: net.revenueMinor,
            aovMinor: net.aovMinor,
          },
          total: [
            { kind: 'new' },
            { kind: 'anonymous', orders: anonymous.orders, revenueMinor: anonymous.revenueMinor },
          ],
          leftOut: [
            { reason: 'cancelled', orders: notCounted.cancelled },
            { reason: 'fully refunded', orders: notCounted.fullyRefunded },
            { reason: 'pending', orders: notCounted.pending },
            { reason: 'test order', orders: notCounted.test },
          ],
        },
      ],
    })
  })

  test('report by rank tells first orders from later ones', async () => {
    const { newOrders, recurringOrders } = shop.truth
    const document = await documentOf('report', '--definition', 'rank', '--by', 'quarter')
    expect(document).toMatchObject({
      reports: [
        {
          definition: 'rank',
          by: 'quarter',
          total: [
            { kind: 'new', orders: newOrders.orders, revenueMinor: newOrders.revenueMinor },
            { kind: 'recurring', orders: recurringOrders.orders, revenueMinor: recurringOrders.revenueMinor },
            { kind: 'anonymous' },
          ],
        },
      ],
    })
  })

  test('customers as CSV has a row for each customer of the report and the same totals', async () => {
    const { stdout, exitCode } = await rehearsal.run('customers', '--format', 'csv')
    const [header = '', ...rows] = stdout.trimEnd().split('\r\n')
    const names = header.split(',')
    const column = (name: string) => rows.map((row) => row.split(',')[names.indexOf(name)] ?? '')
    const cents = column('net_revenue').map((amount) => Number(amount.replace('.', '')))
    expect(exitCode).toBe(0)
    expect(new Set(column('email')).size).toBe(shop.truth.net.customers)
    expect(rows).toHaveLength(shop.truth.net.customers)
    expect(column('order_count').reduce((sum, count) => sum + Number(count), 0)).toBe(shop.truth.net.orders)
    expect(cents.reduce((sum, minor) => sum + minor, 0)).toBe(shop.truth.net.revenueMinor)
  })

  test('customers as JSON Lines says what is on the profiles', async () => {
    const { stdout } = await rehearsal.run('customers', '--format', 'jsonl')
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const { profiles } = await rehearsal.heldByKlaviyo()
    expect(lines.map(({ email, aov }) => [email, Number(aov)])).toEqual(
      Object.entries(profiles).map(([email, { aov }]) => [email, aov]),
    )
  })

  test('plan finds nothing to do and every segment as large as forecast', async () => {
    const { plans } = (await documentOf('plan')) as {
      plans: { segments: { action: string; forecast: { customers: number }; memberCount: number }[] }[]
    }
    const segments = plans[0]?.segments ?? []
    expect(segments.map(({ action }) => action)).toEqual(['unchanged', 'unchanged'])
    expect(segments.map(({ memberCount }) => memberCount)).toEqual(segments.map(({ forecast }) => forecast.customers))
    expect(segments.reduce((sum, { memberCount }) => sum + memberCount, 0)).toBe(shop.truth.net.customers)
  })

  test('check finds no problem', async () => {
    const { accounts, problems } = (await documentOf('check')) as {
      accounts: { findings: { level: string; subject: string }[] }[]
      problems: number
    }
    expect(accounts[0]?.findings.filter(({ level }) => level === 'problem' || level === 'warning')).toEqual([])
    expect(problems).toBe(0)
    expect(accounts[0]?.findings.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['postgres', 'queue (postgres)', 'source shop', 'klaviyo key', 'klaviyo metrics']),
    )
  })

  test('runs lists a finished run of every job', async () => {
    const { runs, pauses } = (await documentOf('runs')) as { runs: { job: string; state: string }[]; pauses: unknown[] }
    const told = runs.map(({ job, state }) => `${job} ${state}`)
    // A sync waits for the steps on the way to Klaviyo; the store's numbers take their turn beside them.
    expect(told).toContain('compute-store done')
    expect(told.filter((line) => !line.startsWith('compute-store'))).toEqual([
      'sync-segments done',
      'push-profiles done',
      'compute-aggregates done',
      'pull-orders done',
      'sync done',
    ])
    expect(pauses).toEqual([])
  })

  test('rejects and retry have nothing to list', async () => {
    expect(await documentOf('rejects')).toEqual({ accounts: [{ account: 'main', deadLetters: [], refused: [] }] })
    expect(await documentOf('retry')).toEqual({ accounts: [{ account: 'main', refused: 0, sources: [] }] })
  })

  test('without --json people read text', async () => {
    const { stdout } = await rehearsal.run('report')
    expect(stdout).toMatch(/identified +139 +157 +1\.13 +€11,942\.87 +€76\.07/)
  })

  test('a dry run computes what has changed and sends nothing', async () => {
    rehearsal.append(
      'orders.csv',
      'X1,2026-11-01T00:00:00Z,2026-11-01T00:00:00Z,new@example.org,,IT,80,,,,,,,placed,false,web\n',
    )
    const before = rehearsal.klaviyo.requestCounts().byOperation
    const document = await documentOf('sync', '--dry-run')
    const after = rehearsal.klaviyo.requestCounts().byOperation
    expect(document).toMatchObject({ summary: [{ orders: { changed: 1 }, profiles: { pushed: 0, pending: 1 } }] })
    expect(after['bulk_import_profiles']).toBe(before['bulk_import_profiles'])
    expect(after['create_or_update_profile']).toBe(before['create_or_update_profile'])
    expect(rehearsal.klaviyo.state.propertiesOf('new@example.org')).toBeUndefined()
  })

  test('the next sync pushes a handful of changes one by one', async () => {
    const document = await documentOf('sync')
    expect(document).toMatchObject({ summary: [{ orders: { read: 0 }, profiles: { pushed: 1 } }] })
    expect(rehearsal.klaviyo.state.propertiesOf('new@example.org')).toMatchObject({ aov: 80, order_count: 1 })
    expect(rehearsal.klaviyo.requestCounts().byOperation['create_or_update_profile']).toBe(1)
  })

  test('no output holds the key', async () => {
    const outputs = [first, await rehearsal.run('check'), await rehearsal.run('runs', '--json')]
    expect(outputs.map(({ stdout, stderr }) => stdout + stderr).join('\n')).not.toContain(
      rehearsal.variables['KLAVIYO_API_KEY'],
    )
  })
})
