import { describe, expect, it } from 'vitest'
import { EXTRA_LIMITS, RATE_LIMITS, type RateLimit } from '../../src/sandbox/klaviyo/limits.ts'
import { OPERATIONS } from '../../src/sandbox/klaviyo/operations.ts'
import { readKlaviyoDocument } from '../support/klaviyo-document.ts'
import {
  assignBody,
  campaignBody,
  importBody,
  numeric,
  profile,
  type Reply,
  type SandboxClient,
  segmentBody,
  startSandbox,
  templateBody,
} from '../support/klaviyo-sandbox-client.ts'

const klaviyo = readKlaviyoDocument()

function documented() {
  if (klaviyo === undefined) throw new Error('skipped without the document')
  return klaviyo
}

const JOBS = '/api/profile-bulk-import-jobs'

/** Sends a request and holds the answer against the document, under the operation it belongs to. */
function judge({ send }: SandboxClient) {
  const seen = new Set<string>()
  const ask = async (id: string, method: string, path: string, body?: unknown): Promise<Reply> => {
    if (body !== undefined) expect(documented().requestProblems(id, body), `${id} request`).toEqual([])
    const reply = await send(method, path, body)
    expect(documented().responseProblems(id, reply.status, reply.document), `${id} ${reply.status}`).toEqual([])
    expect(reply.status, `${id} ${reply.text}`).toBeLessThan(300)
    seen.add(id)
    return reply
  }
  return { ask, seen }
}

describe.skipIf(klaviyo === undefined)("the sandbox and Klaviyo's own document (skipped without it)", () => {
  it('agree on every limit, scope and path', () => {
    for (const { id, scopes } of OPERATIONS) {
      const entry = documented().operation(id)
      expect(entry['x-klaviyo-ratelimit'], id).toEqual(toDocumentForm(RATE_LIMITS[id]))
      expect(entry['x-klaviyo-scopes'].toSorted(), id).toEqual(scopes.toSorted())
    }
    expect(Object.keys(RATE_LIMITS).toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted())
    expect(toDocumentForm(EXTRA_LIMITS.profileCount)).toEqual({ burst: '1/s', steady: '15/m' })
  })

  it('agree on query parameters: nothing is allowed here that is not there', () => {
    for (const { id, query } of OPERATIONS) {
      const { parameters } = documented().operation(id)
      const schemaOf = (name: string) => parameters.find((parameter) => parameter.name === name)?.schema
      const choicesOf = (name: string) => Object(schemaOf(name)?.['items'])['enum'] as string[] | undefined
      for (const type of Object.keys(query.fields ?? {})) {
        const known = choicesOf(`fields[${type}]`)
        const plain = query.fields?.[type]?.filter((field) => !field.endsWith('.*'))
        for (const field of plain ?? []) expect(known, `${id} fields[${type}]`).toContain(field)
      }
      for (const [type, fields] of Object.entries(query.additional ?? {})) {
        expect(choicesOf(`additional-fields[${type}]`)?.toSorted(), id).toEqual(fields.toSorted())
      }
      for (const value of query.include ?? []) expect(choicesOf('include'), id).toContain(value)
      for (const field of query.sort ?? []) expect(schemaOf('sort')?.['enum'], id).toContain(field)
      expect(schemaOf('page[size]')?.['maximum'], id).toBe(query.pageSize?.max)
      expect(schemaOf('page[size]')?.['default'], id).toBe(query.pageSize?.normal)
      expect(schemaOf('filter') !== undefined, `${id} filter`).toBe(query.filter !== undefined)
      expect(schemaOf('page[cursor]') !== undefined, `${id} cursor`).toBe(query.cursor === true)
    }
  })

  it('agree on the answer of every operation', async () => {
    const client = await startSandbox({ predictive: { 'a@example.com': { average_order_value: 42 } } })
    const { ask, seen } = judge(client)
    client.sandbox.faults.add({ kind: 'row-error', rows: 1 })

    const account = (await ask('get_accounts', 'GET', '/api/accounts')).at('data.0.id')
    await ask('get_account', 'GET', `/api/accounts/${account}`)
    const metric = (await ask('get_metrics', 'GET', '/api/metrics')).at('data.0.id')
    await ask('get_metric', 'GET', `/api/metrics/${metric}?include=flow-triggers`)
    await ask('get_mapped_metrics', 'GET', '/api/mapped-metrics?include=metric,custom-metric')
    await ask('get_mapped_metric', 'GET', '/api/mapped-metrics/revenue')

    const rows = [profile('failing@example.com'), profile('a@example.com', { aov: 60 }), profile('b@example.com')]
    const job = (await ask('bulk_import_profiles', 'POST', JOBS, importBody(rows))).at('data.id')
    await client.until(`${JOBS}/${job}`, (reply) => reply.at('data.attributes.status') === 'complete')
    await ask('get_bulk_import_profiles_job', 'GET', `${JOBS}/${job}`)
    await ask('get_bulk_import_profiles_jobs', 'GET', `${JOBS}?filter=equals(status,"complete")&sort=-created_at`)
    const errors = await ask('get_errors_for_bulk_import_profiles_job', 'GET', `${JOBS}/${job}/import-errors`)
    expect(errors.at('data.length')).toBe(1)
    await ask('get_profiles_for_bulk_import_profiles_job', 'GET', `${JOBS}/${job}/profiles?page[size]=1`)
    await ask('get_profile_ids_for_bulk_import_profiles_job', 'GET', `${JOBS}/${job}/relationships/profiles`)

    const one = { data: profile('c@example.com', { aov: 70, gone: 1 }, { patch_properties: { unset: ['gone'] } }) }
    const id = (await ask('create_or_update_profile', 'POST', '/api/profile-import', one)).at('data.id')
    await ask('create_or_update_profile', 'POST', '/api/profile-import', one)
    await ask('create_profile', 'POST', '/api/profiles', { data: profile('d@example.com') })
    const change = { data: { type: 'profile', id, attributes: { properties: { aov: 80 } } } }
    await ask('update_profile', 'PATCH', `/api/profiles/${id}`, change)
    const extra = 'additional-fields[profile]=predictive_analytics,subscriptions'
    await ask('get_profiles', 'GET', `/api/profiles?${extra}&filter=any(email,["a@example.com","b@example.com"])`)
    await ask('get_profiles', 'GET', '/api/profiles?page[size]=1')

    const body = segmentBody(
      'AOV | Mid',
      [numeric('aov', 'greater-than-or-equal', 50)],
      [numeric('aov', 'less-than', 100)],
    )
    const segment = String((await ask('create_segment', 'POST', '/api/segments', body)).at('data.id'))
    client.sandbox.state.attachFlow(segment, { name: 'Welcome' })
    const counted = `/api/segments/${segment}?additional-fields[segment]=profile_count`
    await client.until(counted, (reply) => reply.at('data.attributes.profile_count') === 2)
    await ask('get_profiles_for_segment', 'GET', `/api/segments/${segment}/profiles?sort=-joined_group_at`)
    await ask('get_profile_ids_for_segment', 'GET', `/api/segments/${segment}/relationships/profiles`)
    await ask('get_profile', 'GET', `/api/profiles/${id}?include=segments,lists&${extra}`)
    await ask('get_segments_for_profile', 'GET', `/api/profiles/${id}/segments`)
    await ask('get_segment_ids_for_profile', 'GET', `/api/profiles/${id}/relationships/segments`)

    const tagBody = { data: { type: 'tag', attributes: { name: 'scontrino' } } }
    const tag = (await ask('create_tag', 'POST', '/api/tags', tagBody)).at('data.id')
    const link = { data: [{ type: 'segment', id: segment }] }
    await ask('tag_segments', 'POST', `/api/tags/${tag}/relationships/segments`, link)
    await ask('get_segment_ids_for_tag', 'GET', `/api/tags/${tag}/relationships/segments`)
    await ask('get_segment', 'GET', `${counted}&include=tags,flow-triggers`)
    await ask('get_segments', 'GET', '/api/segments?include=tags,flow-triggers')
    await ask('get_flows_triggered_by_segment', 'GET', `/api/segments/${segment}/flow-triggers`)
    await ask('get_ids_for_flows_triggered_by_segment', 'GET', `/api/segments/${segment}/relationships/flow-triggers`)
    const flows = await ask('get_flows', 'GET', '/api/flows?filter=equals(status,"live")&sort=-created')
    expect(flows.at('data.0.attributes.name')).toBe('Welcome')
    await ask('get_tags_for_segment', 'GET', `/api/segments/${segment}/tags`)
    await ask('get_tag_ids_for_segment', 'GET', `/api/segments/${segment}/relationships/tags`)
    await ask('get_tags', 'GET', '/api/tags?include=tag-group&filter=equals(name,"scontrino")')
    await ask('get_tag', 'GET', `/api/tags/${tag}`)
    const template = await ask('create_template', 'POST', '/api/templates', templateBody('Upsell'))
    await ask('get_templates', 'GET', '/api/templates?filter=equals(name,"Upsell")')
    await ask('get_template', 'GET', `/api/templates/${template.at('data.id')}`)
    const draft = await ask('create_campaign', 'POST', '/api/campaigns', campaignBody('Upsell', segment))
    const campaign = String(draft.at('data.id'))
    const message = String(draft.at('data.relationships.campaign-messages.data.0.id'))
    const assign = assignBody(message, String(template.at('data.id')))
    await ask('assign_template_to_campaign_message', 'POST', '/api/campaign-message-assign-template', assign)
    const labelled = { data: [{ type: 'campaign', id: campaign }] }
    await ask('tag_campaigns', 'POST', `/api/tags/${tag}/relationships/campaigns`, labelled)
    await ask('get_campaign_ids_for_tag', 'GET', `/api/tags/${tag}/relationships/campaigns`)
    const email = `filter=equals(messages.channel,'email'),contains(name,"Up")`
    await ask('get_campaigns', 'GET', `/api/campaigns?${email}&include=campaign-messages,tags`)
    await ask('get_campaign', 'GET', `/api/campaigns/${campaign}`)
    await ask('get_messages_for_campaign', 'GET', `/api/campaigns/${campaign}/campaign-messages?include=template`)

    const renamed = { data: { type: 'tag', id: tag, attributes: { name: 'ours' } } }
    await ask('update_tag', 'PATCH', `/api/tags/${tag}`, renamed)
    await ask('remove_tag_from_segments', 'DELETE', `/api/tags/${tag}/relationships/segments`, link)
    await ask('delete_tag', 'DELETE', `/api/tags/${tag}`)
    const patch = { data: { type: 'segment', id: segment, attributes: { name: 'AOV | Middle' } } }
    await ask('update_segment', 'PATCH', `/api/segments/${segment}`, patch)
    await ask('delete_segment', 'DELETE', `/api/segments/${segment}`)

    const person = { type: 'profile', attributes: { email: 'c@example.com' } }
    const deletion = { type: 'data-privacy-deletion-job', attributes: { profile: { data: person } } }
    await ask('request_profile_deletion', 'POST', '/api/data-privacy-deletion-jobs', { data: deletion })

    expect(OPERATIONS.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([])
  })

  it('agree on the shape of every refusal', async () => {
    const { send } = await startSandbox({ apiKeys: { pk_reader: ['profiles:read'], pk_all: 'all' } })
    const as = (key: string, fault = '') => ({
      authorization: `Klaviyo-API-Key ${key}`,
      ...(fault !== '' && { 'x-sandbox-fault': fault }),
    })
    const replies = [
      await send('GET', '/api/tags', undefined, as('pk_other')),
      await send('GET', '/api/tags', undefined, as('pk_reader')),
      await send('GET', '/api/tags?shoe=1', undefined, as('pk_all')),
      await send('GET', '/api/tags/nope', undefined, as('pk_all')),
      await send('GET', '/api/tags', undefined, as('pk_all', 'status; status=429')),
      await send('GET', '/api/tags', undefined, as('pk_all', 'status; status=503')),
    ]
    expect(replies.map(({ status }) => status)).toEqual([401, 403, 400, 404, 429, 503])
    for (const { status, document } of replies) {
      expect(documented().responseProblems('get_tags', status, document), String(status)).toEqual([])
    }
  })

  it.each(refusedSegments())('refuse the same segment: %s', async (_why, body) => {
    const { post } = await startSandbox()
    expect(documented().requestProblems('create_segment', body)).not.toEqual([])
    expect((await post('/api/segments', body)).status).toBe(400)
  })

  it.each(refusedImports())('refuse the same import: %s', async (_why, body) => {
    const { post } = await startSandbox()
    expect(documented().requestProblems('bulk_import_profiles', body)).not.toEqual([])
    expect((await post(JOBS, body)).status).toBe(400)
  })

  it.each(acceptedFilters())('accept the same filter: %j', async (filter) => {
    const { post } = await startSandbox()
    const body = segmentBody('a', [{ type: 'profile-property', property: "properties['x']", filter }])
    expect(documented().requestProblems('create_segment', body)).toEqual([])
    expect((await post('/api/segments', body)).status).toBe(201)
  })
})

function toDocumentForm({ burst, steady, daily }: RateLimit): object {
  return { burst: `${burst}/s`, steady: `${steady}/m`, ...(daily !== undefined && { daily: `${daily}/d` }) }
}

function refusedSegments(): [string, object][] {
  const withFilter = (filter: object) =>
    segmentBody('a', [{ type: 'profile-property', property: "properties['aov']", filter }])
  const { data } = segmentBody('a', [numeric('aov', 'equals', 1)]) as { data: { attributes: { definition: object } } }
  return [
    ['a numeric between', withFilter({ type: 'numeric', operator: 'between', start: 1, end: 2 })],
    ['an operator gt', withFilter({ type: 'numeric', operator: 'gt', value: 1 })],
    ['a number as text', withFilter({ type: 'numeric', operator: 'equals', value: '1' })],
    ['a filter without a value', withFilter({ type: 'numeric', operator: 'equals' })],
    ['a filter of an unknown type', withFilter({ type: 'money', operator: 'equals', value: 1 })],
    ['a date that is none', withFilter({ type: 'date', operator: 'after', date: 'yesterday' })],
    [
      'after with value instead of date',
      withFilter({ type: 'date', operator: 'after', value: '2026-01-01T00:00:00Z' }),
    ],
    ['an unknown condition', segmentBody('a', [{ type: 'profile-attribute', field: 'x' }])],
    ['no name', { data: { type: 'segment', attributes: { definition: data.attributes.definition } } }],
    ['no definition', { data: { type: 'segment', attributes: { name: 'a' } } }],
    ['another type', { data: { ...data, type: 'list' } }],
    [
      'an unknown dimension',
      segmentBody('a', [
        {
          type: 'profile-predictive-analytics',
          dimension: 'aov',
          filter: { type: 'numeric', operator: 'equals', value: 1 },
        },
      ]),
    ],
  ]
}

function refusedImports(): [string, object][] {
  return [
    ['an address that is a number', importBody([{ type: 'profile', attributes: { email: 5 } }])],
    ['properties that are a list', importBody([{ type: 'profile', attributes: { email: 'a@b.com', properties: [] } }])],
    ['a row of another type', importBody([{ type: 'person', attributes: { email: 'a@b.com' } }])],
    ['a row without attributes', importBody([{ type: 'profile' }])],
    ['no profiles', { data: { type: 'profile-bulk-import-job', attributes: {} } }],
    ['unset that is a number', importBody([profile('a@b.com', {}, { patch_properties: { unset: 5 } })])],
  ]
}

function acceptedFilters(): object[] {
  return [
    { type: 'numeric', operator: 'less-than-or-equal', value: 50 },
    { type: 'numeric', operator: 'not-equals', value: 50.5 },
    { type: 'string', operator: 'equals', value: 'USD' },
    { type: 'string', operator: 'in', value: ['USD', 'EUR'] },
    { type: 'boolean', operator: 'equals', value: true },
    { type: 'existence', operator: 'is-set' },
    { type: 'list', operator: 'contains', value: 'a' },
    { type: 'date', operator: 'in-the-last', quantity: 30, unit: 'day' },
    { type: 'date', operator: 'between', start: 1, end: 2, unit: 'week' },
    { type: 'date', operator: 'before', date: '2026-01-01T00:00:00Z' },
    { type: 'date', operator: 'anniversary' },
  ]
}
