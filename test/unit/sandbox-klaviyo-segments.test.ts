import { describe, expect, it } from 'vitest'
import { numeric, type Reply, segmentBody, startSandbox } from '../support/klaviyo-sandbox-client.ts'

const START = Date.UTC(2026, 10, 21)
const MINUTE = 60_000
const count = (reply: Reply) => reply.at('data.attributes.profile_count')
const counted = (id: unknown) => `/api/segments/${id}?additional-fields[segment]=profile_count`

describe('membership', () => {
  it('appears some nine minutes after creation, long after is_processing said false', async () => {
    let nowMs = START
    const { post, get, until, sandbox } = await startSandbox({ fast: false, now: () => nowMs })
    sandbox.state.seedProfiles([{ email: 'a@example.com', properties: { aov: 60 } }])
    const created = await post('/api/segments', segmentBody('a', [numeric('aov', 'greater-than', 50)]))
    const id = created.at('data.id')
    expect(created.at('data.attributes.is_processing')).toBe(true)
    nowMs += 5 * MINUTE
    const early = await get(counted(id))
    expect([early.at('data.attributes.is_processing'), count(early)]).toEqual([false, 0])
    nowMs += 4 * MINUTE
    expect(count(await until(counted(id), (reply) => count(reply) === 1))).toBe(1)
    expect((await get(`/api/segments/${id}/profiles`)).at('data.0.attributes.joined_group_at')).toBe(
      '2026-11-21T00:09:00+00:00',
    )
  })

  it('follows a profile that changes', async () => {
    const { post, until, sandbox } = await startSandbox()
    const email = 'a@example.com'
    sandbox.state.seedProfiles([{ email, properties: { aov: 60 } }])
    const id = (await post('/api/segments', segmentBody('a', [numeric('aov', 'greater-than', 50)]))).at('data.id')
    expect(count(await until(counted(id), (reply) => count(reply) === 1))).toBe(1)
    sandbox.state.seedProfiles([{ email, properties: { aov: 40 } }])
    expect(count(await until(counted(id), (reply) => count(reply) === 0))).toBe(0)
  })

  it('follows a definition that changes, and those who stay keep the day they joined', async () => {
    let nowMs = START
    const { post, send, get, until, sandbox } = await startSandbox({ fast: false, now: () => nowMs })
    sandbox.state.seedProfiles([
      { email: 'a@example.com', properties: { aov: 60 } },
      { email: 'b@example.com', properties: { aov: 80 } },
    ])
    const body = segmentBody('a', [numeric('aov', 'greater-than', 50)])
    const id = (await post('/api/segments', body)).at('data.id')
    nowMs += 9 * MINUTE
    await until(counted(id), (reply) => count(reply) === 2)
    const { attributes } = (segmentBody('a', [numeric('aov', 'greater-than', 70)]) as never as Body).data
    await send('PATCH', `/api/segments/${id}`, { data: { type: 'segment', id, attributes } })
    nowMs += 9 * MINUTE
    await until(counted(id), (reply) => count(reply) === 1)
    const members = await get(`/api/segments/${id}/profiles`)
    expect(members.at('data.0.attributes')).toMatchObject({
      email: 'b@example.com',
      joined_group_at: '2026-11-21T00:09:00+00:00',
    })
  })

  it('of a condition on passing time is looked at again every day', async () => {
    let nowMs = START
    const { post, until, sandbox } = await startSandbox({ fast: false, now: () => nowMs })
    sandbox.state.seedProfiles([{ email: 'a@example.com', properties: { last: '2026-11-20T00:00:00Z' } }])
    const filter = { type: 'date', operator: 'in-the-last', quantity: 2, unit: 'day' }
    const recent = { type: 'profile-property', property: "properties['last']", filter }
    const id = (await post('/api/segments', segmentBody('recent', [recent]))).at('data.id')
    nowMs += 9 * MINUTE
    await until(counted(id), (reply) => count(reply) === 1)
    nowMs += 25 * 60 * MINUTE
    expect(count(await until(counted(id), (reply) => count(reply) === 0))).toBe(0)
  })

  it('is computed for five segments at a time; the sixth waits', async () => {
    let nowMs = START
    const { post, get, until, sandbox } = await startSandbox({ fast: false, now: () => nowMs })
    sandbox.state.seedProfiles([{ email: 'a@example.com', properties: { aov: 60 } }])
    const ids: unknown[] = []
    for (let index = 0; index < 6; index++) {
      ids.push((await post('/api/segments', segmentBody('a', [numeric('aov', 'greater-than', 50)]))).at('data.id'))
    }
    nowMs += 9 * MINUTE
    await until(counted(ids[4]), (reply) => count(reply) === 1)
    expect(count(await get(counted(ids[5])))).toBe(0)
    nowMs += 9 * MINUTE
    expect(count(await until(counted(ids[5]), (reply) => count(reply) === 1))).toBe(1)
  })

  it('is paged, filtered and told the other way round', async () => {
    const { post, get, until, sandbox } = await startSandbox()
    const seeds = Array.from({ length: 150 }, (_, index) => ({
      email: `p${index}@example.com`,
      properties: { aov: 60 },
    }))
    sandbox.state.seedProfiles(seeds)
    const id = (await post('/api/segments', segmentBody('a', [numeric('aov', 'greater-than', 50)]))).at('data.id')
    await until(counted(id), (reply) => count(reply) === 150)
    const first = await get(`/api/segments/${id}/relationships/profiles?page[size]=100`)
    const second = await get(String(first.at('links.next')))
    expect([first.at('data.length'), second.at('data.length'), second.at('links.next')]).toEqual([100, 50, null])
    const one = await get(`/api/segments/${id}/profiles?filter=equals(email,"P7@example.com")`)
    expect(one.at('data.length')).toBe(1)
    expect((await get(`/api/profiles/${one.at('data.0.id')}/segments`)).at('data.0.id')).toBe(id)
    expect((await get(`/api/segments/${id}/profiles?page[size]=101`)).status).toBe(400)
  })
})

interface Body {
  readonly data: { readonly attributes: object }
}

describe('segments', () => {
  it('are listed ten at a time, found by name and id, and sorted', async () => {
    const { post, get } = await startSandbox()
    for (let index = 0; index < 12; index++) {
      await post('/api/segments', segmentBody(`s${index % 11}`, [numeric('aov', 'equals', 1)]))
    }
    const first = await get('/api/segments')
    expect([first.at('data.length'), (await get(String(first.at('links.next')))).at('data.length')]).toEqual([10, 2])
    expect((await get('/api/segments?filter=any(name,["s0","s3"])')).at('data.length')).toBe(3)
    expect((await get('/api/segments?sort=-name')).at('data.0.attributes.name')).toBe('s9')
    expect((await get('/api/segments?page[size]=11')).status).toBe(400)
  })

  it('give profile_count on their own and never in a list', async () => {
    const { get } = await startSandbox()
    expect((await get('/api/segments?additional-fields[segment]=profile_count')).status).toBe(400)
  })

  it('are deactivated by that attribute alone', async () => {
    const { post, send } = await startSandbox()
    const id = (await post('/api/segments', segmentBody('a', [numeric('aov', 'equals', 1)]))).at('data.id')
    const patch = (attributes: object) =>
      send('PATCH', `/api/segments/${id}`, { data: { type: 'segment', id, attributes } })
    expect((await patch({ is_active: false, name: 'b' })).status).toBe(400)
    expect((await patch({ is_active: false })).at('data.attributes.is_active')).toBe(false)
  })

  it('refuse a numeric between and say where', async () => {
    const { post } = await startSandbox()
    const filter = { type: 'numeric', operator: 'between', start: 50, end: 100 }
    const condition = { type: 'profile-property', property: "properties['aov']", filter }
    const reply = await post('/api/segments', segmentBody('a', [condition]))
    expect(reply.status).toBe(400)
    expect(reply.at('errors.0.source.pointer')).toContain('/condition_groups/0/conditions/0/filter')
  })

  it('may have the same name twice, and are gone after DELETE', async () => {
    const { post, get, send } = await startSandbox()
    const body = segmentBody('a', [numeric('aov', 'equals', 1)])
    const id = (await post('/api/segments', body)).at('data.id')
    expect((await post('/api/segments', body)).status).toBe(201)
    expect((await send('DELETE', `/api/segments/${id}`)).status).toBe(204)
    expect((await get(`/api/segments/${id}`)).status).toBe(404)
  })

  it('tell which flows they start', async () => {
    const { post, get, sandbox } = await startSandbox()
    const id = String((await post('/api/segments', segmentBody('a', [numeric('aov', 'equals', 1)]))).at('data.id'))
    expect((await get(`/api/segments/${id}/flow-triggers`)).at('data.length')).toBe(0)
    const flow = sandbox.state.attachFlow(id, { name: 'Welcome VIPs' })
    expect((await get(`/api/segments/${id}/flow-triggers`)).at('data.0')).toMatchObject({
      id: flow,
      attributes: { name: 'Welcome VIPs', status: 'live' },
    })
    expect((await get(`/api/segments?include=flow-triggers`)).at('included.0.id')).toBe(flow)
  })
})

describe('tags', () => {
  const tagBody = (name: string) => ({ data: { type: 'tag', attributes: { name } } })
  const links = (...ids: unknown[]) => ({ data: ids.map((id) => ({ type: 'segment', id })) })

  it('are put on segments, found from both sides, and taken off', async () => {
    const { post, get, send } = await startSandbox()
    const segment = (await post('/api/segments', segmentBody('a', [numeric('aov', 'equals', 1)]))).at('data.id')
    const tag = (await post('/api/tags', tagBody('scontrino'))).at('data.id')
    const path = `/api/tags/${tag}/relationships/segments`
    expect((await post(path, links(segment))).status).toBe(204)
    expect((await get(path)).at('data')).toEqual([{ type: 'segment', id: segment }])
    expect((await get('/api/segments?include=tags')).at('included.0.attributes.name')).toBe('scontrino')
    expect((await send('DELETE', path, links(segment))).status).toBe(204)
    expect((await get(`/api/segments/${segment}/relationships/tags`)).at('data')).toEqual([])
  })

  it('are found by name', async () => {
    const { post, get } = await startSandbox()
    await post('/api/tags', tagBody('scontrino'))
    await post('/api/tags', tagBody('scontrino-old'))
    expect((await get('/api/tags?filter=equals(name,"scontrino")')).at('data.length')).toBe(1)
  })

  it('of one name are allowed twice unless told otherwise', async () => {
    const lax = await startSandbox()
    const strict = await startSandbox({ uniqueTagNames: true })
    for (const { post } of [lax, strict]) await post('/api/tags', tagBody('a'))
    expect((await lax.post('/api/tags', tagBody('a'))).status).toBe(201)
    expect((await strict.post('/api/tags', tagBody('a'))).status).toBe(409)
  })

  it('cannot be put on a segment that is not there', async () => {
    const { post } = await startSandbox()
    const tag = (await post('/api/tags', tagBody('a'))).at('data.id')
    expect((await post(`/api/tags/${tag}/relationships/segments`, links('NOPE01'))).status).toBe(404)
  })
})
