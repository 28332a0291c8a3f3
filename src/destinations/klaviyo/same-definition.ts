import { z } from 'zod'

const numeric = z.object({ type: z.literal('numeric'), operator: z.string(), value: z.coerce.number() })
const string = z.object({
  type: z.literal('string'),
  operator: z.string(),
  value: z.union([z.string(), z.array(z.string()).transform((values) => values.toSorted())]),
})
const existence = z.object({ type: z.literal('existence'), operator: z.string() })
/** Whole seconds: whether Klaviyo keeps the thousandths of an instant is not known. */
const second = z
  .string()
  .transform((text) => Math.floor(Date.parse(text) / 1_000))
  .refine(Number.isInteger)
const fixedDate = z.object({ type: z.literal('date'), operator: z.enum(['before', 'after']), date: second })
const relativeDate = z.object({
  type: z.literal('date'),
  operator: z.literal('in-the-last'),
  quantity: z.coerce.number(),
  unit: z.string(),
})

/** What we send ourselves: of these everything that Klaviyo may add is known not to change the question. */
const ours = z.union([
  z.object({
    type: z.literal('profile-property'),
    property: z.string(),
    filter: z.union([numeric, string, existence, fixedDate, relativeDate]),
  }),
  z.object({ type: z.literal('profile-predictive-analytics'), dimension: z.string(), filter: numeric }),
])

const definition = z.object({ condition_groups: z.array(z.object({ conditions: z.array(z.unknown()) })) })

/**
 * Whether two definitions ask the same. Orders of keys, groups and conditions, repeats, `1` and `1.0`, and fields that
 * Klaviyo adds to conditions of ours make no difference; any other kind of condition must be the same in every field.
 */
export function sameDefinition(a: unknown, b: unknown): boolean {
  return toCanonicalText(a) === toCanonicalText(b)
}

function toCanonicalText(value: unknown): string {
  const parsed = definition.safeParse(value)
  if (!parsed.success) return toSortedText(value)
  const groups = parsed.data.condition_groups.map(({ conditions }) =>
    toSetText(conditions.map((condition) => toSortedText(ours.safeParse(condition).data ?? condition))),
  )
  return toSetText(groups)
}

function toSetText(texts: readonly string[]): string {
  return JSON.stringify([...new Set(texts)].sort())
}

function toSortedText(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  )
}
