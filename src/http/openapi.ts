import swagger from '@fastify/swagger'
import type { FastifyContextConfig, FastifySchema } from 'fastify'
import { z } from 'zod'
import { PROBLEM_MEDIA_TYPE, problemSchema } from './problem.ts'
import { PROBLEM_KINDS, type ProblemCode } from './problem-kinds.ts'
import type { HttpApp } from './type-provider.ts'

type JsonSchema = Record<string, unknown>

/** What any route behind the token may answer, whatever its own purpose. */
const PROTECTED: readonly ProblemCode[] = ['E_UNAUTHORIZED', 'E_FORBIDDEN']
const LIMITED: readonly ProblemCode[] = ['E_NOT_ACCEPTABLE', 'E_TOO_MANY_REQUESTS']
const ASKING: readonly ProblemCode[] = ['E_STORE', 'E_TIMEOUT', 'E_BUG']
const WITH_INPUT: readonly ProblemCode[] = ['E_INVALID_REQUEST']

/** Describes every route added after it as OpenAPI 3.1, from the very schemas that check its requests and answers. */
export async function addOpenApi(app: HttpApp, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Scontrino',
        version,
        description: 'Triggers jobs and tells how they are. Errors are problem documents (RFC 9457).',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'The value of SCONTRINO_API_TOKEN.' },
        },
        schemas: { Problem: toJsonSchema(problemSchema, 'output') },
      },
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: toDocumented(schema ?? {}, route.config ?? {}),
    }),
    transformObject: (documents) => {
      if (!('openapiObject' in documents)) return documents.swaggerObject
      const document = documents.openapiObject
      // The plugin calls every body required; one of which no key is required may be empty.
      for (const operation of operationsOf((document.paths ?? {}) as JsonSchema)) {
        const body = operation['requestBody'] as { required: boolean; content: Record<string, { schema: JsonSchema }> }
        if (body !== undefined) body.required = Object.values(body.content).some(({ schema }) => 'required' in schema)
      }
      return document
    },
  })
}

function toDocumented(schema: FastifySchema, config: FastifyContextConfig): FastifySchema {
  const isOpen = config.public === true || config.signed === true
  const { problems = [], params, querystring, headers, body, response = {}, ...rest } = schema
  const codes = [
    ...problems,
    ...(isOpen ? [] : [...PROTECTED, ...ASKING]),
    ...(config.probe === true || config.signed === true ? [] : LIMITED),
    ...(querystring === undefined && body === undefined ? [] : WITH_INPUT),
  ]
  const inputs = Object.entries({ params, querystring, headers, body }).flatMap(([part, input]) =>
    input instanceof z.ZodType ? [[part, toJsonSchema(input, 'input')] as const] : [],
  )
  const outputs = Object.entries(response as Record<string, z.ZodType>).map(
    ([status, output]) => [status, toJsonSchema(output, 'output')] as const,
  )
  return {
    ...rest,
    ...Object.fromEntries(inputs),
    ...(isOpen ? {} : { security: [{ token: [] }] }),
    response: { ...Object.fromEntries(outputs), ...toProblemResponses(codes) },
  }
}

/** One response per status, which names every code it may carry. */
function toProblemResponses(codes: readonly ProblemCode[]): Record<string, JsonSchema> {
  const byStatus = Map.groupBy(new Set(codes), (code) => PROBLEM_KINDS[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      String(status),
      {
        description: same.map((code) => `${code}: ${PROBLEM_KINDS[code].title}.`).join(' '),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        ...(status === 429
          ? { headers: { 'Retry-After': { type: 'integer', description: 'Seconds until it is worth trying again.' } } }
          : {}),
      },
    ]),
  )
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io })
  return json
}

function operationsOf(paths: JsonSchema): JsonSchema[] {
  return Object.values(paths).flatMap((path) => Object.values(path as Record<string, JsonSchema>))
}
