import { describe, expect, it } from 'vitest'
import { planWebhooks, repairWebhooks, webhookUrl } from '../../src/app/manage-webhooks.ts'
import type { WebhookSubscription, WebhookSubscriptions } from '../../src/core/orders/webhook.ts'

const URL_HERE = webhookUrl('https://new.example/', 'main', 'shop')
const URL_BEFORE = webhookUrl('https://old.example', 'main', 'shop')
const { signal } = new AbortController()

function createShop(...there: [topic: string, url: string, active?: boolean][]) {
  const all = new Map<string, WebhookSubscription>()
  const log: string[] = []
  let next = 0
  const add = (topic: string, url: string, active = true) => {
    next += 1
    all.set(String(next), { id: String(next), topic, url, active })
  }
  for (const one of there) add(...one)
  const subscriptions: WebhookSubscriptions = {
    topics: ['create', 'update'],
    list: async () => [...all.values()],
    async create(topic, url) {
      log.push(`create ${topic}`)
      add(topic, url)
    },
    async remove(id) {
      log.push(`remove ${id}`)
      all.delete(id)
    },
  }
  return { subscriptions, log, all }
}

const actionsOf = async (shop: ReturnType<typeof createShop>) =>
  (await planWebhooks(shop.subscriptions, URL_HERE, signal)).map(({ topic, action }) => `${topic} ${action}`)

describe('webhooks of a shop', () => {
  it('that are all there are left alone', async () => {
    const shop = createShop(['create', URL_HERE], ['update', URL_HERE])
    expect(await actionsOf(shop)).toEqual(['create none', 'update none'])
    await repairWebhooks(shop.subscriptions, URL_HERE, signal)
    expect(shop.log).toEqual([])
  })

  it('that are missing are created', async () => {
    const shop = createShop()
    await repairWebhooks(shop.subscriptions, URL_HERE, signal)
    expect(shop.log).toEqual(['create create', 'create update'])
    expect(await actionsOf(shop)).toEqual(['create none', 'update none'])
  })

  it('that go to where we were are made anew before the old ones go', async () => {
    const shop = createShop(['create', URL_BEFORE], ['update', URL_HERE])
    expect(await actionsOf(shop)).toEqual(['create move', 'update none'])
    await repairWebhooks(shop.subscriptions, URL_HERE, signal)
    expect(shop.log).toEqual(['create create', 'remove 1'])
  })

  it('that were stopped are made anew', async () => {
    const shop = createShop(['create', URL_HERE, false], ['update', URL_HERE])
    expect(await actionsOf(shop)).toEqual(['create move', 'update none'])
  })

  it('that are there twice are removed but one', async () => {
    const shop = createShop(['create', URL_HERE], ['create', URL_HERE], ['create', URL_BEFORE], ['update', URL_HERE])
    await repairWebhooks(shop.subscriptions, URL_HERE, signal)
    expect([...shop.all.values()].map(({ topic, url }) => [topic, url])).toEqual([
      ['create', URL_HERE],
      ['update', URL_HERE],
    ])
  })

  it('of other programs and of other accounts are none of ours', async () => {
    const foreign = 'https://other.example/hooks'
    const shop = createShop(['create', foreign], ['create', webhookUrl('https://new.example', 'second', 'shop')])
    await repairWebhooks(shop.subscriptions, URL_HERE, signal)
    expect(shop.log).toEqual(['create create', 'create update'])
  })
})
