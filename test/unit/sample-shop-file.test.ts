import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../config/load.ts'
import { isCurrency } from '../../src/core/money.ts'
import type { SourceOrder } from '../../src/core/orders/order.ts'
import { shopConfigYaml } from '../../src/sandbox/shop/config-yaml.ts'
import { generateShop } from '../../src/sandbox/shop/generate.ts'
import type { ShopFormat } from '../../src/sandbox/shop/order-text.ts'
import type { SampleOrder } from '../../src/sandbox/shop/sample-order.ts'
import { writeShopFile } from '../../src/sandbox/shop/write-file.ts'
import { createFileSource } from '../../src/sources/file/index.ts'
import { fileSourceConfig } from '../../src/sources/file/schema.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { createFolder, joinPages, readAllPages } from '../support/order-file.ts'
import { writeConfig } from '../support/write-config.ts'

const OPTIONS = { to: new Date('2026-11-01T00:00:00Z'), customers: 800 }

/** The order that the source has to make of a sample order. */
function toSourceOrder(order: SampleOrder): SourceOrder {
  const { placedAt, updatedAt, currency, state, test, channel, email, customer, country } = order
  const { totalMinor, subtotalMinor, discountMinor, taxMinor, shippingMinor, refundedMinor, refundedAt } = order
  return {
    externalId: order.order,
    ...{ placedAt, updatedAt, currency, state, test, channel },
    ...{ totalMinor, subtotalMinor, discountMinor, taxMinor, shippingMinor },
    customer: email === null ? null : { email, externalId: customer ?? '', country },
    refunds: refundedAt === null ? [] : [{ externalId: 'refunded', refundedAt, amountMinor: refundedMinor }],
  }
}

/** Writes a shop, configures it by its own text, and reads it as the program does. */
async function readShop(name: string, format: ShopFormat, change: { currency?: string; priceLevel?: number } = {}) {
  const path = join(createFolder(), name)
  const options = { ...OPTIONS, ...change }
  const truth = await writeShopFile(path, generateShop(options), format, name.endsWith('.gz'))
  const yaml = shopConfigYaml({ source: { path }, klaviyoUrl: 'http://127.0.0.1:1', ...change })
  const [account] = loadConfig(writeConfig(yaml), {}, SOURCE_TYPES).accounts
  const config = fileSourceConfig.parse(account?.sources[0]?.config)
  const content = joinPages(await readAllPages(createFileSource('shop', config)))
  return { truth, content, path }
}

describe('the file of a sample shop', () => {
  test.each([
    ['shop.csv', 'csv'],
    ['shop.jsonl', 'jsonl'],
    ['shop.csv.gz', 'csv'],
    ['shop.jsonl.gz', 'jsonl'],
  ] as const)('is read from %s to the same orders, without a dead letter', async (name, format) => {
    const { content } = await readShop(name, format)
    expect(content.rejected).toEqual([])
    expect([content.refunds.length, content.skipped]).toEqual([0, 0])
    expect(content.orders).toEqual([...generateShop(OPTIONS)].map(toSourceOrder))
  })

  test('keeps whole yen', async () => {
    const yen = { currency: 'JPY', priceLevel: 160 }
    const { content } = await readShop('shop.csv', 'csv', yen)
    expect(content.orders).toEqual([...generateShop({ ...OPTIONS, ...yen })].map(toSourceOrder))
  })

  test('comes with the counts of what is in it', async () => {
    const { truth, content } = await readShop('shop.jsonl', 'jsonl')
    const counted = content.orders.filter((order) => order.customer !== null && !order.test && order.state === 'placed')
    expect(truth.orders).toBe(content.orders.length)
    expect(truth.gross.revenueMinor).toBe(counted.reduce((sum, order) => sum + order.totalMinor, 0))
    expect(truth.gross.customers).toBe(new Set(counted.map((order) => order.customer?.externalId)).size)
  })

  test('is the same text every time', async () => {
    const [one, two] = [await readShop('shop.csv', 'csv'), await readShop('shop.csv', 'csv')]
    expect(readFileSync(one.path)).toEqual(readFileSync(two.path))
  })
})

describe('the configuration of a sample shop', () => {
  const load = (options: Partial<Parameters<typeof shopConfigYaml>[0]> = {}) =>
    loadConfig(
      writeConfig(shopConfigYaml({ source: { path: 'shop.csv' }, klaviyoUrl: 'http://127.0.0.1:4010', ...options })),
      {},
      SOURCE_TYPES,
    ).accounts[0]

  test('names its account, its Klaviyo and its three segments', () => {
    const account = load()
    expect(account?.settings).toMatchObject({ key: 'main', currency: 'EUR', bands: { at: [60, 120] } })
    expect(account?.settings.policy.name).toBe('net')
    expect(account?.settings.profiles.mode).toBe('create')
    expect(account?.klaviyo).toEqual({ apiKey: 'pk_sandbox', baseUrl: 'http://127.0.0.1:4010' })
    expect(account?.settings.segments.map(({ key, name }) => [key, name])).toEqual([
      ['high', 'AOV | High > €120'],
      ['mid', 'AOV | Mid €60–120'],
      ['low', 'AOV | Low < €60'],
    ])
  })

  test('parts customers at higher prices in a shop for machines', () => {
    expect(load({ category: 'machines' })?.settings.bands?.at).toEqual([150, 400])
  })

  test('follows currency and prices', () => {
    expect(load({ currency: 'JPY', priceLevel: 160 })?.settings.segments[0]?.name).toBe('AOV | High > JP¥19,200')
    expect(isCurrency(load({ currency: 'CHF' })?.settings.currency ?? '')).toBe(true)
  })
})
