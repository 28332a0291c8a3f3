import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { WebhookDelivery } from '../../src/core/orders/webhook.ts'
import { createWoocommerceWebhookReader } from '../../src/sources/woocommerce/webhooks.ts'

const SECRET = 'a secret of the shop'

function delivery(body: string, more: Record<string, string | undefined> = {}): WebhookDelivery {
  return {
    body: Buffer.from(body),
    receivedAt: new Date('2026-11-21T10:00:00Z'),
    headers: {
      'content-type': 'application/json',
      'x-wc-webhook-topic': 'order.updated',
      'x-wc-webhook-signature': createHmac('sha256', SECRET).update(body).digest('base64'),
      'x-wc-webhook-delivery-id': 'd1',
      ...more,
    },
  }
}

const order = (more: object = {}) =>
  JSON.stringify({ id: 12, date_modified_gmt: '2026-11-21T09:59:58', total: '9.99', ...more })
const read = createWoocommerceWebhookReader({ webhookSecrets: [SECRET] })
const readWithoutSecret = createWoocommerceWebhookReader({ webhookSecrets: undefined })
const keyOf = (given: WebhookDelivery) => {
  const reading = read(given)
  return reading.kind === 'event' ? reading.key : null
}

describe('a webhook of WooCommerce', () => {
  it('names the order that changed', () => {
    expect(read(delivery(order()))).toMatchObject({ kind: 'event', orderIds: ['12'], customers: [] })
  })

  it('has the same key when it comes again, whatever its delivery’s id', () => {
    expect(keyOf(delivery(order(), { 'x-wc-webhook-delivery-id': 'd2' }))).toBe(keyOf(delivery(order())))
  })

  it('has another key for another order of the same second, though the delivery’s id is the same', () => {
    expect(keyOf(delivery(order({ id: 13 })))).not.toBe(keyOf(delivery(order())))
  })

  it('has another key for a second change within the same second', () => {
    expect(keyOf(delivery(order({ total: '1.99' })))).not.toBe(keyOf(delivery(order())))
  })

  it('has another key under another topic, though all else is the same', () => {
    const restored = delivery(order(), { 'x-wc-webhook-topic': 'order.restored' })
    expect(keyOf(restored)).not.toBe(keyOf(delivery(order())))
  })

  it('that says no more than an id names the deleted order', () => {
    const deleted = (id: string) =>
      delivery('{"id":12}', { 'x-wc-webhook-topic': 'order.deleted', 'x-wc-webhook-delivery-id': id })
    expect(read(deleted('d1'))).toMatchObject({ kind: 'event', orderIds: ['12'] })
    expect(keyOf(deleted('d1'))).not.toBe(keyOf(deleted('d2')))
  })

  it('is refused when a byte of its body has changed', () => {
    const { headers } = delivery(order())
    expect(read({ ...delivery(order({ total: '0.01' })), headers })).toMatchObject({ kind: 'refused' })
  })

  it.each([undefined, '', 'x', 'AAAA'])('is refused with the signature %s', (signature) => {
    expect(read(delivery(order(), { 'x-wc-webhook-signature': signature }))).toMatchObject({ kind: 'refused' })
  })

  it('is refused where no secret is configured', () => {
    expect(readWithoutSecret(delivery(order()))).toMatchObject({ kind: 'refused' })
  })

  it('that is the unsigned ping of a new one is ignored, also without a secret', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const ping = { ...delivery('webhook_id=142'), headers }
    expect(readWithoutSecret(ping)).toMatchObject({ kind: 'ignored' })
  })

  it('that only begins like a ping is none', () => {
    const fake = { ...delivery(`webhook_id=1&${order()}`), headers: {} }
    expect(read(fake)).toMatchObject({ kind: 'refused' })
  })

  it('about something else is ignored', () => {
    expect(read(delivery(order(), { 'x-wc-webhook-topic': 'product.updated' }))).toMatchObject({ kind: 'ignored' })
  })

  it.each(['[]', '{"id":"12"}', 'null', '{'])('with the body %s names no order', (body) => {
    expect(read(delivery(body))).toMatchObject({ kind: 'ignored' })
  })

  it('has a key of at most 200 characters', () => {
    const long = delivery('{"id":9007199254740991}', {
      'x-wc-webhook-topic': 'order.deleted',
      'x-wc-webhook-delivery-id': 'd'.repeat(500),
    })
    expect(keyOf(long)?.length).toBeLessThanOrEqual(200)
  })
})
