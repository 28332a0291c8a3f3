import { z } from 'zod'
import { type AovPolicy, POLICIES } from '../src/core/orders/policy.ts'

const NAMES = ['net', 'gross', 'shopify'] as const satisfies readonly (keyof typeof POLICIES)[]

const inclusion = z.enum(['include', 'exclude'])
const counting = z.enum(['count', 'exclude'])

const shape = z.strictObject(
  {
    policy: z.enum(NAMES).optional().describe('What to start from: net (default), gross or shopify.'),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'expected up to 40 lower-case letters, digits, - or _')
      .optional()
      .describe('What a policy that differs from the three is called in Klaviyo (aov_policy); custom unless given.'),
    tax: inclusion.optional().describe('Whether tax is part of what an order is worth.'),
    shipping: inclusion.optional().describe('Whether shipping is part of what an order is worth.'),
    tips: inclusion.optional().describe('Whether tips are part of what an order is worth.'),
    duties: inclusion.optional().describe('Whether duties are part of what an order is worth.'),
    giftCards: inclusion.optional().describe('Whether money spent on gift cards is part of what an order is worth.'),
    refunds: z
      .enum(['deduct', 'ignore'])
      .optional()
      .describe('deduct: refunds are taken off, and a fully refunded order does not count. ignore: blind to refunds.'),
    zeroValueOrders: counting.optional().describe('Whether an order worth nothing counts as an order.'),
    cancelled: counting.optional().describe('Whether cancelled orders count.'),
    pending: counting.optional().describe('Whether orders that are not paid yet count.'),
  },
  {
    error: (issue) =>
      issue.code === 'invalid_type' ? 'expected a mapping such as { policy: net } or { refunds: ignore }' : undefined,
  },
)

/** `aov`: a named policy, or one spelled out by what differs from it. */
export const policySchema = shape
  .superRefine((input, context) => {
    const reserved = NAMES.find((name) => name === input.name)
    if (reserved !== undefined && differs(toPolicy(input), POLICIES[reserved])) {
      context.addIssue({
        code: 'custom',
        path: ['name'],
        message: `expected a name that is not taken: not ${reserved}`,
      })
    }
  })
  .transform(toPolicy)

function toPolicy(input: z.output<typeof shape>): AovPolicy {
  const base = POLICIES[input.policy ?? 'net']
  const policy: AovPolicy = {
    name: base.name,
    tax: input.tax ?? base.tax,
    shipping: input.shipping ?? base.shipping,
    tips: input.tips ?? base.tips,
    duties: input.duties ?? base.duties,
    giftCards: input.giftCards ?? base.giftCards,
    refunds: input.refunds ?? base.refunds,
    zeroValueOrders: input.zeroValueOrders ?? base.zeroValueOrders,
    cancelled: input.cancelled ?? base.cancelled,
    pending: input.pending ?? base.pending,
  }
  return { ...policy, name: input.name ?? (differs(policy, base) ? 'custom' : base.name) }
}

function differs(a: AovPolicy, b: AovPolicy): boolean {
  return JSON.stringify({ ...a, name: '' }) !== JSON.stringify({ ...b, name: '' })
}
