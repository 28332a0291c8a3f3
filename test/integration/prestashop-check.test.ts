import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import type { PrestashopOptions } from '../../src/sandbox/prestashop/index.ts'
import type { ShopServer } from '../../src/sandbox/shop-server/shop-server.ts'
import { newOrder, openPrestashop, prestashopSource } from '../support/prestashop.ts'
import { spoilPrestashop } from '../support/prestashop-proxy.ts'

const { signal } = new AbortController()
const NEEDED = ['orders', 'order_slip', 'order_states', 'currencies', 'customers', 'configurations']
const shops: ShopServer[] = []

afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close()
})

async function check(more: Readonly<Record<string, unknown>> = {}, options: PrestashopOptions = {}) {
  const shop = await openPrestashop('2026-07-02T12:00:00Z', {
    ...options,
    keys: {
      NOCONFIG: NEEDED.filter((one) => one !== 'configurations'),
      NOSLIPS: NEEDED.filter((one) => one !== 'order_slip'),
      ORDERS: ['orders'],
    },
  })
  shops.push(shop)
  shop.book.place(newOrder())
  shop.book.place(newOrder({ currency: 'JPY' }))
  return { shop, findings: await prestashopSource(shop, more).check(signal) }
}

function problems(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ level }) => level === 'problem')
}

describe('checking a PrestaShop', () => {
  it('finds a shop that is right: key, currencies and time zone', async () => {
    const { findings } = await check()
    expect(findings.filter(({ level }) => level === 'problem' || level === 'warning')).toEqual([])
    const messages = findings.map(({ message }) => message).join('\n')
    expect(messages).toContain('orders are in EUR, JPY')
    expect(messages).toContain('the shop is in Europe/Berlin')
    expect(messages).toContain('6 Canceled: cancelled')
  })

  it('finds a wrong key, and says what it needs', async () => {
    const { findings } = await check({ key: 'X'.repeat(32) })
    expect(findings).toMatchObject([{ level: 'problem', code: 'E_AUTH', action: expect.stringContaining('customers') }])
    expect(JSON.stringify(findings)).not.toContain('XXXX')
  })

  it('names each resource that the key may not read', async () => {
    const { findings } = await check({ key: 'NOSLIPS' })
    expect(findings).toMatchObject([{ level: 'problem', code: 'E_AUTH', message: 'the key may not read order_slip' }])
    expect(problems((await check({ key: 'ORDERS' })).findings)).toHaveLength(5)
  })

  it('finds a zone that is not the shop’s', async () => {
    const { findings } = await check({ timezone: 'Europe/London' })
    expect(problems(findings)).toMatchObject([{ message: expect.stringContaining('Europe/Berlin') }])
  })

  it('is content with another name of the same zone', async () => {
    expect(problems((await check({ timezone: 'Europe/Rome' })).findings)).toEqual([])
  })

  it.each(['Asia/Tokyo', 'America/New_York', 'Europe/Berlin'])(
    'finds that the zone cannot be compared without configurations, also when it is given as %s',
    async (timezone) => {
      const { findings } = await check({ key: 'NOCONFIG', timezone })
      expect(findings).toMatchObject([
        {
          level: 'problem',
          code: 'E_AUTH',
          message: 'the key may not read configurations',
          action: expect.stringContaining('Tick GET'),
        },
      ])
    },
  )

  it('finds a shop that does not say its zone', async () => {
    const shop = await openPrestashop('2026-07-02T12:00:00Z')
    shops.push(shop)
    const spoiled = await spoilPrestashop(shop.url, (_resource, row) => (row['name'] === 'PS_TIMEZONE' ? null : row))
    shops.push({ ...shop, close: spoiled.close })
    const findings = await prestashopSource(shop, { url: spoiled.url }).check(signal)
    expect(problems(findings)).toMatchObject([{ action: expect.stringContaining('Localization') }])
  })

  it('names states of which nothing says what they mean', async () => {
    const { findings } = await check({ states: {} })
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('14 Quote') }),
    )
  })

  it('says what to do about a webservice that is switched off, or elsewhere', async () => {
    const { shop } = await check()
    shop.faults.add({ kind: 'status', status: 503 }, { times: 3 })
    expect(await prestashopSource(shop).check(signal)).toMatchObject([
      { level: 'problem', code: 'E_REMOTE_UNAVAILABLE', action: expect.stringContaining('Switch the webservice on') },
    ])
    const elsewhere = await prestashopSource(shop, { url: `${shop.url}/nowhere` }).check(signal)
    expect(elsewhere).toMatchObject([{ level: 'problem', action: expect.stringContaining('`url`') }])
  })
})
