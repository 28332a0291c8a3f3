import { z } from 'zod'
import { ORDER_STATES } from '../../core/orders/order.ts'
import { timingKeys } from '../../reading/timing-config.ts'

/** The configuration of a source of `type: woocommerce`. */
export const woocommerceSourceConfig = z.strictObject({
  type: z.literal('woocommerce').describe('Reads orders of a WooCommerce shop by its REST API v3.'),
  url: z
    .url({ protocol: /^https?$/, error: 'expected the address of the shop, such as https://shop.example' })
    .refine(
      (url) => !/\/wp-(json|admin)\b/.test(url),
      'expected the address of the shop, without /wp-json or /wp-admin',
    )
    .describe('The “Site Address (URL)” of the shop, with the folder it is in when it is in one.'),
  consumerKey: z.string().min(1).describe('ck_… of a REST API key with permission “Read”.'),
  consumerSecret: z.string().min(1).describe('cs_… of the same key.'),
  auth: z
    .enum(['basic', 'query', 'oauth1'])
    .optional()
    .describe(
      'How the key is shown. basic: in a header, the default for https. query: in the address, for servers that drop ' +
        'the header. oauth1: by signature, the default for plain http, over which WooCommerce takes nothing else.',
    ),
  webhookSecrets: z
    .array(z.string().min(1))
    .min(1)
    .max(5)
    .optional()
    .describe(
      'The “Secret” of the shop’s webhooks; two while one is being replaced. Without it every delivery is refused.',
    ),
  states: z
    .record(
      z.string().regex(/^(?!wc-)[a-z0-9_-]+$/, 'expected a status as the API says it, without wc-'),
      z.enum(ORDER_STATES),
    )
    .optional()
    .describe(
      'The shop’s own order statuses → our states; WooCommerce’s may be mapped otherwise, such as on-hold: placed.',
    ),
  ...timingKeys({
    lookBackMinutes: { least: 0, usual: 60 },
    sweepDays: 30,
    sweepHours: 24,
    sweepFinds: 'what moves no date in WooCommerce: deleted refunds, edited lines',
  }),
})

/** A checked configuration of a WooCommerce source. */
export type WoocommerceSourceConfig = z.infer<typeof woocommerceSourceConfig>
