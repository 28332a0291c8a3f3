import { createDateTest } from './date-evaluation.ts'
import type { PredictiveValues } from './predictive.ts'
import type { StoredProfile } from './profile-store.ts'
import type { DateFilter, PropertyFilter, SegmentCondition, SegmentDefinition } from './segment-definition.ts'

/** A profile unpacked, so that several conditions can look at it. */
interface ProfileView {
  readonly profile: Pick<StoredProfile, 'email' | 'createdAtMs' | 'updatedAtMs' | 'personal'>
  readonly properties: Readonly<Record<string, unknown>>
}

/** Whether a profile belongs to a segment at an instant (milliseconds). */
export type Membership = (view: ProfileView, nowMs: number) => boolean

/** What evaluation has to know besides the profile. */
export interface EvaluationContext {
  /** By lower-case e-mail address. */
  readonly predictive: ReadonlyMap<string, PredictiveValues>
  /** Whether `less-than` matches a profile without the value; every other numeric comparison never does. */
  readonly missingMatchesLessThan: boolean
}

type Read = (view: ProfileView) => unknown
type Test = (value: unknown, nowMs: number) => boolean

/** Turns a definition into a function once, so that 200,000 profiles can be asked quickly. */
export function compileDefinition(definition: SegmentDefinition, context: EvaluationContext): Membership {
  const groups = definition.condition_groups.map(({ conditions }) =>
    conditions.map((condition) => compileCondition(condition, context)),
  )
  return (view, nowMs) => groups.every((group) => group.some((condition) => condition(view, nowMs)))
}

const FIXED_DATES = new Set(['before', 'after', 'between-static', 'calendar-month'])

/** Whether membership can change by the mere passing of time. */
export function isRelative(definition: SegmentDefinition): boolean {
  return definition.condition_groups.some(({ conditions }) =>
    conditions.some(({ filter }) => filter.type === 'date' && !FIXED_DATES.has(filter.operator)),
  )
}

function compileCondition(condition: SegmentCondition, context: EvaluationContext): Membership {
  const read =
    condition.type === 'profile-property' ? readProperty(condition.property) : readPrediction(condition, context)
  const test = createTest(condition.filter, context)
  return (view, nowMs) => test(read(view), nowMs)
}

function readProperty(property: string): Read {
  const [, name] = /^properties\['(.+)'\]$/.exec(property) ?? []
  if (name !== undefined) return ({ properties }) => properties[name]
  if (property === 'email') return ({ profile }) => profile.email
  if (property === 'created') return ({ profile }) => new Date(profile.createdAtMs).toISOString()
  if (property === 'updated') return ({ profile }) => new Date(profile.updatedAtMs).toISOString()
  return ({ profile }) => Reflect.get(profile.personal ?? {}, property)
}

function readPrediction(condition: { readonly dimension: string }, context: EvaluationContext): Read {
  // The condition and the profile's field have different names for the same date.
  const name =
    condition.dimension === 'expected_date_of_next_purchase' ? 'expected_date_of_next_order' : condition.dimension
  return ({ profile }) => Reflect.get(context.predictive.get(profile.email ?? '') ?? {}, name)
}

function createTest(filter: PropertyFilter | DateFilter, context: EvaluationContext): Test {
  switch (filter.type) {
    case 'numeric':
      return createNumericTest(filter.operator, filter.value, context.missingMatchesLessThan)
    case 'boolean':
      return (value) => value === filter.value
    case 'existence':
      return (value) => isMissing(value) === (filter.operator === 'not-set')
    case 'string':
      return typeof filter.value === 'object' && filter.value !== null
        ? createTextListTest(filter.operator, new Set(filter.value))
        : createTextTest(filter.operator, filter.value)
    case 'list':
      return createListTest(filter.operator, filter.value)
    case 'date':
      return createDateTest(filter)
  }
}

function createNumericTest(operator: string, limit: number, missingIsLess: boolean): Test {
  const compare = (holds: (value: number) => boolean, missing: boolean): Test => {
    // Text never matches, not even '75': Klaviyo compares numbers with numbers.
    return (value) => (typeof value === 'number' ? holds(value) : missing && isMissing(value))
  }
  switch (operator) {
    case 'equals':
      return compare((value) => value === limit, false)
    case 'not-equals':
      return compare((value) => value !== limit, false)
    case 'greater-than':
      return compare((value) => value > limit, false)
    case 'greater-than-or-equal':
      return compare((value) => value >= limit, false)
    case 'less-than':
      return compare((value) => value < limit, missingIsLess)
    default:
      return compare((value) => value <= limit, missingIsLess)
  }
}

function createTextTest(operator: string, wanted: string | null): Test {
  if (operator.startsWith('not-') || operator === 'nregex') {
    const positive = createTextTest(operator === 'nregex' ? 'regex' : operator.slice(4), wanted)
    return (value, nowMs) => !positive(value, nowMs)
  }
  if (wanted === null) return isMissing
  const pattern = operator === 'regex' ? new RegExp(wanted) : null
  return (value) => {
    if (typeof value !== 'string') return false
    if (pattern !== null) return pattern.test(value)
    if (operator === 'contains') return value.includes(wanted)
    if (operator === 'starts-with') return value.startsWith(wanted)
    return operator === 'ends-with' ? value.endsWith(wanted) : value === wanted
  }
}

function createTextListTest(operator: string, wanted: ReadonlySet<unknown>): Test {
  return (value) => wanted.has(value) === (operator === 'in')
}

function createListTest(operator: string, wanted: string | number | null): Test {
  const has = (value: unknown) => Array.isArray(value) && value.includes(wanted)
  if (operator === 'contains') return has
  if (operator === 'not-contains') return (value) => !has(value)
  const compare = createNumericTest(operator.replace('length-', ''), Number(wanted), false)
  return (value, nowMs) => Array.isArray(value) && compare(value.length, nowMs)
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}
