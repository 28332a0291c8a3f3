import { z } from 'zod'
import { isCurrency } from '../src/core/money.ts'
import { AOV_BANDS, AOV_SEGMENTS, CUSTOMER_TYPES } from '../src/core/profiles/property-names.ts'
import type {
  DateProperty,
  NumericOperator,
  NumericProperty,
  SegmentCondition,
  SegmentSpec,
  TextProperty,
} from '../src/core/segments/segment.ts'
import { dateSchema } from './date-schema.ts'
import { familySchema } from './family-schema.ts'
import { daysSchema } from './measure-schema.ts'
import { nameSchema } from './name-schema.ts'
import { findContradiction } from './segment-contradiction.ts'
import { amountSchema } from './threshold-schema.ts'

const NUMERIC_FORM = 'expected a condition such as { gt: 500 } or { between: [200, 500] }'
const TEXT_FORM = 'expected a condition such as { eq: new } or { in: [low, mid] }'
const DATE_FORM = 'expected a condition such as { after: 2026-01-31 } or { inLast: 90d }'
const PAIR_FORM = 'expected two numbers such as [200, 500]'

function numberCondition<T>(value: z.ZodType<T>, isLower: (low: T, high: T) => boolean) {
  return z
    .strictObject(
      {
        gt: value.optional().describe('More than.'),
        gte: value.optional().describe('At least.'),
        lt: value.optional().describe('Less than.'),
        lte: value.optional().describe('At most.'),
        eq: value.optional().describe('Exactly.'),
        between: z
          .tuple([value, value], PAIR_FORM)
          .refine(([low, high]) => isLower(low, high), 'expected the lower number first')
          .optional()
          .describe('From the first to the second, both included.'),
      },
      { error: (issue) => (issue.code === 'invalid_type' ? NUMERIC_FORM : undefined) },
    )
    .refine((condition) => Object.keys(condition).length > 0, NUMERIC_FORM)
    .optional()
}

const numericCondition = numberCondition(z.number(), (low, high) => low <= high)
/** Thresholds are compared once they have a value. */
const moneyCondition = numberCondition(
  amountSchema,
  (low, high) => typeof low !== 'number' || typeof high !== 'number' || low <= high,
)

function textCondition(value: z.ZodType<string, string>) {
  return z
    .strictObject(
      {
        eq: value.optional().describe('Exactly this.'),
        in: z.array(value).min(1).optional().describe('One of these.'),
      },
      { error: (issue) => (issue.code === 'invalid_type' ? TEXT_FORM : undefined) },
    )
    .refine((condition) => Object.keys(condition).length > 0, TEXT_FORM)
    .optional()
}

const dateCondition = z
  .strictObject(
    {
      before: dateSchema.optional().describe('Before this day began in the account’s time zone.'),
      after: dateSchema.optional().describe('Since this day began in the account’s time zone.'),
      inLast: daysSchema
        .optional()
        .describe('Within so many days of 24 hours before now, such as 90d; moves on by itself.'),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? DATE_FORM : undefined) },
  )
  .refine((condition) => Object.keys(condition).length > 0, DATE_FORM)
  .transform(({ inLast, ...fixed }) => ({
    ...fixed,
    ...(inLast === undefined ? {} : { inLastDays: inLast }),
  }))

const numericShape = {
  aov: moneyCondition.describe('Average order value, in the account’s currency.'),
  aov_12m: moneyCondition.describe('Average order value of the last twelve months.'),
  order_count: numericCondition.describe('How many orders count.'),
  net_revenue: numericCondition.describe('What all counted orders are worth together.'),
  avg_days_between_orders: numericCondition.describe('Average number of days from one order to the next.'),
} satisfies Record<NumericProperty, unknown>

const textShape = {
  customer_type: textCondition(z.enum(CUSTOMER_TYPES)).describe('new: one counted order; recurring: more.'),
  aov_band: textCondition(z.enum(AOV_BANDS)).describe('Where the average order value stands among the bands.'),
  aov_segment: textCondition(z.enum(AOV_SEGMENTS)).describe('Customer type and band in one word.'),
  aov_currency: textCondition(
    z.string().refine(isCurrency, 'expected an ISO 4217 currency code, such as EUR'),
  ).describe('Currency of the amounts on the profile.'),
  aov_policy: textCondition(z.string().min(1)).describe('Name of the policy behind the amounts on the profile.'),
} satisfies Record<TextProperty, unknown>

const dateShape = {
  first_order_at: dateCondition.optional().describe('When the first counted order was placed.'),
  last_order_at: dateCondition.optional().describe('When the latest counted order was placed.'),
  aov_updated_at: dateCondition.optional().describe('When the numbers of the customer last changed.'),
} satisfies Record<DateProperty, unknown>

const PROPERTY_FORM = 'expected properties with their conditions, such as { aov: { gt: 500 } }'
const shapeError = (issue: z.core.$ZodRawIssue) => (issue.code === 'invalid_type' ? PROPERTY_FORM : undefined)

const shape = { ...numericShape, ...textShape, ...dateShape }

const alternative = z
  .strictObject(shape, { error: shapeError })
  .transform(toConditions)
  .refine(
    (conditions) => conditions.length === 1,
    'expected one property with one operator; what must hold together goes into a group of its own',
  )

const group = z.strictObject({
  any: z
    .array(alternative)
    .min(1)
    .transform((alternatives) => alternatives.flat())
    .describe('At least one of these holds.'),
})

const where = z
  .strictObject(
    { ...shape, all: z.array(group).min(1).optional().describe('Each of these groups holds.') },
    { error: shapeError },
  )
  .transform(({ all, ...properties }): SegmentInput['all'] => [
    ...toConditions(properties).map((condition) => ({ any: [condition] })),
    ...(all ?? []),
  ])
  .superRefine((groups, context) => {
    if (groups.length === 0) context.addIssue({ code: 'custom', message: PROPERTY_FORM })
    const property = findContradiction(groups.filter(isInNumbers))
    if (property === null) return
    context.addIssue({
      code: 'custom',
      message: `nobody can be in this segment: the conditions on ${property} exclude each other`,
    })
  })

/** A segment as the file has it: thresholds need not name their window. */
export interface SegmentInput extends Omit<SegmentSpec, 'all'> {
  readonly all: readonly { readonly any: readonly ConditionInput[] }[]
}

type Amount = z.output<typeof amountSchema>
type ConditionInput =
  | SegmentCondition
  | {
      readonly property: 'aov' | 'aov_12m'
      readonly operator: Exclude<NumericOperator, 'between'>
      readonly value: Amount
    }
  | { readonly property: 'aov' | 'aov_12m'; readonly operator: 'between'; readonly value: readonly [Amount, Amount] }

const segment = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z0-9_-]{1,40}$/, 'expected up to 40 lower-case letters, digits, - or _')
      .describe('Names the segment here for good: with another name in Klaviyo it stays the same segment.'),
    name: nameSchema.describe('What the segment is called in Klaviyo; {high} or {store_aov} print an amount.'),
    where: where.describe('Who is in it.'),
    basis: z
      .enum(['property', 'predictive'])
      .default('property')
      .describe('property: our own properties. predictive: Klaviyo’s own figures, where the account has them.'),
  })
  .transform((input): SegmentInput => ({ key: input.key, name: input.name, all: input.where, basis: input.basis }))

/** One entry of `segments`. Properties of one mapping, and operators of one property, must all hold. */
export const segmentSchema = z.union([segment, familySchema])

export type SegmentEntry = z.output<typeof segmentSchema>

type Properties = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

function toConditions(properties: Properties): ConditionInput[] {
  return Object.entries(properties).flatMap(([property, condition]) =>
    // The shapes above are the proof of what the entries' types no longer say.
    Object.entries(condition ?? {}).map(([operator, value]) => ({ property, operator, value }) as ConditionInput),
  )
}

/** What follows the shop excludes nothing for certain. */
function isInNumbers(group: SegmentInput['all'][number]): group is SegmentSpec['all'][number] {
  return group.any.every(({ value }) => [value].flat().every((part) => typeof part !== 'object'))
}
