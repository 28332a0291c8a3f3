import { z } from 'zod'
import { type KeyPath, valueAt } from './key-path.ts'
import { configSchema, type SourceTypes } from './schema.ts'

/** The parts of a JSON Schema (2020-12) that ours are made of. */
export interface JsonSchema {
  type?: string
  description?: string
  const?: unknown
  enum?: unknown[]
  pattern?: string
  format?: string
  required?: string[]
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema | boolean
  prefixItems?: JsonSchema[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  [keyword: string]: unknown
}

/** Name of the generated file, at the root of the package. */
export const JSON_SCHEMA_FILE = 'scontrino.schema.json'

/** What a schema accepts, before its conversions; what JSON Schema cannot say is left out. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return own as JsonSchema
}

/** JSON Schema of `scontrino.yaml` for editors, with every type of source. A text that refers to a variable passes. */
export function toConfigJsonSchema(sourceTypes: SourceTypes): JsonSchema {
  const root = toJsonSchema(configSchema)
  const entries = subschemas(root, ['accounts', '', 'sources'])[0]
  const oneOf = Object.values(sourceTypes).map(({ configSchema }) => toJsonSchema(configSchema))
  if (entries !== undefined) entries.additionalProperties = { oneOf }
  allowReferences(root)
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'scontrino.yaml', ...root }
}

/** Content of that generated file. */
export function jsonSchemaText(sourceTypes: SourceTypes): string {
  return `${JSON.stringify(toConfigJsonSchema(sourceTypes), null, 2)}\n`
}

/**
 * Keys that a JSON Schema knows at a path, through every alternative, or through those that a constant of `value`, which
 * stands there, names. Null: any key is allowed there.
 */
export function knownKeys(root: JsonSchema, path: KeyPath, value?: unknown): string[] | null {
  const all = subschemas(root, path)
  const named = all.filter((schema) => isNamed(schema, value))
  const here = named.length > 0 ? named : all
  if (here.some(({ type, additionalProperties }) => type === 'object' && additionalProperties !== false)) return null
  return [...new Set(here.flatMap(({ properties }) => Object.keys(properties ?? {})))]
}

function isNamed({ properties }: JsonSchema, value: unknown): boolean {
  return Object.entries(properties ?? {}).some(
    ([key, { const: constant }]) => constant !== undefined && constant === valueAt(value, [key]),
  )
}

function subschemas(root: JsonSchema, path: KeyPath): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (schemas, step) =>
      schemas.flatMap((schema) => {
        const inner =
          typeof step === 'number'
            ? (schema.prefixItems?.[step] ?? schema.items)
            : (schema.properties?.[step] ?? schema.additionalProperties)
        return typeof inner === 'object' ? alternatives(inner) : []
      }),
    alternatives(root),
  )
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  return inner.length === 0 ? [schema] : inner.flatMap(alternatives)
}

/** A text that only certain words or forms may fill can also come from the environment. */
function allowReferences(schema: JsonSchema): void {
  for (const inner of children(schema)) allowReferences(inner)
  const { type, enum: words, pattern, format } = schema
  if (type !== 'string' || (words ?? pattern ?? format) === undefined) return
  for (const keyword of ['type', 'enum', 'pattern', 'format']) delete schema[keyword]
  const own = Object.fromEntries(
    Object.entries({ type, enum: words, pattern, format }).filter(([, v]) => v !== undefined),
  )
  schema.anyOf = [own, { type: 'string', pattern: '\\$\\{' }]
}

function children(schema: JsonSchema): JsonSchema[] {
  const { properties, additionalProperties, items, prefixItems, anyOf, oneOf, allOf } = schema
  const single = [additionalProperties, items].filter((inner) => typeof inner === 'object')
  return [
    ...Object.values(properties ?? {}),
    ...single,
    ...[prefixItems, anyOf, oneOf, allOf].flatMap((list) => list ?? []),
  ]
}
