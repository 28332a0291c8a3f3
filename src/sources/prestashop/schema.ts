import { z } from 'zod'
import { isTimeZone } from '../../core/instant.ts'
import { timingKeys } from '../../reading/timing-config.ts'
import { ORDER_FATES } from './states.ts'

const RESOURCE_ID = /^[1-9]\d{0,18}$/

/** The configuration of a source of `type: prestashop`. */
export const prestashopSourceConfig = z.strictObject({
  type: z.literal('prestashop').describe('Reads orders from the webservice of a PrestaShop.'),
  url: z
    .string()
    .refine(isShopAddress, 'expected the address of the shop such as https://shop.example, without /api')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('Address of the shop, with its folder if it has one: what stands before /api.'),
  key: z
    .string()
    .regex(/^[\x21-\x39\x3b-\x7e]+$/, 'expected a webservice key: 32 letters and digits')
    .describe('Webservice key with GET on orders, order_slip, order_states, currencies, customers and configurations.'),
  timezone: z
    .string()
    .refine(isTimeZone, 'expected an IANA time zone such as Europe/Rome')
    .describe('Time zone of the shop (Localization): its webservice gives local times without a zone.'),
  shop: z
    .union([z.int().positive(), z.literal('all')])
    .optional()
    .describe('With multistore: the id of one shop, or all. Default: the default shop only.'),
  states: z
    .record(z.string().regex(RESOURCE_ID, 'expected the id of an order state'), z.enum(ORDER_FATES))
    .default({})
    .describe(
      'Id of an order state → what it means here. Default: by its flags (paid or logable: placed), and the states ' +
        'PrestaShop comes with; what says nothing is pending.',
    ),
  groupByReference: z
    .boolean()
    .default(true)
    .describe('Orders of one cart that PrestaShop split (several carriers) are one order.'),
  ...timingKeys({
    // An order placed in the hour that comes twice may be younger by its digits than its first change.
    lookBackMinutes: { least: 60, usual: 60, why: 'the hour that comes twice in autumn' },
    sweepDays: 60,
    sweepHours: 24,
    sweepFinds: 'what moves no instant in PrestaShop: deleted orders and credit slips, customers',
  }),
})

/** A checked configuration of a PrestaShop source. */
export type PrestashopSourceConfig = z.infer<typeof prestashopSourceConfig>

function isShopAddress(text: string): boolean {
  const url = URL.parse(text)
  const isPlain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return isPlain && /^https?:$/.test(url.protocol) && !/\/api\/*$/.test(url.pathname)
}
