import { describe, expect, it } from 'vitest'
import { profile, type SandboxClient, startSandbox } from '../support/klaviyo-sandbox-client.ts'

const PATH = '/api/data-privacy-deletion-jobs'
const deletion = (identifiers: { id?: string; email?: string; phone_number?: string }) => {
  const { id, ...attributes } = identifiers
  const data = { type: 'profile', ...(id === undefined ? {} : { id }), attributes }
  return { data: { type: 'data-privacy-deletion-job', attributes: { profile: { data } } } }
}

async function createAda({ post }: SandboxClient): Promise<string> {
  return String((await post('/api/profile-import', { data: profile('ada@example.com', { aov: 5 }) })).at('data.id'))
}

const BY_ADDRESS = '/api/profiles?filter=equals(email,"ada@example.com")'

describe('data-privacy-deletion-jobs', () => {
  it('takes a deletion with an empty answer and carries it out later', async () => {
    const client = await startSandbox()
    const id = await createAda(client)
    const reply = await client.post(PATH, deletion({ email: 'Ada@example.com' }))
    expect([reply.status, reply.text]).toEqual([202, ''])
    const gone = await client.until(BY_ADDRESS, (answer) => answer.at('data.length') === 0)
    expect(gone.at('data.length')).toBe(0)
    expect((await client.get(`/api/profiles/${id}`)).status).toBe(404)
    expect((await client.get('/api/profiles')).at('data.length')).toBe(0)
  })

  it('creates a fresh profile when the address is written again', async () => {
    const client = await startSandbox()
    const id = await createAda(client)
    await client.post(PATH, deletion({ id }))
    await client.until(BY_ADDRESS, (answer) => answer.at('data.length') === 0)
    const again = await client.post('/api/profile-import', { data: profile('ada@example.com') })
    expect([again.status, again.at('data.id') === id]).toEqual([201, false])
    expect(client.sandbox.state.propertiesOf('ada@example.com')).toEqual({})
  })

  it('does not know strangers', async () => {
    const { post } = await startSandbox()
    expect((await post(PATH, deletion({ email: 'nobody@example.com' }))).status).toBe(404)
  })

  it.each([
    ['no identifier', deletion({})],
    ['two identifiers', deletion({ email: 'ada@example.com', phone_number: '+390212345678' })],
    ['another type', { data: { type: 'profile', attributes: {} } }],
    ['a profile without attributes', { data: { type: 'data-privacy-deletion-job', attributes: { profile: {} } } }],
  ])('refuses %s', async (_case, body) => {
    const client = await startSandbox()
    await createAda(client)
    expect((await client.post(PATH, body)).status).toBe(400)
  })

  it('needs a scope of its own', async () => {
    const client = await startSandbox({ apiKeys: { pk_test: ['profiles:read', 'profiles:write'] } })
    await createAda(client)
    expect((await client.post(PATH, deletion({ email: 'ada@example.com' }))).status).toBe(403)
  })
})
