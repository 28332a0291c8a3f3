import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { createWoocommerceShop, type WoocommerceShop } from '../../src/sandbox/woocommerce/index.ts'
import type { WoocommerceShopOptions } from '../../src/sandbox/woocommerce/options.ts'
import { createWoocommerceSource } from '../../src/sources/woocommerce/index.ts'
import { woocommerceSourceConfig } from '../../src/sources/woocommerce/schema.ts'

const shops: WoocommerceShop[] = []

afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close()
})

async function open(options: WoocommerceShopOptions = {}): Promise<WoocommerceShop> {
  const shop = await createWoocommerceShop({ timezone: 'America/New_York', currency: 'USD', ...options })
  shops.push(shop)
  return shop
}

async function check(shop: WoocommerceShop, config: Record<string, unknown> = {}): Promise<readonly Finding[]> {
  const source = createWoocommerceSource('shop', woocommerceSourceConfig.parse({ ...shop.source, ...config }))
  return await source.check(new AbortController().signal)
}

const textOf = (findings: readonly Finding[], level: Finding['level']) =>
  findings
    .filter((finding) => finding.level === level)
    .map(({ message, action }) => `${message} → ${action}`)
    .join('\n')

function placeOne(shop: WoocommerceShop): void {
  shop.book.place({
    email: 'ann@shop.test',
    registered: false,
    country: 'US',
    currency: 'USD',
    subtotalMinor: 100,
    discountMinor: 0,
    taxMinor: 0,
    shippingMinor: 0,
    state: 'placed',
    test: false,
    channel: 'online',
  })
}

describe('scontrino check of a WooCommerce shop', () => {
  it('says what the key may, the currency and the time zone', async () => {
    const shop = await open({ behindTls: true })
    placeOne(shop)
    const findings = await check(shop, { webhookSecrets: undefined })
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([])
    expect(textOf(findings, 'ok')).toMatch(/“Read” is all it needs.*\n.*USD.*\n.*refunds is there/)
    expect(textOf(findings, 'note')).toContain('America/New_York')
  })

  it('warns of plain http', async () => {
    expect(textOf(await check(await open()), 'warning')).toContain('plain http')
  })

  it.each([
    ['a wrong key', { consumerKey: 'ck_wrong' }, false],
    ['a wrong secret', { consumerSecret: 'cs_wrong' }, false],
    ['a wrong secret behind TLS', { consumerSecret: 'cs_wrong' }, true],
  ])('says that %s is not accepted, where keys are made, and not what it was', async (_what, config, behindTls) => {
    const findings = await check(await open({ behindTls }), config)
    const problems = findings.filter(({ level }) => level === 'problem')
    expect(problems).toMatchObject([{ code: 'E_AUTH', action: expect.stringContaining('REST API') }])
    expect(JSON.stringify(findings)).not.toContain('_wrong')
  })

  it('says that Basic does not go over plain http', async () => {
    expect(textOf(await check(await open(), { auth: 'basic' }), 'problem')).toContain('leave `auth` away')
  })

  it('says what to do about plain permalinks', async () => {
    expect(textOf(await check(await open({ permalinks: false })), 'problem')).toContain('Permalinks')
  })

  it('warns where there is no list of refunds', async () => {
    const warnings = textOf(await check(await open({ refundList: false })), 'warning')
    expect(warnings).toMatch(/older than 9\.0.*within 24 h, on orders of the last 30 days/)
  })

  it('names statuses that are not mapped', async () => {
    const shop = await open({ renamedStatuses: { processing: 'in-production' } })
    placeOne(shop)
    expect(textOf(await check(shop), 'warning')).toContain('in-production (1)')
    expect(textOf(await check(shop, { states: { 'in-production': 'placed' } }), 'warning')).not.toContain(
      'in-production',
    )
  })

  it('names webhooks that the shop has disabled', async () => {
    const shop = await open()
    shop.addWebhooks('http://127.0.0.1:1/')
    for (let n = 0; n < 7; n += 1) placeOne(shop)
    await shop.settled()
    expect(textOf(await check(shop), 'warning')).toContain('order.created')
  })

  it('notes that deliveries are refused where no secret is configured', async () => {
    const shop = await open()
    shop.addWebhooks('http://127.0.0.1:1/')
    expect(textOf(await check(shop, { webhookSecrets: undefined }), 'note')).toContain('refused')
  })

  it('finds nobody at a closed port', async () => {
    const findings = await check(await open(), { url: 'http://127.0.0.1:1' })
    expect(findings.at(-1)).toMatchObject({ level: 'problem', code: 'E_REMOTE_UNAVAILABLE' })
  })
})
