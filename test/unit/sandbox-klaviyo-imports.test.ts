import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { importBody, profile, type Reply, type SandboxClient, startSandbox } from '../support/klaviyo-sandbox-client.ts'

const JOBS = '/api/profile-bulk-import-jobs'

async function finish({ post, until }: SandboxClient, profiles: readonly unknown[]): Promise<Reply> {
  const { at } = await post(JOBS, importBody(profiles))
  const isOver = (reply: Reply) => ['complete', 'cancelled'].includes(String(reply.at('data.attributes.status')))
  return until(`${JOBS}/${at('data.id')}`, isOver)
}

function pointers(reply: Reply): string[] {
  return (reply.at('errors') as { source: { pointer: string } }[]).map(({ source }) => source.pointer)
}

describe('a bulk import job', () => {
  it('goes queued → processing → complete and then has its counts', async () => {
    let nowMs = Date.UTC(2026, 10, 21)
    const { post, get, until } = await startSandbox({ fast: false, now: () => nowMs })
    const { at, status } = await post(JOBS, importBody([profile('a@example.com', { aov: 1 })]))
    const path = `${JOBS}/${at('data.id')}`
    expect([status, at('data.attributes.status'), at('data.attributes.started_at')]).toEqual([202, 'queued', null])
    nowMs += 2_000
    await until(path, (reply) => reply.at('data.attributes.status') === 'processing')
    nowMs += 1_000
    const done = await until(path, (reply) => reply.at('data.attributes.status') === 'complete')
    expect(done.at('data.attributes')).toEqual({
      status: 'complete',
      created_at: '2026-11-21T00:00:00+00:00',
      started_at: '2026-11-21T00:00:02+00:00',
      completed_at: '2026-11-21T00:00:03+00:00',
      expires_at: '2026-11-28T00:00:00+00:00',
      total_count: 1,
      completed_count: 1,
      failed_count: 0,
    })
    nowMs += 7 * 86_400_000
    expect((await get(path)).status).toBe(404)
  })

  it('stores all its profiles, of ten thousand too', async () => {
    const client = await startSandbox()
    const rows = Array.from({ length: 10_000 }, (_, index) => profile(`p${index}@example.com`, { aov: index }))
    const done = await finish(client, rows)
    expect(done.at('data.attributes.completed_count')).toBe(10_000)
    expect(client.sandbox.state.propertiesOf('p9999@example.com')).toEqual({ aov: 9_999 })
  })

  it('drops the later of two rows with one address', async () => {
    const client = await startSandbox()
    await finish(client, [profile('a@example.com', { aov: 1 }), profile('A@example.com', { aov: 2 })])
    expect(client.sandbox.state.propertiesOf('a@example.com')).toEqual({ aov: 1 })
    expect(client.sandbox.state.summary().profiles).toBe(1)
  })

  it('merges with what is there, and unsets', async () => {
    const client = await startSandbox()
    client.sandbox.state.seedProfiles([{ email: 'a@example.com', properties: { kept: 1, old: 2 } }])
    await finish(client, [profile('a@example.com', { aov: 3 }, { patch_properties: { unset: 'old' } })])
    expect(client.sandbox.state.propertiesOf('a@example.com')).toEqual({ kept: 1, aov: 3 })
  })

  it('ignores a null unless told to clear', async () => {
    for (const [bulkNulls, expected] of [
      ['ignore', { aov: 5 }],
      ['clear', {}],
    ] as const) {
      const client = await startSandbox({ bulkNulls })
      client.sandbox.state.seedProfiles([{ email: 'a@example.com', properties: { aov: 5 } }])
      await finish(client, [profile('a@example.com', { aov: null })])
      expect(client.sandbox.state.propertiesOf('a@example.com')).toEqual(expected)
    }
  })

  it('drops a telephone number that is none, without a word', async () => {
    const client = await startSandbox()
    const row = { type: 'profile', attributes: { email: 'a@example.com', phone_number: '+1234' } }
    const done = await finish(client, [row])
    expect(done.at('data.attributes.failed_count')).toBe(0)
    expect((await client.get('/api/profiles')).at('data.0.attributes.phone_number')).toBeNull()
  })

  it('lists its profiles', async () => {
    const client = await startSandbox()
    const done = await finish(client, [profile('a@example.com'), profile('b@example.com')])
    const { at } = await client.get(`${JOBS}/${done.at('data.id')}/profiles`)
    expect([at('data.0.attributes.email'), at('data.1.attributes.email')]).toEqual(['a@example.com', 'b@example.com'])
  })

  it('is found in the list by its status', async () => {
    const client = await startSandbox()
    const done = await finish(client, [profile('a@example.com')])
    expect((await client.get(`${JOBS}?filter=equals(status,"complete")`)).at('data.0.id')).toBe(done.at('data.id'))
    expect((await client.get(`${JOBS}?filter=any(status,["queued","processing"])`)).at('data.length')).toBe(0)
  })
})

describe('rows that fail while the job is processed', () => {
  it('are told by import-errors, page after page', async () => {
    const client = await startSandbox()
    client.sandbox.faults.add({ kind: 'row-error', emailContains: 'bad' })
    const rows = Array.from({ length: 50 }, (_, index) => profile(`${index < 45 ? 'bad' : 'good'}${index}@example.com`))
    const done = await finish(client, rows)
    expect(done.at('data.attributes')).toMatchObject({ total_count: 50, completed_count: 5, failed_count: 45 })
    const emails: string[] = []
    let next: unknown = `${JOBS}/${done.at('data.id')}/import-errors`
    let pages = 0
    while (next !== null) {
      const page = await client.get(String(next))
      for (const error of page.at('data') as {
        attributes: { original_payload: { attributes: { email: string } } }
      }[]) {
        emails.push(error.attributes.original_payload.attributes.email)
      }
      next = page.at('links.next')
      pages++
    }
    expect(pages).toBe(3)
    expect(new Set(emails).size).toBe(45)
  })

  it('name their place in the request', async () => {
    const client = await startSandbox()
    client.sandbox.state.seedProfiles([{ email: 'a@example.com' }])
    await client.post('/api/profile-import', { data: { type: 'profile', attributes: { external_id: 'x' } } })
    const clash = { type: 'profile', attributes: { email: 'a@example.com', external_id: 'x' } }
    const done = await finish(client, [profile('b@example.com'), clash])
    const { at } = await client.get(`${JOBS}/${done.at('data.id')}/import-errors`)
    expect(at('data.0.attributes.code')).toBe('duplicate_profile')
    expect(at('data.0.attributes.source.pointer')).toBe('/data/attributes/profiles/data/1/attributes')
  })
})

describe('what is refused at once', () => {
  it('one malformed address refuses the whole job and is pointed at', async () => {
    const { post, sandbox } = await startSandbox()
    const rows = Array.from({ length: 10_000 }, (_, index) =>
      profile(index === 7_777 ? 'nobody' : `p${index}@example.com`),
    )
    const reply = await post(JOBS, importBody(rows))
    expect(reply.status).toBe(400)
    expect(pointers(reply)).toEqual(['/data/attributes/profiles/data/7777/attributes/email'])
    expect(sandbox.state.summary()).toMatchObject({ profiles: 0, jobs: {} })
  })

  it('several mistakes are told together', async () => {
    const { post } = await startSandbox()
    const rows = [
      profile('bad'),
      profile('good@example.com'),
      { type: 'profile', attributes: { email: 'x@example.com', anonymous_id: '1' } },
    ]
    expect(pointers(await post(JOBS, importBody(rows)))).toEqual([
      '/data/attributes/profiles/data/0/attributes/email',
      '/data/attributes/profiles/data/2/attributes/anonymous_id',
    ])
  })

  it('more than 10,000 profiles, none at all, and an unknown list', async () => {
    const { post } = await startSandbox()
    const rows = Array.from({ length: 10_001 }, (_, index) => profile(`p${index}@example.com`))
    const listed = importBody([profile('a@example.com')]) as { data: object }
    const lists = { data: [{ type: 'list', id: 'VRgFBd' }] }
    expect((await post(JOBS, importBody(rows))).status).toBe(400)
    expect((await post(JOBS, importBody([]))).status).toBe(400)
    expect(pointers(await post(JOBS, { data: { ...listed.data, relationships: { lists } } }))).toEqual(['/data'])
  })

  it('a profile over 100 KB, by its place, and a request over 5 MB', async () => {
    const { post } = await startSandbox()
    const big = await post(
      JOBS,
      importBody([profile('a@example.com'), profile('b@example.com', { long: 'x'.repeat(1e5) })]),
    )
    expect([big.status, ...pointers(big)]).toEqual([413, '/data/attributes/profiles/data/1'])
    const rows = Array.from({ length: 60 }, (_, index) =>
      profile(`p${index}@example.com`, { long: 'x'.repeat(90_000) }),
    )
    expect((await post(JOBS, importBody(rows))).status).toBe(413)
  })

  it('measures a compressed request after unpacking', async () => {
    const { sandbox } = await startSandbox()
    const send = (body: string) =>
      fetch(sandbox.url + JOBS, {
        method: 'POST',
        body: gzipSync(body),
        headers: {
          authorization: 'Klaviyo-API-Key pk_test',
          revision: '2026-07-15',
          'content-type': 'application/vnd.api+json',
          'content-encoding': 'gzip',
        },
      })
    expect((await send(JSON.stringify(importBody([profile('a@example.com')])))).status).toBe(202)
    expect((await send(`"${'x'.repeat(6_000_000)}"`)).status).toBe(413)
  })
})
