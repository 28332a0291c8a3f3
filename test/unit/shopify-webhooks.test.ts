import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createShopifyWebhookReader } from '../../src/sources/shopify/webhooks.ts'

const SHOP = 'my-shop.myshopify.com'
const DATA_REQUEST = JSON.stringify({
  shop_id: 1,
  shop_domain: SHOP,
  orders_requested: [1],
  customer: { id: 191167, email: 'ann@example.com', phone: null },
  data_request: { id: 9999 },
})
const SECRET = 'right-secret'
const NOW = new Date('2026-11-20T12:00:00Z')

interface Sent {
  readonly secret?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly webhookSecrets?: string[]
}

/** Reads a delivery of the topic, signed. */
function read(topic: string, body: string, { secret = SECRET, headers = {}, webhookSecrets = [SECRET] }: Sent = {}) {
  const reader = createShopifyWebhookReader({ shop: SHOP, webhookSecrets, clientSecret: undefined })
  return reader?.({
    body: Buffer.from(body),
    receivedAt: NOW,
    headers: {
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': SHOP,
      'x-shopify-event-id': 'event-1',
      'x-shopify-triggered-at': '2026-11-20T11:59:59.123456789Z',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      ...headers,
    },
  })
}

const ORDER = '{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508"}'

describe('a webhook of Shopify', () => {
  it.each([
    ['orders/create', ORDER],
    ['orders/updated', ORDER],
    ['orders/cancelled', ORDER],
    ['orders/delete', '{"id":820982911946154508}'],
    ['orders/edited', '{"order_edit":{"id":78912328793123782,"order_id":820982911946154508}}'],
    ['refunds/create', '{"id":890088186047892319,"order_id":820982911946154508}'],
  ])('%s names its order to the last digit', (topic, body) => {
    expect(read(topic, body)).toEqual({
      kind: 'event',
      key: `event-1:${topic}`,
      orderIds: ['820982911946154508'],
      customers: [],
    })
  })

  it('trusts the global id where a number was rounded on its way', () => {
    const rounded = ORDER.replace('"id":820982911946154508', '"id":820982911946154500')
    expect(read('orders/updated', rounded)).toMatchObject({ orderIds: ['820982911946154508'] })
  })

  it('has one key for its repetitions, and another for another topic of the same event', () => {
    const repeated = { headers: { 'x-shopify-webhook-id': 'another' } }
    const keys = [
      read('orders/updated', ORDER),
      read('orders/updated', ORDER, repeated),
      read('orders/edited', '{"order_edit":{"order_id":1}}'),
    ].map((reading) => (reading?.kind === 'event' ? reading.key : reading))
    expect(keys).toEqual(['event-1:orders/updated', 'event-1:orders/updated', 'event-1:orders/edited'])
  })

  it('without an event id has a key of its content', () => {
    const without = { headers: { 'x-shopify-event-id': undefined } }
    const [one, same, other] = [ORDER, ORDER, ORDER.replaceAll('8', '7')].map((body) => {
      const reading = read('orders/updated', body, without)
      return reading?.kind === 'event' ? reading.key : null
    })
    expect(one).toMatch(/^[0-9a-f]{64}:orders\/updated$/)
    expect(same).toBe(one)
    expect(other).not.toBe(one)
  })

  it.each([
    ['signed with another secret', { secret: 'wrong' }],
    ['not signed', { headers: { 'x-shopify-hmac-sha256': undefined } }],
    ['signed with nonsense', { headers: { 'x-shopify-hmac-sha256': 'AAAA' } }],
    ['of another shop of the same app', { headers: { 'x-shopify-shop-domain': 'other.myshopify.com' } }],
    ['played again after days', { headers: { 'x-shopify-triggered-at': '2026-11-10T12:00:00Z' } }],
    ['of no time', { headers: { 'x-shopify-triggered-at': 'soon' } }],
    ['that says no time', { headers: { 'x-shopify-triggered-at': undefined } }],
    ['that says no shop', { headers: { 'x-shopify-shop-domain': undefined } }],
  ])('%s is refused', (_, sent: Sent) => {
    expect(read('orders/updated', ORDER, sent)).toMatchObject({ kind: 'refused' })
  })

  it.each(['old', 'new'])('is taken with the %s secret while it is being replaced', (secret) => {
    expect(read('orders/updated', ORDER, { secret, webhookSecrets: ['new', 'old'] })).toMatchObject({ kind: 'event' })
  })

  it('a day late is taken', () => {
    const late = { headers: { 'x-shopify-triggered-at': '2026-11-19T11:00:00Z' } }
    expect(read('orders/updated', ORDER, late)).toMatchObject({ kind: 'event' })
  })

  it('is signed with the client secret when no other is given', () => {
    const reader = createShopifyWebhookReader({ shop: SHOP, webhookSecrets: undefined, clientSecret: SECRET })
    const signature = createHmac('sha256', SECRET).update(ORDER).digest('base64')
    const headers = {
      'x-shopify-topic': 'orders/updated',
      'x-shopify-shop-domain': SHOP,
      'x-shopify-triggered-at': NOW.toISOString(),
      'x-shopify-hmac-sha256': signature,
    }
    expect(reader?.({ headers, body: Buffer.from(ORDER), receivedAt: NOW })).toMatchObject({ kind: 'event' })
  })

  it('cannot be read without any secret', () => {
    expect(
      createShopifyWebhookReader({ shop: SHOP, webhookSecrets: undefined, clientSecret: undefined }),
    ).toBeUndefined()
  })

  it.each([
    ['a topic that concerns nobody', 'products/update', '{"id":1}'],
    ['a name that every object has', 'toString', '{}'],
    ['a body of another kind', 'orders/updated', '{"order":1}'],
    ['a body that is torn', 'orders/updated', '{"id":82098'],
    ['a request for what is stored, sent again as another', 'shop/redact', DATA_REQUEST],
    ['a redaction of another shop', 'shop/redact', '{"shop_id":1,"shop_domain":"other.myshopify.com"}'],
    ['a question about another shop', 'customers/data_request', DATA_REQUEST.replace(SHOP, 'other.myshopify.com')],
  ])('with %s is ignored', (_, topic, body) => {
    expect(read(topic, body)).toMatchObject({ kind: 'ignored' })
  })
})

describe('what only a person can see to', () => {
  it('is a customer who asks what is stored; their address is not told on', () => {
    const reading = read('customers/data_request', DATA_REQUEST)
    expect(reading).toMatchObject({
      kind: 'event',
      orderIds: [],
      customers: [{ kind: 'task', place: 'data request 9999', what: expect.stringContaining('scontrino explain') }],
    })
    expect(JSON.stringify(reading)).toContain('customer 191167')
    expect(JSON.stringify(reading)).not.toContain('ann@')
  })

  it('is a question of somebody without an account in the shop too', () => {
    const body = DATA_REQUEST.replace('"id":191167', '"id":null')
    expect(read('customers/data_request', body)).toMatchObject({
      kind: 'event',
      customers: [{ kind: 'task', place: 'data request 9999', what: expect.stringContaining('a customer whom') }],
    })
  })

  it('is what is left of a shop that the app was taken out of', () => {
    expect(read('shop/redact', JSON.stringify({ shop_id: 1, shop_domain: SHOP }))).toMatchObject({
      kind: 'event',
      customers: [{ kind: 'task', place: `redaction of ${SHOP}`, what: expect.stringContaining('forget --source') }],
    })
  })

  it('is that also when Shopify tells more of it than today', () => {
    const body = JSON.stringify({ shop_id: 1, shop_domain: SHOP, shop_plan: 'basic', requested_at: '2026-11-20' })
    expect(read('shop/redact', body)).toMatchObject({ kind: 'event', customers: [{ kind: 'task' }] })
  })

  it('is no shop when the body is the redaction of one customer, sent again', () => {
    const body = { shop_id: 1, shop_domain: SHOP, customer: { id: 5 }, orders_to_redact: [] }
    expect(read('shop/redact', JSON.stringify(body))).toMatchObject({ kind: 'ignored' })
  })
})

describe('a customer in a webhook', () => {
  const merge = (status: string) =>
    JSON.stringify({
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
      status,
      errors: [],
    })

  const redact = (customer: string, shop = SHOP) =>
    `{"shop_id":954889,"shop_domain":"${shop}","customer":${customer},"orders_to_redact":[]}`

  it('who was merged is told with both ids', () => {
    expect(read('customers/merge', merge('completed'))).toMatchObject({
      customers: [{ kind: 'merged', keptId: '1', goneId: '2' }],
    })
  })

  it.each(['failed', 'in_progress', 'requested'])('whose merge is %s stays two', (status) => {
    expect(read('customers/merge', merge(status))).toMatchObject({ kind: 'ignored' })
  })

  it('who is redacted is told with id and address', () => {
    const body = redact('{"id":706405506930370084,"email":"ann@example.com"}')
    expect(read('customers/redact', body)).toMatchObject({
      orderIds: [],
      customers: [{ kind: 'redacted', externalId: '706405506930370084', email: 'ann@example.com' }],
    })
  })

  it.each([
    ['no id', '{"id":null,"email":"ann@example.com"}', { email: 'ann@example.com' }],
    ['no address', '{"id":706405506930370084,"email":null}', { externalId: '706405506930370084' }],
    ['an address that is none', '{"id":706405506930370084,"email":"ann"}', { externalId: '706405506930370084' }],
  ])('who is redacted with %s is told with what there is', (_, person, known) => {
    expect(read('customers/redact', redact(person))).toMatchObject({ customers: [{ kind: 'redacted', ...known }] })
    expect(read('customers/redact', redact(person))).not.toHaveProperty('customers.0.email', 'ann')
  })

  it.each(['{}', '{"id":null,"email":null}', '{"id":null,"email":"ann"}', '{"phone":"555"}'])(
    'who is redacted as %s cannot be found, and is ignored with that reason',
    (person) => {
      expect(read('customers/redact', redact(person))).toEqual({
        kind: 'ignored',
        reason: 'it names nobody by customer id or e-mail address',
      })
    },
  )

  it.each(['', 'gid://shopify/Customer/'])('who was merged from “%s” is nobody, and is ignored', (gone) => {
    const body = merge('completed').replace('gid://shopify/Customer/2', gone)
    expect(read('customers/merge', body)).toMatchObject({ kind: 'ignored' })
  })

  it('who is deleted is told with the id', () => {
    const body = '{"id":706405506930370000,"admin_graphql_api_id":"gid://shopify/Customer/706405506930370084"}'
    expect(read('customers/delete', body)).toMatchObject({
      customers: [{ kind: 'redacted', externalId: '706405506930370084' }],
    })
  })
})

/** Only the body is signed: whoever holds one delivery may send it again under another topic. */
describe('a signed body under another topic', () => {
  const person = '{"id":706405506930370084,"email":"ann@example.com"}'
  const order = `{"id":1,"admin_graphql_api_id":"gid://shopify/Order/1","email":"ann@example.com","customer":${person}}`
  const customer = '{"id":1,"admin_graphql_api_id":"gid://shopify/Customer/1"}'

  it.each([
    ['an order', 'a redaction', 'customers/redact', order],
    ['what is stored', 'a redaction', 'customers/redact', `{"shop_domain":"${SHOP}","customer":${person}}`],
    [
      'a redaction of another shop',
      'one of this',
      'customers/redact',
      `{"shop_domain":"other.myshopify.com","customer":${person},"orders_to_redact":[]}`,
    ],
    ['an order', 'a deleted customer', 'customers/delete', order],
    ['a deleted order', 'a deleted customer', 'customers/delete', '{"id":1}'],
    [
      'two orders',
      'two customers',
      'customers/merge',
      '{"admin_graphql_api_customer_kept_id":"gid://shopify/Order/1",' +
        '"admin_graphql_api_customer_deleted_id":"gid://shopify/Order/2","status":"completed"}',
    ],
    ['a customer', 'an order', 'orders/delete', customer],
    ['a refund', 'an order', 'orders/updated', '{"id":1,"admin_graphql_api_id":"gid://shopify/Refund/1"}'],
  ])('that tells of %s is not taken for %s', (_, __, topic, body) => {
    expect(read(topic, body)).toMatchObject({ kind: 'ignored' })
  })
})
