import { createHash, createHmac } from 'node:crypto'
import { request } from 'node:http'
import type { ShopClock } from '../shop-server/shop-clock.ts'
import { SANDBOX_WEBHOOK_SECRET } from './options.ts'

const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'order.restored'] as const

/** Something a webhook can be about. */
export type Topic = (typeof TOPICS)[number]

/** The shop's webhooks: one for every topic. */
export interface WebhookSender {
  /** Sends by and by, in order. `makePayload` is called when it is sent, not when it happened. */
  send(topic: Topic, makePayload: () => object): void
  /** Resolves when everything has been sent. */
  settled(): Promise<void>
  /** As `/webhooks` shows them. */
  list(): object[]
}

const MOST_FAILURES = 5

/** Makes the webhooks, which begins with an unsigned ping each; `url` null: there are none. */
export function createWebhookSender(url: string | null, homeUrl: string, clock: ShopClock): WebhookSender {
  const hooks = TOPICS.map((topic, index) => ({ id: index + 1, topic, status: 'active', failures: 0 }))
  let last: Promise<void> = Promise.resolve()
  const enqueue = (work: () => Promise<void>) => {
    last = last.then(work)
  }

  async function deliver(target: string, topic: Topic, payload: object): Promise<void> {
    const hook = hooks.find((one) => one.topic === topic)
    if (hook === undefined || hook.status !== 'active') return
    const body = JSON.stringify(payload)
    const [resource = '', event = ''] = topic.split('.')
    const status = await post(target, body, {
      'content-type': 'application/json',
      'x-wc-webhook-source': `${homeUrl}/`,
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': createHmac('sha256', SANDBOX_WEBHOOK_SECRET).update(body).digest('base64'),
      'x-wc-webhook-id': String(hook.id),
      // The same for all of this webhook's deliveries within a second.
      'x-wc-webhook-delivery-id': hash(`${hook.id}${Math.floor(clock.now().getTime() / 1000)}`),
    })
    if (status >= 200 && status < 303) hook.failures = 0
    else if (hook.failures > MOST_FAILURES) hook.status = 'disabled'
    else hook.failures += 1
  }

  if (url !== null) {
    for (const { id } of hooks) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      enqueue(async () => void (await post(url, `webhook_id=${id}`, headers)))
    }
  }
  return {
    send(topic, makePayload) {
      if (url !== null) enqueue(() => deliver(url, topic, makePayload()))
    },
    settled: async () => await last,
    list: () =>
      url === null ? [] : hooks.map(({ id, topic, status }) => ({ id, name: `Sandbox ${topic}`, topic, status })),
  }
}

function hash(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

/** The answer's status; 0 when there is none. A connection of its own, so that nothing is left open. */
function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const asked = request(url, { method: 'POST', headers, agent: false }, (answer) => {
      answer.resume()
      answer.on('close', () => resolve(answer.statusCode ?? 0))
    })
    asked.on('error', () => resolve(0))
    asked.end(body)
  })
}
