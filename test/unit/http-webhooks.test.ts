import { describe, expect, it } from 'vitest'
import type { WebhookAnswer } from '../../src/app/application.ts'
import { StoreError } from '../../src/core/errors.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { openDoor } from '../support/http-door.ts'

async function openWebhooks(receiveWebhook?: () => Promise<WebhookAnswer>) {
  const application = createMemoryApplication(receiveWebhook === undefined ? {} : { receiveWebhook })
  const { app } = await openDoor({ application })
  const deliver = (payload: string | Buffer, headers: Record<string, string> = {}, url = '/webhooks/main/shop') =>
    app.inject({ method: 'POST', url, headers, payload })
  return { application, deliver }
}

describe('POST /webhooks/:account/:source', () => {
  it('takes a delivery without our token', async () => {
    const { application, deliver } = await openWebhooks()
    const answer = await deliver('{"id":1}', { 'content-type': 'application/json' })
    expect([answer.statusCode, answer.json()]).toEqual([200, { received: true }])
    expect(application.deliveries[0]).toMatchObject({ account: 'main', source: 'shop' })
  })

  it.each([
    ['JSON with odd blanks', 'application/json; charset=utf-8', Buffer.from('{ "a" :1 }\n')],
    ['a form', 'application/x-www-form-urlencoded', Buffer.from('webhook_id=7')],
    ['bytes that are no text', 'application/octet-stream', Buffer.from([0, 255, 254, 10])],
  ])('passes %s on byte for byte, since signatures are over it', async (_, type, body) => {
    const { application, deliver } = await openWebhooks()
    await deliver(body, { 'content-type': type, 'x-signature': 'abc' })
    expect(application.deliveries[0]?.delivery.body).toEqual(body)
    expect(application.deliveries[0]?.delivery.headers['x-signature']).toBe('abc')
  })

  it('passes an empty delivery on as no bytes', async () => {
    const { application, deliver } = await openWebhooks()
    await deliver('')
    expect(application.deliveries[0]?.delivery.body).toHaveLength(0)
  })

  it('answers 401 to a wrong signature', async () => {
    const { deliver } = await openWebhooks(async () => ({ kind: 'refused' }))
    expect((await deliver('{}')).statusCode).toBe(401)
  })

  it('answers 200 to what asks for nothing', async () => {
    const { deliver } = await openWebhooks(async () => ({ kind: 'ignored' }))
    const answer = await deliver('webhook_id=1')
    expect([answer.statusCode, answer.json()]).toEqual([200, { received: false }])
  })

  it('answers 404 where no source takes webhooks, and for what can be no key', async () => {
    const { deliver } = await openWebhooks()
    expect((await deliver('{}', {}, '/webhooks/other/shop')).statusCode).toBe(404)
    expect((await deliver('{}', {}, '/webhooks/main/..%2Fshop')).statusCode).toBe(404)
  })

  it('answers 503 while an event cannot be kept, so that the shop sends it again', async () => {
    const { deliver } = await openWebhooks(async () => {
      throw new StoreError('keeping an event: the database is away')
    })
    expect((await deliver('{}')).statusCode).toBe(503)
  })

  it('refuses more than two megabytes', async () => {
    const { application, deliver } = await openWebhooks()
    expect((await deliver(Buffer.alloc(2 * 1024 * 1024 + 1))).statusCode).toBe(413)
    expect(application.deliveries).toHaveLength(0)
  })

  it('does not limit bursts', async () => {
    const { application, deliver } = await openWebhooks()
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, id) => deliver(`{"id":${id}}`)))
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true)
    expect(application.deliveries).toHaveLength(1_000)
  })

  it('leaves the other routes with their own bodies', async () => {
    const application = createMemoryApplication()
    const { app } = await openDoor({ application })
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/jobs/sync',
      payload: 'a form',
      headers: { 'content-type': 'text/plain' },
    })
    expect([401, 415]).toContain(answer.statusCode)
  })
})
