import { describe, expect, it } from 'vitest'
import { shopifySourceConfig } from '../../src/sources/shopify/schema.ts'

const SHOP = { type: 'shopify', shop: 'my-shop.myshopify.com' }

function pathsOf(config: object): string[] {
  const parsed = shopifySourceConfig.safeParse({ ...SHOP, ...config })
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
}

describe('the configuration of a Shopify source', () => {
  it('has defaults for everything but the shop and its key', () => {
    expect(shopifySourceConfig.parse({ ...SHOP, accessToken: 'x' })).toEqual({
      ...SHOP,
      accessToken: 'x',
      sweep: { days: 60, everyHours: 24 },
      lookBackMinutes: 10,
      bulkFrom: 1000,
    })
  })

  it('stays the same when it is read again', () => {
    const once = shopifySourceConfig.parse({ ...SHOP, accessToken: 'x', sweep: { days: 7 } })
    expect(shopifySourceConfig.parse(once)).toEqual(once)
  })

  it.each([
    ['no key', {}, 'accessToken'],
    ['two kinds of keys', { accessToken: 'x', clientId: 'a', clientSecret: 'b' }, 'accessToken'],
    ['a client without a secret', { clientId: 'a' }, 'clientSecret'],
    ['a refresh token without a client', { accessToken: 'x', refreshToken: 'r' }, 'refreshToken'],
    ['the public address of the shop', { accessToken: 'x', shop: 'www.my-shop.com' }, 'shop'],
    ['a since that is no date', { accessToken: 'x', since: 'last year' }, 'since'],
    ['a since that is not in the calendar', { accessToken: 'x', since: '2026-02-30' }, 'since'],
  ])('with %s is refused at its place', (_, config, path) => {
    expect(pathsOf(config)).toContain(path)
  })
})
