import { createHash } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { PROBLEM_KINDS } from '../../src/http/problem-kinds.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, openDoor } from '../support/http-door.ts'

type Json = Record<string, unknown>

interface Operation extends Json {
  readonly operationId: string
  readonly security?: readonly Json[]
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Json }[]
  readonly requestBody?: { required: boolean; content: Record<string, { schema: Json }> }
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
}

interface Document extends Json {
  readonly openapi: string
  readonly info: { title: string; version: string }
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { schemas: Record<string, Json>; securitySchemes: Json }
}

/** Every route that the issue promises, and the root. */
const ROUTES = [
  'GET /docs',
  'GET /healthz',
  'GET /metrics',
  'GET /openapi.json',
  'GET /readyz',
  'GET /v1/jobs/{name}/{id}',
  'GET /v1/runs',
  'POST /v1/explain',
  'POST /v1/jobs/{name}',
  'POST /webhooks/{account}/{source}',
]

async function readDocument() {
  const { app } = await openDoor({
    application: createMemoryApplication({
      async loadRuns() {
        return [
          {
            runId: 1,
            account: 'main',
            job: 'sync',
            jobId: 'main-1',
            source: null,
            trigger: 'schedule',
            state: 'done',
            startedAt: new Date(0),
            finishedAt: new Date(1),
            attempts: 1,
            idleMs: 0,
            counts: { orders: 3, pull: { rows: 5 } },
            errorCode: null,
            errorMessage: null,
            interrupted: false,
          },
        ]
      },
    }),
  })
  const document = (await app.inject('/openapi.json')).json() as Document
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  )
  return { app, document, operations }
}

/** Compiles schemas of the document; strict, so that a misspelt keyword is an error. */
function createValidator(document: Document) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true })
  addFormats.default(ajv)
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    ajv.addSchema({ $id: `urn:scontrino:${name}`, ...schema })
  }
  return (schema: Json) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"urn:scontrino:')))
}

function schemasOf({ parameters = [], requestBody, responses }: Operation): Json[] {
  const contents = [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}))
  return [...parameters.map(({ schema }) => schema), ...contents.map(({ schema }) => schema)]
}

describe('openapi.json', () => {
  it('is OpenAPI 3.1 of this version', async () => {
    const { document } = await readDocument()
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: 'Scontrino', version: '1.2.3' })
  })

  it('has every route, and no other', async () => {
    const { operations } = await readDocument()
    expect(operations.map(({ route }) => route).sort()).toEqual(ROUTES)
  })

  it('gives every operation a name of its own', async () => {
    const { operations } = await readDocument()
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(ROUTES.length)
  })

  it('describes every parameter that a path has, and no other', async () => {
    const { operations } = await readDocument()
    for (const { route, operation } of operations) {
      const inPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(described.map(({ name }) => name)).toEqual(inPath)
      expect(described.every(({ required }) => required)).toBe(true)
    }
  })

  it('holds valid JSON Schemas of 2020-12 only, whose references exist', async () => {
    const { document, operations } = await readDocument()
    const compile = createValidator(document)
    const schemas = operations.flatMap(({ operation }) => schemasOf(operation))
    expect(schemas.length).toBeGreaterThan(30)
    for (const schema of schemas) expect(() => compile(schema)).not.toThrow()
  })

  it('describes every answer in words', async () => {
    const { operations } = await readDocument()
    const responses = operations.flatMap(({ operation }) => Object.values(operation.responses))
    expect(responses.filter(({ description }) => !description || description === 'Default Response')).toEqual([])
  })

  it('asks for the token where the server does', async () => {
    const { app, operations } = await readDocument()
    for (const { route, operation } of operations) {
      const [method, path = ''] = route.split(' ')
      const url = path
        .replace('{name}', 'sync')
        .replace('{id}', '1')
        .replace('{account}', 'main')
        .replace('{source}', 'shop')
      const { statusCode } = await app.inject({ method: method as 'GET' | 'POST', url })
      expect([route, statusCode === 401]).toEqual([route, operation.security !== undefined])
      // Where signatures are asked for instead, a wrong one is a 401 too.
      const isSigned = path.startsWith('/webhooks/')
      expect([route, '401' in operation.responses]).toEqual([route, statusCode === 401 || isSigned])
    }
  })

  it('names the problems that a trigger can meet', async () => {
    const { document } = await readDocument()
    const statuses = Object.keys(document.paths['/v1/jobs/{name}']?.['post']?.responses ?? {})
    expect(statuses).toEqual(expect.arrayContaining(['202', '400', '401', '404', '409', '413', '415', '422', '429']))
  })

  it('lets the body of a trigger be empty, and refuses what the server refuses', async () => {
    const { document } = await readDocument()
    const body = document.paths['/v1/jobs/{name}']?.['post']?.requestBody
    const validate = createValidator(document)(body?.content['application/json']?.schema ?? { not: {} })
    expect(body?.required).toBe(false)
    expect([validate({}), validate({ account: 'main', full: true })]).toEqual([true, true])
    expect([validate({ dryrun: true }), validate({ full: 'yes' })]).toEqual([false, false])
  })

  it('requires a body where a key of it is required', async () => {
    const { document } = await readDocument()
    expect(document.paths['/v1/explain']?.['post']?.requestBody?.required).toBe(true)
  })

  it.each([
    ['POST', '/v1/jobs/{name}', '/v1/jobs/sync', '202'],
    ['GET', '/v1/jobs/{name}/{id}', '/v1/jobs/sync/main%2F1', '200'],
    ['GET', '/v1/jobs/{name}/{id}', '/v1/jobs/sync/no', '404'],
    ['GET', '/v1/runs', '/v1/runs', '200'],
    ['GET', '/v1/runs', '/v1/runs?limit=0', '422'],
    ['GET', '/readyz', '/readyz', '200'],
    ['GET', '/healthz', '/healthz', '200'],
    ['POST', '/v1/explain', '/v1/explain', '200', { email: 'anna@example.com' }],
    ['POST', '/v1/explain', '/v1/explain', '422', {}],
  ] as const)('describes what %s %s really answers at %s', async (method, path, url, status, payload?: object) => {
    const { app, document } = await readDocument()
    await app.inject({ method: 'POST', url: '/v1/jobs/sync', headers: AUTHORIZED })
    const answer = await app.inject({ method, url, headers: AUTHORIZED, ...(payload && { payload }) })
    const content = document.paths[path]?.[method.toLowerCase()]?.responses[status]?.content ?? {}
    const [type = '', media] = Object.entries(content)[0] ?? []
    const validate = createValidator(document)(media?.schema ?? { not: {} })
    expect(String(answer.statusCode)).toBe(status)
    expect(answer.headers['content-type']).toContain(type)
    expect([validate(answer.json()), validate.errors]).toEqual([true, null])
  })
})

describe('the page at /docs', () => {
  async function readPage() {
    const { app, operations } = await readDocument()
    const answer = await app.inject({ url: '/docs', headers: { accept: 'text/html,*/*;q=0.8' } })
    return { answer, page: answer.body, operations }
  }

  it('has every route', async () => {
    const { page, operations } = await readPage()
    expect(operations).toHaveLength(ROUTES.length)
    for (const { route } of operations) {
      const [method, path] = route.split(' ')
      expect(page).toContain(`<code><b>${method}</b> ${path}</code>`)
    }
  })

  it('explains every problem where its type points', async () => {
    const { page } = await readPage()
    expect(Object.keys(PROBLEM_KINDS).filter((code) => !page.includes(`id="${code}"`))).toEqual([])
  })

  it('has a target for each of its links, and each id once', async () => {
    const { page } = await readPage()
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target)
    expect(targets.length).toBeGreaterThan(20)
    expect(targets.filter((target) => !ids.includes(target))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('may load its own style and nothing else', async () => {
    const { answer, page } = await readPage()
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain(`default-src 'none'; style-src 'sha256-${hash}';`)
    expect(policy).not.toContain('unsafe')
    expect(page).not.toMatch(/<script|<link|<img|style="|https?:\/\//)
  })
})
