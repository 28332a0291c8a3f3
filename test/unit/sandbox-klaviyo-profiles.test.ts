import { describe, expect, it } from 'vitest'
import { createPack, unpack } from '../../src/sandbox/klaviyo/packed-properties.ts'
import { decodeSequence, encodeProfileId } from '../../src/sandbox/klaviyo/profile-id.ts'
import { profile, startSandbox } from '../support/klaviyo-sandbox-client.ts'

const upsert = (email: string, properties: object, meta?: object) => ({
  data: { ...profile(email, { ...properties }), ...(meta && { meta }) },
})

describe('profile-import', () => {
  it('answers 201 for a new profile and 200 for a known one, whatever the case of its address', async () => {
    const { post } = await startSandbox()
    const created = await post('/api/profile-import', upsert('Ada@Example.com', { aov: 5 }))
    const updated = await post('/api/profile-import', upsert('ada@example.COM', { aov: 6 }))
    expect([created.status, updated.status]).toEqual([201, 200])
    expect(updated.at('data.id')).toBe(created.at('data.id'))
  })

  it('merges properties by key, keeps 0, false and empty text, and clears with null', async () => {
    const { post, sandbox } = await startSandbox()
    await post('/api/profile-import', upsert('a@example.com', { aov: 5, band: 'low', vip: true }))
    await post('/api/profile-import', upsert('a@example.com', { aov: 0, vip: false, note: '', band: null }))
    expect(sandbox.state.propertiesOf('a@example.com')).toEqual({ aov: 0, vip: false, note: '' })
  })

  it('appends, unappends and unsets by meta.patch_properties', async () => {
    const { post, sandbox } = await startSandbox()
    await post('/api/profile-import', upsert('a@example.com', { tags: ['x'], old: 1, older: 2 }))
    const patch = { append: { tags: 'y' }, unappend: { tags: 'x' }, unset: ['old', 'older'] }
    await post('/api/profile-import', upsert('a@example.com', {}, { patch_properties: patch }))
    expect(sandbox.state.propertiesOf('a@example.com')).toEqual({ tags: ['y'] })
  })

  it('tells every mistake at once, each with its pointer', async () => {
    const { post } = await startSandbox()
    const attributes = { email: 'nobody', shoe_size: 41, properties: [] }
    const reply = await post('/api/profile-import', { data: { type: 'person', attributes } })
    const pointers = (reply.at('errors') as { source: { pointer: string } }[]).map(({ source }) => source.pointer)
    expect(reply.status).toBe(400)
    expect(pointers).toEqual([
      '/data/type',
      '/data/attributes/email',
      '/data/attributes/shoe_size',
      '/data/attributes/properties',
    ])
  })

  it.each([
    'plain',
    'a@b',
    'a@@b.com',
    'a b@c.com',
    'a@b..com',
    '.a@b.com',
    'a@-b.com',
    'ä@b.com',
    `${'a'.repeat(250)}@b.com`,
  ])('refuses the address %s', async (email) => {
    const { post } = await startSandbox()
    expect((await post('/api/profile-import', upsert(email, {}))).status).toBe(400)
  })

  it('needs an identifier', async () => {
    const { post } = await startSandbox()
    const reply = await post('/api/profile-import', { data: { type: 'profile', attributes: { properties: {} } } })
    expect(reply.status).toBe(400)
  })

  it('answers 409 when the identifiers belong to different profiles', async () => {
    const { post } = await startSandbox()
    await post('/api/profile-import', upsert('a@example.com', {}))
    const other = await post('/api/profile-import', { data: { type: 'profile', attributes: { external_id: 'b' } } })
    const both = { data: { type: 'profile', attributes: { email: 'a@example.com', external_id: 'b' } } }
    expect(other.status).toBe(201)
    expect((await post('/api/profile-import', both)).at('errors.0.code')).toBe('duplicate_profile')
  })

  it('refuses a profile over 100 KB with 413', async () => {
    const { post } = await startSandbox()
    const reply = await post('/api/profile-import', upsert('a@example.com', { long: 'x'.repeat(100_000) }))
    expect(reply.status).toBe(413)
  })
})

describe('creating and changing a profile', () => {
  it('a second creation is a 409 that names the first', async () => {
    const { post } = await startSandbox()
    const first = await post('/api/profiles', upsert('a@example.com', {}))
    const second = await post('/api/profiles', upsert('A@example.com', {}))
    expect(second.status).toBe(409)
    expect(second.at('errors.0.meta.duplicate_profile_id')).toBe(first.at('data.id'))
  })

  it('PATCH changes an address, and the old one is free again', async () => {
    const { post, send } = await startSandbox()
    const id = (await post('/api/profiles', upsert('old@example.com', {}))).at('data.id')
    const body = { data: { type: 'profile', id, attributes: { email: 'new@example.com' } } }
    expect((await send('PATCH', `/api/profiles/${id}`, body)).at('data.attributes.email')).toBe('new@example.com')
    expect((await post('/api/profiles', upsert('old@example.com', {}))).status).toBe(201)
  })
})

describe('reading profiles', () => {
  it('finds by any(email), without regard to case, and leaves unknown ones out', async () => {
    const { get, sandbox } = await startSandbox()
    sandbox.state.seedProfiles([{ email: 'a@example.com' }, { email: 'b@example.com' }])
    const filter = encodeURIComponent('any(email,["A@example.com","c@example.com"])')
    const reply = await get(`/api/profiles?filter=${filter}`)
    expect(reply.at('data.length')).toBe(1)
    expect(reply.at('data.0.attributes.email')).toBe('a@example.com')
  })

  it('pages through all of them, each exactly once, and back', async () => {
    const { get, sandbox } = await startSandbox()
    sandbox.state.seedProfiles(Array.from({ length: 45 }, (_, index) => ({ email: `p${index}@example.com` })))
    const seen: unknown[] = []
    let reply = await get('/api/profiles?page[size]=20')
    const firstPage = reply.at('data')
    for (;;) {
      seen.push(...(reply.at('data') as { id: string }[]).map(({ id }) => id))
      const next = reply.at('links.next')
      if (next === null) break
      reply = await get(String(next))
    }
    expect(new Set(seen).size).toBe(45)
    expect(seen).toHaveLength(45)
    const back = await get(String((await get(String(reply.at('links.prev')))).at('links.prev')))
    expect(back.at('data')).toEqual(firstPage)
  })

  it('gives predictive analytics only when asked, all null in an account that is not eligible', async () => {
    const { get, sandbox } = await startSandbox()
    sandbox.state.seedProfiles([{ email: 'a@example.com' }])
    const asked = await get('/api/profiles?additional-fields[profile]=predictive_analytics')
    expect((await get('/api/profiles')).at('data.0.attributes.predictive_analytics')).toBeUndefined()
    expect(asked.at('data.0.attributes.predictive_analytics.average_order_value')).toBeNull()
  })

  it('gives the figures of an eligible account, and only the fields that were asked for', async () => {
    const { get, sandbox } = await startSandbox({ predictive: { 'A@example.com': { average_order_value: 42.5 } } })
    sandbox.state.seedProfiles([{ email: 'a@example.com' }])
    const query =
      'additional-fields[profile]=predictive_analytics&fields[profile]=predictive_analytics.average_order_value'
    const reply = await get(`/api/profiles?${query}`)
    expect(reply.at('data.0.attributes')).toEqual({ predictive_analytics: { average_order_value: 42.5 } })
    expect(reply.at('data.0.relationships')).toBeUndefined()
  })

  it.each([
    '?page[size]=101',
    '?page[size]=0',
    '?page[number]=2',
    '?sort=aov',
    '?include=orders',
    '?filter=equals(shoe,"x")',
    '?filter=contains(email,"x")',
    '?filter=nonsense',
    '?fields[profile]=shoe',
    '?fields[segment]=name',
    '?additional-fields[profile]=orders',
    '?page[cursor]=nonsense',
  ])('refuses %s with 400 and names the parameter', async (query) => {
    const { get } = await startSandbox()
    const reply = await get(`/api/profiles${query}`)
    expect(reply.status).toBe(400)
    expect(reply.at('errors.0.source.parameter')).toBeTypeOf('string')
  })

  it('answers 404 for an id that is nobody’s', async () => {
    const { get } = await startSandbox()
    expect((await get('/api/profiles/01M1PAAWG9ZV3P6AA4RTJZWYAK')).status).toBe(404)
  })
})

describe('stored form', () => {
  it('ids sort by creation and lead back to their profile', () => {
    const ids = [0, 1, 31, 32, 199_999].map((sequence) => encodeProfileId(1_790_000_000_000, sequence))
    expect(ids.toSorted()).toEqual(ids)
    expect(ids.map(decodeSequence)).toEqual([0, 1, 31, 32, 199_999])
    expect(decodeSequence('01M1PAAWG9ZV3P6AA4RTJZWYAK')).toBeNull()
  })

  it('packed properties come back as they were, and share their names', () => {
    const pack = createPack()
    const first = pack({ aov: 0, vip: false, tags: ['a'], nested: { b: null } })
    expect(unpack(first)).toEqual({ aov: 0, vip: false, tags: ['a'], nested: { b: null } })
    expect(pack({ aov: 1, vip: true, tags: [], nested: {} }).names).toBe(first.names)
  })
})
