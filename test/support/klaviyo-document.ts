import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { z } from 'zod'

const FILE = join(import.meta.dirname, '../../../shared/specs/klaviyo-2026-07-15.openapi.json.gz')

const Content = z.record(z.string(), z.object({ schema: z.unknown() }))
const Entry = z.object({
  operationId: z.string(),
  'x-klaviyo-ratelimit': z.object({ burst: z.string(), steady: z.string(), daily: z.string().optional() }),
  'x-klaviyo-scopes': z.array(z.string()),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), schema: z.record(z.string(), z.unknown()) }))
    .default([]),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional(), $ref: z.string().optional() })),
})
const Documented = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), z.unknown()),
})

/** What Klaviyo's document says about one operation. */
type DocumentedOperation = z.infer<typeof Entry>

/** Klaviyo's own OpenAPI document, asked questions. */
export interface KlaviyoDocument {
  operation(id: string): DocumentedOperation
  /** What the document has against a request body; empty when it accepts it. */
  requestProblems(id: string, body: unknown): readonly string[]
  /** What the document has against an answer; empty when it accepts it. */
  responseProblems(id: string, status: number, body: unknown): readonly string[]
}

/** Reads the document that lies beside the project; undefined when it is not there. */
export function readKlaviyoDocument(): KlaviyoDocument | undefined {
  if (!existsSync(FILE)) return undefined
  const { paths, components } = Documented.parse(JSON.parse(gunzipSync(readFileSync(FILE)).toString()))
  const entries = Object.values(paths).flatMap((methods) => Object.values(methods))
  const operations = new Map<string, DocumentedOperation>()
  for (const entry of entries) {
    const parsed = Entry.safeParse(entry)
    if (parsed.success) operations.set(parsed.data.operationId, parsed.data)
  }
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  formats.default(ajv)
  ajv.addSchema({ $id: 'klaviyo', components: toJsonSchema(withNullLinks(components)) as object })
  const validators = new Map<string, ValidateFunction>()

  function problems(key: string, schema: unknown, value: unknown): readonly string[] {
    const validate = validators.get(key) ?? ajv.compile(absolute(toJsonSchema(schema)) as object)
    validators.set(key, validate)
    return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
  }
  const operation = (id: string): DocumentedOperation => {
    const found = operations.get(id)
    if (found === undefined) throw new Error(`the document knows no ${id}`)
    return found
  }

  return {
    operation,
    requestProblems(id, body) {
      const schema = firstSchema(operation(id).requestBody?.content)
      return schema === undefined ? [`${id} takes no body`] : problems(`${id} request`, schema, body)
    },
    responseProblems(id, status, body) {
      const { responses } = operation(id)
      const response = responses[String(status)] ?? (status >= 500 ? responses['5XX'] : responses['4XX'])
      if (response === undefined || (status < 400 && responses[String(status)] === undefined)) {
        return [`${id} answers no ${status}`]
      }
      const name = response.$ref?.split('/').at(-1)
      const shared = name === undefined ? undefined : (Object(components['responses'])[name] as typeof response)
      const schema = firstSchema((shared ?? response).content)
      if (schema === undefined) return body === undefined ? [] : [`${id} ${status} has no body`]
      return problems(`${id} ${status}`, schema, body)
    },
  }
}

function firstSchema(content: z.infer<typeof Content> | undefined): unknown {
  return Object.values(content ?? {})[0]?.schema
}

/**
 * OpenAPI 3.0 → JSON Schema. As it stands the document compiles in no validator: `nullable` often has no `type` beside
 * it, and `oneOf` of integer and number refuses every integer.
 */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema)
  if (typeof value !== 'object' || value === null) return value
  const { nullable, oneOf, example: _example, ...rest } = value as Record<string, unknown>
  const schema = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, toJsonSchema(part)]))
  if (Array.isArray(oneOf)) schema['anyOf'] = oneOf.map(toJsonSchema)
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

/** The document says text where recorded answers say null: there is no next or previous page. */
function withNullLinks(components: Record<string, unknown>): unknown {
  const link = { type: 'string', format: 'uri', nullable: true }
  const CollectionLinks = { type: 'object', properties: { self: link, prev: link, next: link }, required: ['self'] }
  return { ...components, schemas: { ...Object(components['schemas']), CollectionLinks } }
}

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === '$ref' ? `klaviyo${String(part)}` : absolute(part)]),
  )
}
