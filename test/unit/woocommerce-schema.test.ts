import { describe, expect, it } from 'vitest'
import { authOf } from '../../src/sources/woocommerce/client.ts'
import { woocommerceSourceConfig } from '../../src/sources/woocommerce/schema.ts'

const CONFIG = { type: 'woocommerce', url: 'https://shop.test/de', consumerKey: 'ck_1', consumerSecret: 'cs_1' }
const parse = (more: object) => woocommerceSourceConfig.safeParse({ ...CONFIG, ...more })

describe('the configuration of a WooCommerce source', () => {
  it('needs an address and a key', () => {
    expect(parse({}).data).toEqual({ ...CONFIG, lookBackMinutes: 60, sweep: { days: 30, everyHours: 24 } })
  })

  it('gives the same when it is read twice', () => {
    const once = parse({ sweep: { days: 90 }, since: '2024-02-29' }).data
    expect(woocommerceSourceConfig.parse(once)).toEqual(once)
  })

  it.each([
    ['an address of another protocol', { url: 'ftp://shop.test' }],
    ['the address of its API', { url: 'https://shop.test/de/wp-json' }],
    ['the address of its administration', { url: 'https://shop.test/wp-admin/' }],
    ['an address that is none', { url: 'shop.test' }],
    ['a day that does not exist', { since: '2025-02-29' }],
    ['a status as the database says it', { states: { 'wc-shipped': 'placed' } }],
    ['a state that is not ours', { states: { shipped: 'sent' } }],
    ['a key that it does not know', { consumerSecrets: 'cs_1' }],
  ])('refuses %s', (_what, more) => {
    expect(parse(more).success).toBe(false)
  })

  it('says what is too much of an address', () => {
    const { error } = parse({ url: 'https://shop.test/wp-json/wc/v3' })
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'expected the address of the shop, without /wp-json or /wp-admin',
    ])
  })

  it('shows the key in a header over https and by signature over http, unless told otherwise', () => {
    expect(authOf({ url: 'https://shop.test', auth: undefined })).toBe('basic')
    expect(authOf({ url: 'HTTP://shop.test', auth: undefined })).toBe('oauth1')
    expect(authOf({ url: 'https://shop.test', auth: 'query' })).toBe('query')
  })
})
