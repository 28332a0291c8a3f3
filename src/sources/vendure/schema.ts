import { z } from 'zod'
import { ORDER_STATES } from '../../core/orders/order.ts'
import { timingKeys } from '../../reading/timing-config.ts'

const REFUND_STATES = ['settled', 'pending', 'failed'] as const
const HEADER = /^[A-Za-z0-9-]+$/
const SECRET = /^[\x21-\x7e]+$/

/** The configuration of a source of `type: vendure`. */
export const vendureSourceConfig = z.strictObject({
  type: z.literal('vendure').describe('Reads orders from the Admin API of a Vendure server.'),
  url: z
    .string()
    .refine(isServerAddress, 'expected the address of the server such as https://shop.example, without its API’s path')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('Address of the server: what stands before /admin-api.'),
  adminApiPath: z
    .string()
    .regex(/^[\w./-]+$/, 'expected a path such as admin-api')
    .transform((path) => path.replace(/^\/+|\/+$/g, ''))
    .default('admin-api')
    .describe('Path of the Admin API, as apiOptions.adminApiPath of the server says.'),
  apiKey: z
    .string()
    .regex(SECRET, 'expected an API key without blanks or line ends')
    .describe('API key of an administrator’s role with ReadOrder and ReadCustomer.'),
  apiKeyHeader: z
    .string()
    .regex(HEADER, 'expected the name of a header')
    .default('vendure-api-key')
    .describe('Header of the key, as authOptions.apiKeyHeaderKey of the server says.'),
  channel: z
    .string()
    .regex(SECRET, 'expected a channel’s token without blanks')
    .optional()
    .describe('Token of the channel to read. Default: the default channel, which has the orders of all channels.'),
  channelHeader: z
    .string()
    .regex(HEADER, 'expected the name of a header')
    .default('vendure-token')
    .describe('Header of the channel’s token, as apiOptions.channelTokenKey of the server says.'),
  states: z
    .record(z.string().min(1), z.enum(ORDER_STATES))
    .default({})
    .describe('States of a custom order process → ours. Default: the states that Vendure comes with are known.'),
  refundStates: z
    .record(z.string().min(1), z.enum(REFUND_STATES))
    .default({})
    .describe('States of a custom refund process → settled, pending or failed; only settled refunds count.'),
  moneyPrecision: z
    .int()
    .min(0)
    .max(8)
    .optional()
    .describe('Decimals that the server’s amounts carry, in every currency. Default: what the server says.'),
  pageSize: z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe('Orders asked for at once; less where the server limits the complexity of queries.'),
  ...timingKeys({
    lookBackMinutes: { least: 0, usual: 60 },
    sweepDays: 60,
    sweepHours: 6,
    sweepFinds: 'what moves no instant in Vendure: refunds, settled payments, shipping',
  }),
})

/** A checked configuration of a Vendure source. */
export type VendureSourceConfig = z.infer<typeof vendureSourceConfig>

function isServerAddress(text: string): boolean {
  const url = URL.parse(text)
  const isPlain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return isPlain && /^https?:$/.test(url.protocol) && !/\/(?:admin|shop)-api\/*$/.test(url.pathname)
}
