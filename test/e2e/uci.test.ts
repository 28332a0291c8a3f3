import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ended } from '../support/cli-process.ts'
import { REAL_SHOP_PATH, realShopYaml } from '../support/real-shop.ts'
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts'

interface SyncDocument {
  readonly summary: readonly {
    readonly orders: Readonly<Record<string, number>>
    readonly profiles: Readonly<Record<string, number>>
    readonly segments: Readonly<Record<string, number>>
  }[]
}

interface PlanDocument {
  readonly plans: readonly {
    readonly segments: readonly {
      name: string
      forecast: { customers: number }
      memberCount: number
      tagged: boolean
    }[]
  }[]
}

interface ReportDocument {
  readonly reports: readonly { readonly identified: Readonly<Record<string, number>> }[]
}

/** Addresses of customers with a cancellation that is worth something, straight from the lines of the file. */
function customersWithRefunds(): Set<string> {
  const lines = gunzipSync(readFileSync(REAL_SHOP_PATH))
    .toString('utf8')
    .matchAll(/^C.*,([\d.]+),([\d.]+),[^,]*$/gm)
  return new Set([...lines].flatMap(([, price, customer]) => (Number(price) > 0 ? [`${customer}@example.com`] : [])))
}

describe.skipIf(!existsSync(REAL_SHOP_PATH))("a real gift shop's 541,909 lines (skipped without them)", () => {
  let rehearsal: Rehearsal
  let first: Ended
  beforeAll(async () => {
    rehearsal = await openRehearsal({ account: { id: 'SANDBX', currency: 'GBP', timezone: 'Europe/London' } })
    rehearsal.write('scontrino.yaml', realShopYaml())
    first = await rehearsal.run('sync', '--json')
  })
  afterAll(() => rehearsal.close())

  const requests = () => rehearsal.klaviyo.requestCounts().byOperation
  const sync = async () => {
    const before = requests()
    const { exitCode, document } = await rehearsal.run('sync', '--json')
    expect(exitCode).toBe(0)
    const after = requests()
    const sent = (operation: string) => (after[operation] ?? 0) - (before[operation] ?? 0)
    return { summary: document<SyncDocument>().summary[0], sent }
  }

  test('become a confirmed profile each and three segments', () => {
    expect(first.exitCode, first.stderr).toBe(0)
    expect(first.document<SyncDocument>().summary[0]).toMatchObject({
      orders: { rejected: 0 },
      profiles: { pushed: 4338, refused: 0 },
      segments: { created: 3 },
    })
    expect(rehearsal.klaviyo.state.summary()).toMatchObject({ profiles: 4338, segments: 3, tags: 1 })
  })

  test('are read in less than 300 MB', () => {
    expect(first.peakBytes).toBeGreaterThan(50e6)
    expect(first.peakBytes).toBeLessThan(300e6)
  })

  test('are reported as published', async () => {
    const { document } = await rehearsal.run('report', '--json')
    expect(document<ReportDocument>().reports[0]?.identified).toMatchObject({
      customers: 4338,
      orders: 18_532,
      revenueMinor: 891_140_790,
      aovMinor: 48_087,
    })
  })

  test('fill the segments as forecast, everybody in one of them', async () => {
    const { document } = await rehearsal.run('plan', '--json')
    const segments = document<PlanDocument>().plans[0]?.segments ?? []
    expect(segments.map(({ memberCount }) => memberCount)).toEqual(segments.map(({ forecast }) => forecast.customers))
    expect(segments.reduce((sum, { memberCount }) => sum + memberCount, 0)).toBe(4338)
    expect(segments.map(({ tagged }) => tagged)).toEqual([true, true, true])
  })

  test('read again send no profile and write no segment', async () => {
    const { summary, sent } = await sync()
    expect(summary).toMatchObject({ orders: { read: 0 }, profiles: { pushed: 0 }, segments: { unchanged: 3 } })
    expect(['bulk_import_profiles', 'create_or_update_profile'].map(sent)).toEqual([0, 0])
    expect(['create_segment', 'update_segment', 'delete_segment', 'tag_segments'].map(sent)).toEqual([0, 0, 0, 0])
  })

  test('with another threshold update one segment', async () => {
    rehearsal.write('scontrino.yaml', realShopYaml({ high: 600 }))
    const { summary, sent } = await sync()
    expect(summary).toMatchObject({ profiles: { pushed: 0 }, segments: { updated: 1, unchanged: 2 } })
    expect(['bulk_import_profiles', 'create_segment', 'update_segment'].map(sent)).toEqual([0, 0, 1])
  })

  test('under another policy change only the profiles of customers with refunds', async () => {
    const profiles = '{ mode: create, properties: [aov, order_count, net_revenue] }'
    rehearsal.write('scontrino.yaml', realShopYaml({ profiles, high: 600 }))
    await sync()
    const gross = (await rehearsal.heldByKlaviyo()).profiles
    rehearsal.write('scontrino.yaml', realShopYaml({ policy: 'net', profiles, high: 600 }))
    const { summary } = await sync()
    const net = (await rehearsal.heldByKlaviyo()).profiles

    const refunded = customersWithRefunds()
    const expected = Object.keys(gross).filter((email) => refunded.has(email))
    const changed = Object.keys(gross).filter((email) => gross[email]?.['aov'] !== net[email]?.['aov'])
    expect(expected.length).toBeGreaterThan(1000)
    expect(changed).toEqual(expected)
    expect(summary?.profiles['pushed']).toBe(expected.length)
    expect(Object.keys(net[expected[0] ?? ''] ?? {}).sort()).toEqual(['aov', 'net_revenue', 'order_count'])
  })
})
