import { describe, expect, it } from 'vitest'
import {
  assignBody,
  campaignBody,
  numeric,
  type SandboxClient,
  segmentBody,
  startSandbox,
  templateBody,
} from '../support/klaviyo-sandbox-client.ts'

async function createSegment({ post }: SandboxClient): Promise<string> {
  return String((await post('/api/segments', segmentBody('High', [numeric('aov', 'greater-than', 1)]))).at('data.id'))
}

async function createDraft(client: SandboxClient, name = 'Hello') {
  const reply = await client.post('/api/campaigns', campaignBody(name, await createSegment(client)))
  const id = String(reply.at('data.id'))
  return { id, reply, message: String(reply.at('data.relationships.campaign-messages.data.0.id')) }
}

const LIST = "/api/campaigns?filter=equals(messages.channel,'email')"

describe('campaigns in the sandbox', () => {
  it('begin as drafts that nobody has scheduled', async () => {
    const { reply } = await createDraft(await startSandbox())
    expect(reply.at('data.attributes')).toMatchObject({ status: 'Draft', scheduled_at: null, send_time: null })
  })

  it('cannot be sent', async () => {
    const client = await startSandbox()
    const { id } = await createDraft(client)
    const job = { data: { type: 'campaign-send-job', id } }
    expect((await client.post('/api/campaign-send-jobs', job)).status).toBe(404)
  })

  it('cannot be created for a moment', async () => {
    const client = await startSandbox()
    const body = campaignBody('Soon', await createSegment(client)) as { data: { attributes: object } }
    const strategy = { send_strategy: { method: 'static', datetime: '2027-01-01T00:00:00Z' } }
    const attributes = { ...body.data.attributes, ...strategy }
    const reply = await client.post('/api/campaigns', { data: { ...body.data, attributes } })
    expect([reply.status, reply.at('errors.0.source.pointer')]).toEqual([400, '/data/attributes/send_strategy/method'])
  })

  it('need an audience that exists', async () => {
    const { post } = await startSandbox()
    const reply = await post('/api/campaigns', campaignBody('Hello', 'Nobody'))
    expect([reply.status, reply.at('errors.0.source.pointer')]).toEqual([400, '/data/attributes/audiences'])
  })

  it('are listed only of one channel, by a part of their names', async () => {
    const client = await startSandbox()
    await createDraft(client, 'Upsell (a)')
    await createDraft(client, 'Bundles (b)')
    expect((await client.get('/api/campaigns')).status).toBe(400)
    const found = await client.get(`${LIST},contains(name,"(b)")`)
    expect([found.at('data.length'), found.at('data.0.attributes.name')]).toEqual([1, 'Bundles (b)'])
  })

  it('get a copy of a template, which the list of templates leaves out', async () => {
    const client = await startSandbox()
    const { id, message } = await createDraft(client)
    const template = String((await client.post('/api/templates', templateBody('Plain'))).at('data.id'))
    const assigned = await client.post('/api/campaign-message-assign-template', assignBody(message, template))
    expect(assigned.status).toBe(200)
    const messages = await client.get(`/api/campaigns/${id}/campaign-messages?include=template`)
    expect(messages.at('data.0.relationships.template.data.id')).not.toBe(template)
    expect(messages.at('included.0.attributes.html')).toBe('<p>Hello</p>')
    expect((await client.get('/api/templates')).at('data.length')).toBe(1)
  })

  it('keep their template once they are sent', async () => {
    const client = await startSandbox()
    const { id, message } = await createDraft(client)
    const template = String((await client.post('/api/templates', templateBody('Plain'))).at('data.id'))
    client.sandbox.state.changeCampaign(id, { status: 'Sent' })
    expect((await client.post('/api/campaign-message-assign-template', assignBody(message, template))).status).toBe(400)
  })
})

describe('templates in the sandbox', () => {
  it('number a thousand at most', async () => {
    const { post } = await startSandbox()
    for (let count = 0; count < 1_000; count++) await post('/api/templates', templateBody(`t${count}`))
    expect((await post('/api/templates', templateBody('one more'))).status).toBe(400)
  })

  it('are found by their whole name', async () => {
    const { get, post } = await startSandbox()
    await post('/api/templates', templateBody('Upsell'))
    await post('/api/templates', templateBody('Upsell too'))
    expect((await get('/api/templates?filter=equals(name,"Upsell")')).at('data.length')).toBe(1)
  })
})
