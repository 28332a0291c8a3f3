import type { Application } from '../app/application.ts'
import { planWebhooks, repairWebhooks, webhookUrl } from '../app/manage-webhooks.ts'
import { ConfigError } from '../core/errors.ts'
import type { Container } from './container.ts'

const NO_PUBLIC_URL = new ConfigError('looking at webhooks: one problem', [
  {
    path: 'SCONTRINO_PUBLIC_URL',
    message: 'expected the address under which shops reach this HTTP server',
    hint: 'set it, such as https://scontrino.example.com',
  },
])

/** What shops deliver, and what it takes that they do. */
export function shopWebhooks(container: Container): Pick<Application, 'receiveWebhook' | 'webhooks'> {
  return {
    async receiveWebhook(accountKey, sourceKey, delivery) {
      if (!container.config.accounts.some(({ settings }) => settings.key === accountKey)) return { kind: 'unknown' }
      const { sources, inbox } = await container.services(accountKey)
      const reading = sources.get(sourceKey)?.connector.readWebhook?.(delivery)
      if (reading === undefined) return { kind: 'unknown' }
      if (reading.kind !== 'event') {
        container.logger.info(
          { account: accountKey, source: sourceKey, reason: reading.reason },
          `webhook ${reading.kind}`,
        )
        return { kind: reading.kind }
      }
      // One that is there already and still open may be there because waking failed: it is woken again.
      if (await inbox.receive(sourceKey, reading)) await container.queues.wakeWebhooks(accountKey, sourceKey)
      return { kind: 'received' }
    },

    async webhooks(accountKey, { repair }, signal) {
      const { publicUrl } = container.environment
      if (publicUrl === null) throw NO_PUBLIC_URL
      const { sources } = await container.services(accountKey)
      const shops = [...sources].filter(([, { connector }]) => connector.webhookSteps !== undefined)
      return Promise.all(
        shops.map(async ([source, { connector }]) => {
          const { readWebhook, subscriptions, webhookSteps: steps = [] } = connector
          const url = readWebhook === undefined ? null : webhookUrl(publicUrl, accountKey, source)
          const managed = url === null ? undefined : subscriptions
          if (repair && url !== null && managed !== undefined) await repairWebhooks(managed, url, signal)
          const webhooks = url === null || managed === undefined ? null : await planWebhooks(managed, url, signal)
          return { account: accountKey, source, url, steps, webhooks }
        }),
      )
    },
  }
}
