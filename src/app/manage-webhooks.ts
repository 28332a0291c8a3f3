import type { WebhookSubscription, WebhookSubscriptions } from '../core/orders/webhook.ts'

/** What there is of one topic, and what repairing does about it. */
export interface PlannedWebhook {
  readonly topic: string
  /** `create`: there is none · `move`: it goes elsewhere, or was stopped · `remove`: there are two. */
  readonly action: 'none' | 'create' | 'move' | 'remove'
  /** Where it goes now; null: nowhere. */
  readonly url: string | null
}

/** Where a shop delivers to us. */
export function webhookUrl(publicUrl: string, account: string, source: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/webhooks/${account}/${source}`
}

/** Compares a shop's webhooks with what we want at `url`; those of other programs are none of ours. */
export async function planWebhooks(
  subscriptions: WebhookSubscriptions,
  url: string,
  signal: AbortSignal,
): Promise<readonly PlannedWebhook[]> {
  return (await compare(subscriptions, url, signal)).map(({ topic, action, found }) => ({
    topic,
    action,
    url: found?.url ?? null,
  }))
}

/** Makes it so. What is moved is made anew before the old one goes, so that nothing is missed. */
export async function repairWebhooks(
  subscriptions: WebhookSubscriptions,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  for (const { topic, action, found } of await compare(subscriptions, url, signal)) {
    if (action === 'create' || action === 'move') await subscriptions.create(topic, url, signal)
    if ((action === 'move' || action === 'remove') && found !== null) await subscriptions.remove(found.id, signal)
  }
}

interface Compared {
  readonly topic: string
  readonly action: PlannedWebhook['action']
  readonly found: WebhookSubscription | null
}

async function compare(subscriptions: WebhookSubscriptions, url: string, signal: AbortSignal): Promise<Compared[]> {
  const path = new URL(url).pathname
  const ours = (await subscriptions.list(signal)).filter((one) => URL.parse(one.url)?.pathname === path)
  return subscriptions.topics.flatMap((topic): Compared[] => {
    const [right, ...doubles] = ours.filter((one) => one.topic === topic && one.url === url && one.active)
    const wrong = ours.filter((one) => one.topic === topic && (one.url !== url || !one.active))
    if (right === undefined && wrong[0] === undefined) return [{ topic, action: 'create', found: null }]
    const kept: Compared[] = right === undefined ? [] : [{ topic, action: 'none', found: right }]
    const [moved, ...others] = right === undefined ? wrong : []
    return [
      ...kept,
      ...(moved === undefined ? [] : [{ topic, action: 'move' as const, found: moved }]),
      ...[...(right === undefined ? others : wrong), ...doubles].map((found) => ({
        topic,
        action: 'remove' as const,
        found,
      })),
    ]
  })
}
