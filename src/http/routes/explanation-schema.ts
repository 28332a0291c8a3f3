import { z } from 'zod'
import { ORDER_STATES } from '../../core/orders/order.ts'
import { AOV_BANDS } from '../../core/profiles/property-names.ts'

const instant = z.string().meta({ format: 'date-time' })
const minor = z.int()
const account = z.string().describe('Key of an account.')
const pushState = z.union([
  z.object({ state: z.enum(['confirmed', 'pending', 'in-flight']) }),
  z.object({ state: z.enum(['refused', 'absent']), code: z.string(), reason: z.string(), at: instant }),
])
const rate = z
  .object({
    currency: z.string(),
    validFrom: z.string().describe('YYYY-MM-DD.'),
    rate: z.string().describe('Decimal text: units of the account’s currency for one of this.'),
  })
  .nullable()
  .describe('Null: in the account’s currency.')

const notCounted = <Reason extends string>(reasons: readonly [Reason, ...Reason[]]) =>
  z.object({ notCounted: z.enum(reasons).describe('Why it does not count.') })

const orderSchema = z.object({
  source: z.string(),
  externalId: z.string().describe('The shop’s id.'),
  placedAt: instant,
  state: z.enum(ORDER_STATES),
  test: z.boolean(),
  channel: z.string().nullable(),
  currency: z.string().describe('Of the amounts of this order, apart from value.valueMinor.'),
  totalMinor: minor.describe('What was charged.'),
  subtotalMinor: minor.exactOptional(),
  discountMinor: minor.exactOptional(),
  taxMinor: minor.exactOptional(),
  shippingMinor: minor.exactOptional(),
  tipMinor: minor.exactOptional(),
  dutiesMinor: minor.exactOptional(),
  giftCardMinor: minor.exactOptional(),
  refundedMinor: minor.describe('Sum of its refunds.'),
  refunds: z.array(z.object({ externalId: z.string(), refundedAt: instant, amountMinor: minor })),
  excluded: z
    .array(z.object({ part: z.enum(['tax', 'shipping', 'tips', 'duties', 'giftCards']), amountMinor: minor }))
    .describe('What the policy leaves out of the total.'),
  value: z.union([
    z.object({
      valueMinor: minor.describe('What it counts for, in the account’s currency.'),
      baseMinor: minor.describe('The total without what is excluded.'),
      deductedMinor: minor.describe('What refunds take from that, in proportion.'),
      rate,
    }),
    notCounted([
      'test order',
      'draft',
      'failed',
      'deleted',
      'cancelled',
      'pending',
      'fully refunded',
      'zero value',
      'other currency',
    ]),
  ]),
  isIn12Months: z.boolean(),
})

const refundSchema = z.object({
  source: z.string(),
  externalId: z.string(),
  refundedAt: instant,
  amountMinor: minor,
  currency: z.string(),
  value: z.union([
    z.object({ valueMinor: minor.describe('What it takes from the revenue.'), rate }),
    notCounted(['refunds are not deducted', 'other currency']),
  ]),
  isIn12Months: z.boolean(),
})

const sumsSchema = z.object({
  orders: z.int(),
  ordersMinor: minor,
  refundsMinor: minor.describe('Of refunds that name no order.'),
  revenueMinor: minor.describe('ordersMinor − refundsMinor.'),
  aovMinor: minor.nullable().describe('revenueMinor / orders, rounded half up; null without orders.'),
  isRounded: z.boolean(),
})

const aggregateSchema = z.object({
  orderCount: z.int(),
  revenueMinor: minor,
  aovMinor: minor,
  orderCount12m: z.int(),
  revenue12mMinor: minor,
  aov12mMinor: minor.nullable(),
  firstOrderAt: instant,
  lastOrderAt: instant,
  avgDaysBetweenOrdersTenths: z.int().nullable(),
  recomputeAfter: instant.nullable(),
  changedAt: instant.describe('When what is pushed of these last changed.'),
  band: z.enum(AOV_BANDS).nullable().describe('Null: there are no bands, or they have no borders yet.'),
  bandSince: instant.nullable().describe('When the customer came into it.'),
})

const profileSchema = z.object({
  email: z.string(),
  isCurrent: z.boolean().describe('False: a former address, whose profile should hold nothing of ours.'),
  push: pushState.nullable().describe('Null: nothing of ours was ever meant for it.'),
  remote: z
    .object({ id: z.string(), updatedAt: instant.nullable() })
    .nullable()
    .describe('Null: Klaviyo has no such profile, or could not be asked.'),
  properties: z.array(
    z.object({
      name: z.string(),
      desired: z.union([z.string(), z.number(), z.boolean()]).nullable(),
      actual: z.unknown().describe('As Klaviyo has it now.'),
      isSame: z.boolean().nullable().describe('Null: Klaviyo could not be asked.'),
    }),
  ),
})

const orderRange = { fromMinor: minor, toMinor: minor.nullable().describe('Null: or more.') }
const distanceSchema = z.union([
  z.object({ kind: z.enum(['order', 'revenue']), ...orderRange }),
  z.object({
    kind: z.literal('orders'),
    count: z.int(),
    each: z.object(orderRange).optional().describe('Absent: of any worth.'),
  }),
  z.object({
    kind: z.literal('timed-order'),
    from: instant.nullable().describe('Null: at once.'),
    until: instant.nullable().describe('Null: whenever.'),
  }),
  z.object({ kind: z.enum(['enters', 'leaves']), at: instant }),
])

const judgedSchema = z.object({
  condition: z.object({
    property: z.string(),
    operator: z.string(),
    value: z.union([z.number(), z.string(), z.array(z.number()), z.array(z.string())]),
  }),
  actual: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  holds: z.boolean(),
  distance: distanceSchema
    .nullable()
    .describe(
      'What brings the customer into the segment, or until when it holds. order: one more order of that worth; orders: so many more, of that worth each or of any; revenue: so much more, in however many; timed-order: one more of any worth in that time; enters, leaves: by time alone.',
    ),
})

const segmentSchema = z.object({
  key: z.string(),
  name: z.string(),
  basis: z.enum(['property', 'predictive']),
  standing: z.enum(['create', 'update', 'drifted', 'unchanged']).describe('Against the configuration, as last seen.'),
  remoteId: z.string().nullable().describe('Null: not in Klaviyo.'),
  lastChange: z
    .object({ kind: z.enum(['create', 'update', 'adopt']), at: instant })
    .nullable()
    .describe('What we last did to it.'),
  judgement: z
    .object({
      isIn: z.boolean(),
      groups: z.array(z.object({ holds: z.boolean(), any: z.array(judgedSchema) })).describe('All must hold.'),
    })
    .nullable()
    .describe('By the stored figures; null: figures of Klaviyo’s own decide.'),
})

const inclusion = z.enum(['include', 'exclude'])
const counting = z.enum(['count', 'exclude'])

const customerSchema = z.object({
  kind: z.literal('customer'),
  account,
  currency: z.string(),
  timezone: z.string(),
  policy: z.object({
    name: z.string(),
    tax: inclusion,
    shipping: inclusion,
    tips: inclusion,
    duties: inclusion,
    giftCards: inclusion,
    refunds: z.enum(['deduct', 'ignore']),
    zeroValueOrders: counting,
    cancelled: counting,
    pending: counting,
  }),
  at: instant,
  email: z.string().describe('As asked for, normalised.'),
  profileEmail: z.string().nullable().describe('Whose profile carries the figures.'),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  shopIds: z.array(z.object({ source: z.string(), externalId: z.string() })),
  orders: z.array(orderSchema).describe('Oldest first.'),
  refunds: z.array(refundSchema).describe('Refunds that name no order, oldest first.'),
  sums: z.object({ lifetime: sumsSchema, last12Months: sumsSchema.extend({ since: instant }) }),
  stored: aggregateSchema.nullable().describe('The figures as last computed; null: no order counted then.'),
  waitingFor: z
    .enum(['first-computation', 'settings', 'records', 'window'])
    .nullable()
    .describe('Why the figures are to be computed again; null: they are not.'),
  isStoredCurrent: z.boolean().describe('Whether stored is what the sums come to now.'),
  klaviyo: z.union([
    z.object({ isRead: z.literal(true), at: instant }),
    z.object({ isRead: z.literal(false), code: z.string(), message: z.string() }),
  ]),
  profiles: z.array(profileSchema).describe('One for each address, the present one first.'),
  segments: z.array(segmentSchema),
})

/** `Explanation` on the wire, and the answer where nobody is known. */
export const explanationSchema = z.union([
  customerSchema,
  z.object({ kind: z.literal('forgotten'), account, forgottenAt: instant }),
  z.object({ kind: z.literal('unknown'), account }),
])
