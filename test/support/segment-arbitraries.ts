import fc from 'fast-check'
import {
  AOV_BANDS,
  AOV_SEGMENTS,
  CUSTOMER_TYPES,
  DATE_PROPERTY_NAMES,
  NUMERIC_PROPERTY_NAMES,
} from '../../src/core/profiles/property-names.ts'
import type {
  DateCondition,
  NumericCondition,
  NumericProperty,
  SegmentSpec,
  TextCondition,
} from '../../src/core/segments/segment.ts'

/** Numbers that properties of small orders often are, or just miss. */
const border = fc.constantFrom(-1, 0, 1, 1.1, 1.5, 1.504, 1.996, 2, 3, 30.9, 31, 1e-7, 1e21)

/** Two borders of bands, the lower first. */
export const anyBands = fc
  .uniqueArray(fc.constantFrom(1, 1.1, 1.5, 1.504, 1.996, 2, 3), { minLength: 2, maxLength: 2 })
  .map(([a = 1, b = 2]) => ({ at: [Math.min(a, b), Math.max(a, b)] as const, margin: null, minStayDays: null }))

/** Any comparison of one of these properties with one of these values. */
export function anyComparison(
  properties: readonly NumericProperty[],
  values: fc.Arbitrary<number>,
): fc.Arbitrary<NumericCondition> {
  const property = fc.constantFrom(...properties)
  return fc.oneof(
    fc.record({ property, operator: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq'), value: values }),
    fc.record({
      property,
      operator: fc.constant('between'),
      value: fc.tuple(values, values).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
    }),
  )
}

const TEXTS = {
  customer_type: CUSTOMER_TYPES,
  aov_band: AOV_BANDS,
  aov_segment: AOV_SEGMENTS,
  aov_currency: ['EUR', 'GBP'],
  aov_policy: ['net', "o'net"],
} as const

/** Any question about words; some of them are nobody's. */
export const anyTextCondition: fc.Arbitrary<TextCondition> = fc
  .constantFrom('customer_type', 'aov_band', 'aov_segment', 'aov_currency', 'aov_policy')
  .chain((name) => {
    const property = fc.constant(name)
    const words = TEXTS[name]
    return fc.oneof(
      fc.record({ property, operator: fc.constant('eq'), value: fc.constantFrom<string[]>(...words) }),
      fc.record({
        property,
        operator: fc.constant('in'),
        value: fc.subarray<string>([...words], { minLength: 1 }),
      }),
    )
  })

/** Any question about an instant, by one of these days or some days back from now. */
export function anyDateCondition(days: readonly string[]): fc.Arbitrary<DateCondition> {
  const property = fc.constantFrom(...DATE_PROPERTY_NAMES)
  return fc.oneof(
    fc.record({ property, operator: fc.constantFrom('before', 'after'), value: fc.constantFrom(...days) }),
    fc.record({ property, operator: fc.constant('inLastDays'), value: fc.constantFrom(1, 30, 90, 365) }),
  )
}

/** Up to three groups of up to three conditions on everything that is pushed. */
export function anySegment(days: readonly string[]): fc.Arbitrary<SegmentSpec> {
  const condition = fc.oneof(anyComparison(NUMERIC_PROPERTY_NAMES, border), anyTextCondition, anyDateCondition(days))
  const group = fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 3 }) })
  return fc.array(group, { minLength: 1, maxLength: 3 }).map((all) => ({ key: 'k', name: 'n', basis: 'property', all }))
}
