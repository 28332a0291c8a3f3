import { z } from 'zod'
import type { WebhookDelivery } from '../../core/orders/webhook.ts'
import type { HttpApplication } from '../application.ts'
import { sendProblem } from '../problem.ts'
import type { HttpApp } from '../type-provider.ts'

/** Orders with hundreds of lines have been seen with half a megabyte. */
const WEBHOOK_LIMIT = 2 * 1024 * 1024

const key = z.string().regex(/^[a-z0-9-]{1,40}$/)

/**
 * Where shops deliver. The body is kept byte for byte, whatever its type: signatures are over it. Give it a scope of its
 * own, since it reads every body.
 */
export function addWebhookRoutes(scope: HttpApp, application: HttpApplication): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: WEBHOOK_LIMIT }, (_request, body, done) => {
    done(null, body)
  })
  scope.post(
    '/webhooks/:account/:source',
    {
      config: { signed: true },
      bodyLimit: WEBHOOK_LIMIT,
      schema: {
        operationId: 'receiveWebhook',
        summary: 'Where a shop delivers its webhooks',
        description:
          'Answered 200 once the event is safe; the orders it names are fetched anew and their customers’ profiles updated within seconds.',
        params: z.object({ account: key.describe('Key of an account.'), source: key.describe('Key of its source.') }),
        response: { 200: z.object({ received: z.boolean() }).describe('Safe, or nothing to do.') },
        problems: ['E_UNAUTHORIZED', 'E_NOT_FOUND', 'E_BODY_TOO_LARGE', 'E_STORE'],
      },
    },
    async (request, reply) => {
      const { account, source } = request.params
      const { kind } = await application.receiveWebhook(account, source, toDelivery(request.headers, request.body))
      if (kind === 'unknown') {
        return sendProblem(reply, 'E_NOT_FOUND', { detail: 'No source that takes webhooks is configured there.' })
      }
      if (kind === 'refused') {
        return sendProblem(reply, 'E_UNAUTHORIZED', {
          detail: 'Signature, shop or age are not what the configuration asks for; the log says which.',
        })
      }
      return { received: kind === 'received' }
    },
  )
}

function toDelivery(headers: Readonly<Record<string, unknown>>, body: unknown): WebhookDelivery {
  return {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
    ),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    receivedAt: new Date(),
  }
}
