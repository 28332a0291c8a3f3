import { z } from 'zod'
import { ORDER_STATES } from '../../core/orders/order.ts'
import { timingKeys } from '../../reading/timing-config.ts'

/** The configuration of a source of `type: shopify`. */
export const shopifySourceConfig = z
  .strictObject({
    type: z.literal('shopify').describe('Reads orders from a Shopify shop.'),
    shop: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, 'expected the shop’s own domain such as my-shop.myshopify.com')
      .describe('The shop’s own domain: my-shop.myshopify.com.'),
    url: z.url().optional().describe('Base address. Default: https:// and the shop’s domain.'),
    accessToken: z
      .string()
      .min(1)
      .optional()
      .describe('An access token that does not expire (custom app). Else give clientId and clientSecret.'),
    clientId: z.string().min(1).optional().describe('Client id of the app; tokens are fetched with it.'),
    clientSecret: z.string().min(1).optional().describe('Client secret of the app.'),
    refreshToken: z
      .string()
      .min(1)
      .optional()
      .describe('First refresh token of an expiring offline token; it changes with every use, and we keep the newest.'),
    webhookSecrets: z
      .array(z.string().min(1))
      .min(1)
      .max(5)
      .optional()
      .describe('Secrets that may sign webhooks; two while one is being replaced. Default: the client secret.'),
    ...timingKeys({
      lookBackMinutes: { least: 1, usual: 10 },
      sweepDays: 60,
      sweepHours: 24,
      sweepFinds: 'those that were deleted',
    }),
    bulkFrom: z
      .number()
      .int()
      .min(1)
      .default(1000)
      .describe('From so many orders on, a backfill or sweep is made by bulk exports instead of pages.'),
    states: z
      .record(z.string(), z.enum(ORDER_STATES))
      .optional()
      .describe('Financial statuses (PAID, PENDING, …) → our states, in place of the defaults or for new ones.'),
  })
  .superRefine((config, context) => {
    for (const [path, message] of contradictions(config)) context.addIssue({ code: 'custom', path: [path], message })
  })

/** A checked configuration of a Shopify source. */
export type ShopifySourceConfig = z.infer<typeof shopifySourceConfig>

interface Credentials {
  readonly accessToken?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  readonly refreshToken?: string | undefined
}

function* contradictions(config: Credentials): Generator<[string, string]> {
  const hasClient = config.clientId !== undefined
  if (config.accessToken === undefined && !hasClient) {
    yield ['accessToken', 'expected accessToken, or clientId and clientSecret']
  }
  if (config.accessToken !== undefined && hasClient) {
    yield ['accessToken', 'either accessToken or clientId, not both']
  }
  if (hasClient && config.clientSecret === undefined) yield ['clientSecret', 'clientId needs clientSecret']
  if (config.refreshToken !== undefined && !hasClient) {
    yield ['refreshToken', 'needs clientId and clientSecret, and no accessToken']
  }
}
