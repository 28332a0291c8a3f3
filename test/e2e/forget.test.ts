import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StoreReport } from '../../src/core/numbers/report.ts'
import { headerText } from '../../src/sandbox/shop/order-text.ts'
import { openDatabase } from '../../src/store/database.ts'
import type { Ended } from '../support/cli-process.ts'
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts'
import { rehearsalYaml, TWO_SEGMENTS } from '../support/rehearsal-yaml.ts'
import { until } from '../support/until.ts'
import { readWholeLedger } from '../support/whole-ledger.ts'

const ADA = 'ada@example.org'

function row(order: string, email: string, total: string): string {
  return `${order},2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,${email},,IT,${total},,,,,,,placed,false,web\n`
}

const ROWS = [row('1', ADA, '90'), row('2', 'Ada@Example.org', '110'), row('3', 'bea@example.org', '40')]

/** Orders and revenue of everybody together. */
function totalsOf({ total }: StoreReport): object {
  return {
    orders: total.reduce((sum, { orders }) => sum + orders, 0),
    revenueMinor: total.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0),
  }
}

describe('a customer who asks to be forgotten', () => {
  let rehearsal: Rehearsal
  let before: StoreReport
  let forgotten: Ended
  let synced: Ended
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.write('orders.csv', headerText('csv') + ROWS.join(''))
    rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: TWO_SEGMENTS }))
    await rehearsal.run('sync')
    before = await rehearsal.report()
    expect(rehearsal.klaviyo.state.propertiesOf(ADA)).toMatchObject({ aov: 100, order_count: 2 })
    forgotten = await rehearsal.run('forget', ADA, '--yes', '--json')
    synced = await rehearsal.run('sync', '--json')
  })
  afterAll(() => rehearsal.close())

  test('gets a receipt that names nobody', () => {
    expect(forgotten.exitCode, forgotten.stderr).toBe(0)
    expect(forgotten.document()).toMatchObject({
      accounts: [{ account: 'main', customers: 1, orders: 2, identities: 1, profiles: { clear: 1, delete: 0 } }],
    })
    for (const { stdout, stderr } of [forgotten, synced]) expect(stdout + stderr).not.toMatch(/ada@/i)
  })

  test('has nothing of ours on the profile after the next sync, and is in no segment', async () => {
    expect(synced.exitCode, synced.stderr).toBe(0)
    const { profiles, segments } = await rehearsal.heldByKlaviyo()
    expect(profiles).toMatchObject({ [ADA]: {}, 'bea@example.org': { order_count: 1 } })
    expect(Object.keys(profiles[ADA] ?? {})).toEqual([])
    expect(segments.flatMap(({ members }) => members)).toEqual(['bea@example.org'])
  })

  test('moves no total of the store', async () => {
    const after = await rehearsal.report()
    expect(totalsOf(after)).toEqual(totalsOf(before))
    expect(after.total).toMatchObject([{ kind: 'anonymous', orders: 2 }, { orders: 1 }].toReversed())
  })

  test('is brought back by no full refresh and no new order', async () => {
    rehearsal.append('orders.csv', row('4', ADA, '500'))
    const { exitCode, stderr } = await rehearsal.run('sync', '--full')
    expect(exitCode, stderr).toBe(0)
    expect(Object.keys((await rehearsal.heldByKlaviyo()).profiles[ADA] ?? {})).toEqual([])
  })

  test('is named nowhere in the database, the queue included', async () => {
    const db = openDatabase(rehearsal.databaseUrl)
    try {
      const text = await readWholeLedger(db, ['scontrino', 'bullmq'])
      expect(text).toContain('bea@example.org')
      expect(text).toContain('bullmq.')
      expect(text).not.toMatch(/ada@/i)
    } finally {
      await db.close()
    }
  })

  test('may ask again, and is told so', async () => {
    const [first] = forgotten.document()['accounts'] as { erasedAt: string }[]
    const again = await rehearsal.run('forget', ADA, '--yes', '--json')
    const [second] = again.document()['accounts'] as { erasedAt: string }[]
    expect(second).toMatchObject({ repeated: true, customers: 0, profiles: { clear: 0 } })
    expect(Date.parse(first?.erasedAt ?? '')).not.toBeNaN()
    expect(second?.erasedAt).toBe(first?.erasedAt)
  })

  test('is deleted in Klaviyo where that is configured', async () => {
    rehearsal.write('scontrino.yaml', rehearsalYaml({ profiles: '{ mode: create, onErase: delete }' }))
    const { stdout } = await rehearsal.run('forget', 'bea@example.org', '--yes')
    expect(stdout).toContain('1 profile to delete, if there with the next sync')
    await rehearsal.run('sync')
    await until('Klaviyo has deleted it', () => rehearsal.klaviyo.state.propertiesOf('bea@example.org') === undefined)
  })
})
