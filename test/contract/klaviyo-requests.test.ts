import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Ajv, type ValidateFunction } from 'ajv'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SegmentCondition, SegmentSpec } from '../../src/core/segments/segment.ts'
import { OPERATIONS, type Operation, REVISION } from '../../src/destinations/klaviyo/limits.ts'
import { importJob } from '../../src/destinations/klaviyo/schema.ts'
import { page, type Seen, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const SPEC = join(import.meta.dirname, '../../../shared/specs', `klaviyo-${REVISION}.openapi.json.gz`)
const present = existsSync(SPEC)

type Schema = { [key: string]: unknown }

const parameter = z.object({
  name: z.string(),
  schema: z.object({
    maximum: z.number().optional(),
    enum: z.array(z.string()).optional(),
    items: z.object({ enum: z.array(z.string()).optional() }).optional(),
  }),
})
const operationSchema = z.object({
  description: z.string(),
  'x-klaviyo-ratelimit': z.object({ burst: z.string(), steady: z.string(), daily: z.string().optional() }),
  'x-klaviyo-scopes': z.array(z.string()),
  parameters: z.array(parameter).default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }) })) })
    .optional(),
})
const documentSchema = z.object({
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
})

const document = present ? documentSchema.parse(JSON.parse(gunzipSync(readFileSync(SPEC)).toString())) : undefined

/** The document's own entry for an operation of ours; its placeholder need not be called `{id}`. */
function documented({ method, path }: Operation) {
  const found = Object.entries(document?.paths ?? {}).find(([name]) => name.replace(/\{\w+\}/, '{id}') === path)
  return operationSchema.parse(found?.[1][method.toLowerCase()])
}

/**
 * The document's schemas as Ajv can use them: `nullable` beside no type becomes an alternative, `oneOf` of number and
 * integer becomes `anyOf`. Objects are closed, as Klaviyo's server closes them and its document does not.
 */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema)
  if (typeof value !== 'object' || value === null) return value
  const schema: Schema = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJsonSchema(part)]))
  if (Array.isArray(schema['oneOf'])) {
    schema['anyOf'] = schema['oneOf']
    delete schema['oneOf']
  }
  if (schema['type'] === 'object' && schema['properties'] !== undefined) schema['additionalProperties'] = false
  if (schema['nullable'] !== true || schema['type'] !== undefined) return schema
  const { nullable: _nullable, ...rest } = schema
  return { anyOf: [rest, { type: 'null' }] }
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false })
if (document !== undefined) {
  ajv.addSchema({ $id: 'klaviyo', components: toJsonSchema(document.components) as Schema })
}

const validators = new Map<string, ValidateFunction>()

/** Problems that Klaviyo's document has with a body; [] when it accepts it. */
function problemsOf(operation: Operation, body: unknown): unknown[] {
  const ref = Object.values(documented(operation).requestBody?.content ?? {})[0]?.schema.$ref
  if (ref === undefined) throw new Error(`${operation.name} takes no body in the document`)
  const validate = validators.get(ref) ?? ajv.compile({ $ref: `klaviyo${ref}` })
  validators.set(ref, validate)
  return validate(body) ? [] : (validate.errors ?? [])
}

/** What we send must be named in the document; page sizes within bounds, listed fields among the allowed. */
function strangeParameters(operation: Operation, { query }: Seen): string[] {
  const known = new Map(documented(operation).parameters.map(({ name, schema }) => [name, schema]))
  return Object.entries(query).flatMap(([name, value]) => {
    const schema = known.get(name)
    if (schema === undefined) return [name]
    const allowed = schema.items?.enum ?? schema.enum
    const strange = allowed === undefined ? [] : value.split(',').filter((part) => !allowed.includes(part))
    return schema.maximum !== undefined && Number(value) > schema.maximum ? [...strange, `${name}=${value}`] : strange
  })
}

describe.skipIf(!present)(`Klaviyo's own document of ${REVISION}`, () => {
  const klaviyo = scriptKlaviyo()
  const operations: Operation[] = Object.values(OPERATIONS)
  const reference = { data: { type: 'x', id: 'X1' } }

  it('is of the revision that we name', () => {
    expect(document?.info.version).toBe(REVISION)
  })

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    'allows %s as often as we think',
    (_name, operation) => {
      const { perSecond, perMinute, perDay } = operation.rate
      const entry = documented(operation)
      if (operation.additionalField !== undefined) {
        const [, special = ''] = entry.description.split(`=${operation.additionalField}\` parameter`)
        expect(special).toMatch(new RegExp(`Burst: \`${perSecond}/s\`<br>Steady: \`${perMinute}/m\``))
        return
      }
      expect(entry['x-klaviyo-ratelimit']).toEqual({
        burst: `${perSecond}/s`,
        steady: `${perMinute}/m`,
        ...(perDay === undefined ? {} : { daily: `${perDay}/d` }),
      })
    },
  )

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    'asks the scopes of us for %s that we think',
    (_name, operation) => {
      expect([...operation.scopes].sort()).toEqual(documented(operation)['x-klaviyo-scopes'].toSorted())
    },
  )

  it('refuses what Klaviyo refuses, so that accepting means something', () => {
    const numericBetween = {
      type: 'profile-property',
      property: "properties['aov']",
      filter: { type: 'numeric', operator: 'between', start: 1, end: 2 },
    }
    const definition = { condition_groups: [{ conditions: [numericBetween] }] }
    const segment = { data: { type: 'segment', attributes: { name: 'x', definition } } }
    expect(problemsOf(OPERATIONS.createSegment, segment)).not.toEqual([])
    const profile = { data: { type: 'profile', attributes: { email: 'a@example.com', firstname: 'A' } } }
    expect(problemsOf(OPERATIONS.pushProfile, profile)).not.toEqual([])
  })

  const updates = [
    { email: "o'brien@example.com", properties: { aov: 12.5, order_count: 0, vip: false, note: '', old: null } },
    { email: 'b@example.com', properties: { old: null } },
    { email: 'c@example.com', properties: {} },
  ]

  it.each(updates)('accepts the profile of $email', async (update) => {
    const seen = klaviyo.answer('POST /api/profile-import', 201, reference)
    await klaviyo.destination().pushProfile(update, signal)
    expect(problemsOf(OPERATIONS.pushProfile, seen.body)).toEqual([])
  })

  it('accepts an import job', async () => {
    const seen = klaviyo.answer('POST /api/profile-bulk-import-jobs', 202, reference)
    await klaviyo.destination().startImport(updates, signal)
    expect(problemsOf(OPERATIONS.startImport, seen.body)).toEqual([])
  })

  it('accepts the deletion of a profile', async () => {
    const seen = klaviyo.answer('POST /api/data-privacy-deletion-jobs', 202)
    await klaviyo.destination().deleteProfile('a@example.com', signal)
    expect(problemsOf(OPERATIONS.deleteProfile, seen.body)).toEqual([])
  })

  it('knows no state of an import job but those that we know', () => {
    const job = document?.components.schemas['ProfileImportJobResponseObjectResource']
    const status = z
      .object({
        properties: z.object({
          attributes: z.object({ properties: z.object({ status: z.object({ enum: z.array(z.string()) }) }) }),
        }),
      })
      .parse(job).properties.attributes.properties.status
    expect(importJob.shape.attributes.shape.status.options.toSorted()).toEqual(status.enum.toSorted())
  })

  const one = (condition: SegmentCondition, basis: SegmentSpec['basis'] = 'property'): SegmentSpec => ({
    key: 'k',
    name: 'AOV | "High" > £500',
    all: [{ any: [condition] }],
    basis,
  })
  const segments: SegmentSpec[] = [
    ...(['gt', 'gte', 'lt', 'lte', 'eq'] as const).flatMap((operator) => [
      one({ property: 'aov', operator, value: 99.95 }),
      one({ property: 'order_count', operator, value: 0 }, 'predictive'),
    ]),
    one({ property: 'aov', operator: 'between', value: [0, 500] }),
    one({ property: 'aov', operator: 'between', value: [200, 500] }, 'predictive'),
    one({ property: 'avg_days_between_orders', operator: 'lt', value: 30 }, 'predictive'),
    one({ property: 'customer_type', operator: 'eq', value: 'new' }),
    one({ property: 'aov_band', operator: 'in', value: ['low', 'mid'] }),
    ...(['first_order_at', 'last_order_at', 'aov_updated_at'] as const).flatMap((property) => [
      one({ property, operator: 'before', value: '2026-07-01' }),
      one({ property, operator: 'after', value: '2026-01-01' }),
      one({ property, operator: 'inLastDays', value: 90 }),
    ]),
  ]

  it.each(segments.map((spec) => [JSON.stringify(spec.all[0]?.any[0]), spec.basis, spec] as const))(
    'accepts a new segment of %s by %s',
    async (_condition, _basis, spec) => {
      const seen = klaviyo.answer('POST /api/segments', 201, reference)
      const destination = klaviyo.destination({ prefix: 'shop_' })
      await destination.createSegment(spec.name, destination.toDefinition(spec), signal)
      expect(problemsOf(OPERATIONS.createSegment, seen.body)).toEqual([])
    },
  )

  it('accepts a changed segment', async () => {
    const seen = klaviyo.answer('PATCH /api/segments/S1', 200, reference)
    const destination = klaviyo.destination()
    const definition = destination.toDefinition(one({ property: 'aov', operator: 'lt', value: 200 }))
    await destination.updateSegment('S1', { name: 'low', definition }, signal)
    expect(problemsOf(OPERATIONS.updateSegment, seen.body)).toEqual([])
  })

  it('accepts our tag and what we put it on', async () => {
    klaviyo.answer('GET /api/tags', 200, page([]))
    const created = klaviyo.answer('POST /api/tags', 201, reference)
    const put = klaviyo.answer('POST /api/tags/X1/relationships/segments', 204)
    await klaviyo.destination().tagSegments(['S1'], signal)
    expect(problemsOf(OPERATIONS.createTag, created.body)).toEqual([])
    expect(problemsOf(OPERATIONS.tagSegments, put.body)).toEqual([])
  })

  it('accepts the draft of a campaign, its template and our tag on it', async () => {
    const text = { title: 'Upsell', subject: 'Hello', previewText: 'Come in', html: '<p>Hello</p>', text: 'Hello' }
    const { campaigns } = klaviyo.destination()
    const sent: [Operation, Seen][] = [
      [OPERATIONS.createTemplate, klaviyo.answer('POST /api/templates', 201, reference)],
      [OPERATIONS.createCampaign, klaviyo.answer('POST /api/campaigns', 201, reference)],
      [OPERATIONS.assignTemplate, klaviyo.answer('POST /api/campaign-message-assign-template', 200, reference)],
      [OPERATIONS.tagCampaigns, klaviyo.answer('POST /api/tags/X1/relationships/campaigns', 204)],
    ]
    klaviyo.answer('GET /api/tags', 200, page([{ id: 'X1', attributes: { name: 'scontrino' } }]))
    await campaigns.createTemplate('Upsell, en (scontrino high)', text, signal)
    await campaigns.createDraft('High: Upsell (scontrino high)', 'S1', text, signal)
    await campaigns.assignTemplate('M1', 'T1', signal)
    await campaigns.tagCampaign('C1', signal)
    expect(sent.map(([operation, seen]) => [operation.name, problemsOf(operation, seen.body)])).toEqual(
      sent.map(([operation]) => [operation.name, []]),
    )
  })

  it('knows every parameter of our reads, and allows its values', async () => {
    const asked: [Operation, Seen][] = []
    const prepare = (operation: Operation, body: unknown = page([])) => {
      const path = operation.path.replace('{id}', 'X1')
      asked.push([operation, klaviyo.answer(`GET ${path}`, 200, body)])
    }
    const tag = { type: 'tag', id: 'X1', attributes: { name: 'scontrino' } }
    const account = { id: 'A', attributes: { timezone: 'UTC', preferred_currency: 'GBP' } }
    prepare(OPERATIONS.findProfiles)
    prepare(OPERATIONS.findProfiles)
    prepare(OPERATIONS.listImportErrors)
    prepare(OPERATIONS.listTags, page([tag]))
    prepare(OPERATIONS.listTaggedSegments)
    prepare(OPERATIONS.listSegments)
    prepare(OPERATIONS.countMembers, { data: { id: 'X1', attributes: { profile_count: 1 } } })
    prepare(OPERATIONS.listFlowTriggers)
    const destination = klaviyo.destination()
    await destination.findProfiles(['a@example.com'], signal)
    await destination.fetchProfiles(['a@example.com'], signal)
    for await (const _refusals of destination.readImportRefusals('X1', signal));
    await destination.fetchSegments({ ids: ['X1'], names: [] }, signal)
    await destination.fetchSegmentSize('X1', signal)
    await destination.fetchFlowTriggers('X1', signal)

    prepare(OPERATIONS.fetchAccount, page([account]))
    prepare(OPERATIONS.findProfiles)
    prepare(OPERATIONS.listImports)
    prepare(OPERATIONS.listSegments)
    prepare(OPERATIONS.listTags)
    prepare(OPERATIONS.listFlows)
    prepare(OPERATIONS.listMetrics)
    prepare(OPERATIONS.listMappedMetrics)
    prepare(OPERATIONS.samplePredictions)
    await destination.check({ currency: 'GBP', timezone: 'UTC', ownFigures: false, campaignDrafts: false }, signal)

    prepare(OPERATIONS.listTags, page([tag]))
    prepare(OPERATIONS.listTaggedCampaigns, page([{ id: 'C1' }]))
    prepare(OPERATIONS.listCampaigns)
    prepare(OPERATIONS.listCampaigns)
    prepare(OPERATIONS.listTemplates)
    prepare(OPERATIONS.listMessages, page([{ id: 'M1' }]))
    await destination.campaigns.findCampaigns('scontrino high', 'S1', signal)
    await destination.campaigns.findTemplate('Upsell', signal)
    await destination.campaigns.fetchMessage('X1', signal)

    const strange = asked.map(([operation, seen]) => [operation.name, strangeParameters(operation, seen)])
    expect(strange.filter(([, names]) => names?.length !== 0)).toEqual([])
  })
})
