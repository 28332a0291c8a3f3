import { z } from 'zod'
import { type ApiError, invalid } from './errors.ts'
import { MAX_CONDITIONS } from './limits.ts'
import { PREDICTIVE_NUMBERS } from './predictive.ts'

const Unit = z.enum(['day', 'hour', 'week'])
const Instant = z.iso.datetime({ offset: true })

const NumericFilter = z.strictObject({
  type: z.literal('numeric'),
  operator: z.enum([
    'equals',
    'not-equals',
    'greater-than',
    'greater-than-or-equal',
    'less-than',
    'less-than-or-equal',
  ]),
  value: z.number(),
})
const TextFilter = z.discriminatedUnion('operator', [
  z.strictObject({
    type: z.literal('string'),
    operator: z.enum([
      'equals',
      'not-equals',
      'contains',
      'not-contains',
      'starts-with',
      'not-starts-with',
      'ends-with',
      'not-ends-with',
    ]),
    value: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('string'),
    operator: z.enum(['regex', 'nregex']),
    value: z.string().refine(isRegularExpression, 'expected a regular expression'),
  }),
  z.strictObject({ type: z.literal('string'), operator: z.enum(['in', 'not-in']), value: z.array(z.string()) }),
])
const BooleanFilter = z.strictObject({ type: z.literal('boolean'), operator: z.literal('equals'), value: z.boolean() })
const ExistenceFilter = z.strictObject({ type: z.literal('existence'), operator: z.enum(['is-set', 'not-set']) })
const ListFilter = z.discriminatedUnion('operator', [
  z.strictObject({
    type: z.literal('list'),
    operator: z.enum(['contains', 'not-contains']),
    value: z.union([z.int(), z.string()]).nullable(),
  }),
  z.strictObject({
    type: z.literal('list'),
    operator: z.enum([
      'length-equals',
      'length-greater-than',
      'length-greater-than-or-equal',
      'length-less-than',
      'length-less-than-or-equal',
    ]),
    value: z.int(),
  }),
])
const DateFilter = z.discriminatedUnion('operator', [
  z.strictObject({ type: z.literal('date'), operator: z.enum(['before', 'after']), date: Instant }),
  z.strictObject({ type: z.literal('date'), operator: z.literal('between-static'), start: Instant, end: Instant }),
  z.strictObject({
    type: z.literal('date'),
    operator: z.enum(['in-the-last', 'in-the-next', 'at-least', 'anniversary-last', 'anniversary-next']),
    unit: Unit,
    quantity: z.int(),
  }),
  z.strictObject({ type: z.literal('date'), operator: z.literal('between'), start: z.int(), end: z.int(), unit: Unit }),
  z.strictObject({ type: z.literal('date'), operator: z.literal('calendar-month'), value: z.int() }),
  z.strictObject({ type: z.literal('date'), operator: z.enum(['anniversary', 'anniversary-month']) }),
])

/** `email`, or `properties['name']`: the only two ways to name a property. */
const Property = z
  .string()
  .refine(
    (name) => /^properties\['[^']+'\]$/.test(name) || WELL_KNOWN.has(name),
    "expected a well-known property or the form properties['name']",
  )

/** Property names that are not custom ones. Only `email` and `first_name` are named by the document. */
const WELL_KNOWN = new Set([
  'email',
  'phone_number',
  'external_id',
  'first_name',
  'last_name',
  'organization',
  'title',
  'locale',
  'created',
  'updated',
])

const PropertyCondition = z.strictObject({
  type: z.literal('profile-property'),
  property: Property,
  filter: z.discriminatedUnion('type', [
    NumericFilter,
    TextFilter,
    BooleanFilter,
    ExistenceFilter,
    ListFilter,
    DateFilter,
  ]),
})
const PredictiveNumberCondition = z.strictObject({
  type: z.literal('profile-predictive-analytics'),
  dimension: z.enum(PREDICTIVE_NUMBERS),
  filter: NumericFilter,
})
const PredictiveDateCondition = z.strictObject({
  type: z.literal('profile-predictive-analytics'),
  dimension: z.literal('expected_date_of_next_purchase'),
  filter: DateFilter,
})
const Condition = z.discriminatedUnion('type', [
  PropertyCondition,
  z.discriminatedUnion('dimension', [PredictiveNumberCondition, PredictiveDateCondition]),
])

const Definition = z.strictObject({
  condition_groups: z
    .array(z.strictObject({ conditions: z.array(Condition).min(1) }))
    .min(1)
    .refine(
      (groups) => groups.reduce((sum, { conditions }) => sum + conditions.length, 0) <= MAX_CONDITIONS,
      `a segment may have at most ${MAX_CONDITIONS} conditions`,
    ),
})

/** A definition in Klaviyo's grammar: groups are joined by AND, conditions inside a group by OR. */
export type SegmentDefinition = z.infer<typeof Definition>
export type SegmentCondition = z.infer<typeof Condition>
export type PropertyFilter = z.infer<typeof PropertyCondition>['filter']
export type DateFilter = z.infer<typeof DateFilter>

const PLACE = '/data/attributes/definition'

/** Conditions of Klaviyo's grammar about things the sandbox has not got: events, lists, consent, addresses. */
const NOT_PLAYED = new Set([
  'profile-metric',
  'profile-metric-funnel',
  'profile-group-membership',
  'profile-marketing-consent',
  'profile-permissions',
  'profile-region',
  'profile-postal-code-distance',
  'profile-has-custom-object',
])

/** Parses a definition, or tells everything that Klaviyo's grammar does not know in it. */
export function parseDefinition(input: unknown): SegmentDefinition | readonly ApiError[] {
  const result = Definition.safeParse(input)
  if (result.success) return result.data
  return result.error.issues.map(({ path, message }) => {
    const type = path.at(-1) === 'type' ? valueAt(input, path) : undefined
    const detail = NOT_PLAYED.has(String(type)) ? `'${type}' conditions are not played by this sandbox.` : message
    return invalid(detail, [PLACE, ...path].join('/'))
  })
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), input)
}
