import { describe, expect, it } from 'vitest'
import { RemoteRejectedError } from '../../src/core/errors.ts'
import { errors, page, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const klaviyo = scriptKlaviyo()
const update = { email: "mary.o'brien@example.com", properties: { aov: 0, vip: false, note: '', old: null } }
const UPSERT = 'POST /api/profile-import'

/** The values in an `any(email,[…])` filter. */
function valuesOf({ query }: { query: Record<string, string> }): string[] {
  return JSON.parse((query['filter'] ?? '').slice('any(email,'.length, -1)) as string[]
}

describe('pushProfile', () => {
  it.each([200, 201])('keeps 0, false and the empty text, unsets null, and takes %i for accepted', async (status) => {
    const seen = klaviyo.answer(UPSERT, status, { data: { type: 'profile', id: '01A' } })
    expect(await klaviyo.destination().pushProfile(update, signal)).toBeNull()
    expect(seen.body).toEqual({
      data: {
        type: 'profile',
        attributes: { email: "mary.o'brien@example.com", properties: { aov: 0, vip: false, note: '' } },
        meta: { patch_properties: { unset: ['old'] } },
      },
    })
  })

  it('takes a complaint about the profile for a refusal, without the address', async () => {
    klaviyo.answer(
      UPSERT,
      400,
      errors({ code: 'invalid', detail: `${update.email} is strange`, pointer: '/data/attributes/email' }),
    )
    expect(await klaviyo.destination().pushProfile(update, signal)).toEqual({
      index: 0,
      code: 'invalid',
      reason: '<address> is strange',
    })
  })

  it('takes a profile that exists twice for a refusal, not for a failure', async () => {
    klaviyo.answer(UPSERT, 409, errors({ code: 'duplicate_profile' }))
    expect(await klaviyo.destination().pushProfile(update, signal)).toMatchObject({ code: 'duplicate_profile' })
  })

  it('throws a refusal of the request itself', async () => {
    klaviyo.answer(UPSERT, 400, {
      errors: [{ code: 'invalid', detail: 'revision?', source: { parameter: 'revision' } }],
    })
    await expect(klaviyo.destination().pushProfile(update, signal)).rejects.toBeInstanceOf(RemoteRejectedError)
  })

  it.each([
    ['invalid_email', { email: 'no address', properties: {} }],
    ['too_large', { email: 'a@example.com', properties: { note: 'x'.repeat(100_000) } }],
    ['invalid_value', { email: 'a@example.com', properties: { aov: Number.NaN } }],
  ])('refuses %s without sending it', async (code, refused) => {
    expect(await klaviyo.destination().pushProfile(refused, signal)).toMatchObject({ index: 0, code })
  })
})

describe('findProfiles', () => {
  it('asks for a hundred addresses at a time, in quotes and encoded', async () => {
    const emails = Array.from({ length: 150 }, (_, i) => `o'brien+${i}@example.com`)
    const asked = [1, 2].map(() => klaviyo.answer('GET /api/profiles', 200, page([])))
    await klaviyo.destination().findProfiles(emails, signal)
    expect(asked.map((seen) => valuesOf(seen).length)).toEqual([100, 50])
    expect(asked.flatMap(valuesOf)).toEqual(emails)
  })

  it('keeps URLs short when addresses are long', async () => {
    const emails = Array.from({ length: 60 }, (_, i) => `${'x'.repeat(200)}${i}@example.com`)
    const asked = [1, 2, 3].map(() => klaviyo.answer('GET /api/profiles', 200, page([])))
    await klaviyo.destination().findProfiles(emails, signal)
    const lengths = asked.map(({ query }) => new URLSearchParams(query).toString().length)
    expect(Math.max(...lengths)).toBeLessThan(8_000)
    expect(asked.flatMap(valuesOf)).toEqual(emails)
  })

  it('reads every page and answers ids under the addresses as they were given', async () => {
    const found = (id: string, email: string) => ({ type: 'profile', id, attributes: { email } })
    const next = 'https://a.klaviyo.com/api/profiles/?page%5Bcursor%5D=2'
    klaviyo.answer('GET /api/profiles', 200, page([found('01A', 'Anna@example.com')], next))
    klaviyo.answer('GET /api/profiles/', 200, page([found('01B', 'bob@example.com')]))
    const emails = ['anna@example.com', 'bob@example.com', 'nobody@example.com']
    const ids = await klaviyo.destination().findProfiles(emails, signal)
    expect([...ids]).toEqual([
      ['anna@example.com', '01A'],
      ['bob@example.com', '01B'],
    ])
  })

  it('does not ask for what is no address, which would spoil the whole filter', async () => {
    expect(await klaviyo.destination().findProfiles(['no address', 'a"b@example.com'], signal)).toEqual(new Map())
  })
})

describe('fetchProfiles', () => {
  const held = (attributes: object) => ({
    type: 'profile',
    id: '01A',
    attributes: { email: 'Anna@example.com', ...attributes },
  })

  it('asks for the address, the properties and when they changed, and for nothing else', async () => {
    const seen = klaviyo.answer('GET /api/profiles', 200, page([]))
    expect(await klaviyo.destination().fetchProfiles(['anna@example.com'], signal)).toEqual(new Map())
    expect(seen.query).toMatchObject({
      filter: 'any(email,["anna@example.com"])',
      'fields[profile]': 'email,properties,updated',
    })
  })

  it('answers what the profile holds under the address as it was given', async () => {
    const properties = { aov: 12.5, tags: ['a'], shoe: null }
    klaviyo.answer('GET /api/profiles', 200, page([held({ properties, updated: '2026-11-21T10:00:00+00:00' })]))
    expect(await klaviyo.destination().fetchProfiles(['anna@example.com'], signal)).toEqual(
      new Map([['anna@example.com', { id: '01A', updatedAt: new Date('2026-11-21T10:00:00Z'), properties }]]),
    )
  })

  it('takes an unreadable date of change for none, and no properties for an empty list', async () => {
    klaviyo.answer('GET /api/profiles', 200, page([held({ properties: null, updated: 'lately' })]))
    expect(await klaviyo.destination().fetchProfiles(['anna@example.com'], signal)).toEqual(
      new Map([['anna@example.com', { id: '01A', updatedAt: null, properties: {} }]]),
    )
  })
})
