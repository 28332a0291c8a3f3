import { describe, expect, it } from 'vitest'
import { ContractError, RemoteRejectedError, RemoteUnavailableError } from '../../src/core/errors.ts'
import type { ProfileRefusal } from '../../src/core/profiles/profile.ts'
import { errors, page, type Seen, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const klaviyo = scriptKlaviyo()
const IMPORT = 'POST /api/profile-bulk-import-jobs'
const update = (name: string) => ({ email: `${name}@example.com`, properties: { aov: 0 } })
const pointer = (row: number) => `/data/attributes/profiles/data/${row}/attributes/email`

/** Profiles of an import as they were sent. */
function rowsOf({ body }: Seen): { attributes: { email: string } }[] {
  return (body as { data: { attributes: { profiles: { data: [] } } } }).data.attributes.profiles.data
}

/** Names of the people in each import, in order. */
function namesOf(imports: readonly Seen[]): string[][] {
  return imports.map((seen) => rowsOf(seen).map(({ attributes }) => attributes.email.replace('@example.com', '')))
}

/** Prepares answers to imports, in order. */
function onImports(...answers: [number, unknown][]): Seen[] {
  return answers.map(([status, body]) => klaviyo.answer(IMPORT, status, body))
}

const started: [number, unknown] = [202, { data: { type: 'profile-bulk-import-job', id: 'J1' } }]

describe('startImport', () => {
  it('puts values into properties and nulls into unset', async () => {
    const seen = klaviyo.answer(IMPORT, ...started)
    const result = await klaviyo
      .destination()
      .startImport([{ email: 'a@example.com', properties: { aov: 12.5, old: null } }, update('b')], signal)
    expect(result).toEqual({ importId: 'J1', refused: [], unsent: 0 })
    expect(seen.body).toEqual({
      data: {
        type: 'profile-bulk-import-job',
        attributes: {
          profiles: {
            data: [
              {
                type: 'profile',
                attributes: { email: 'a@example.com', properties: { aov: 12.5 } },
                meta: { patch_properties: { unset: ['old'] } },
              },
              { type: 'profile', attributes: { email: 'b@example.com', properties: { aov: 0 } } },
            ],
          },
        },
      },
    })
  })

  it('takes out the rows that a 400 points at, and those of the next, and sends the rest', async () => {
    const sent = onImports(
      [400, errors({ code: 'invalid', pointer: pointer(1) }, { code: 'invalid', pointer: pointer(1) })],
      [400, errors({ code: 'invalid', pointer: pointer(2), detail: 'd@example.com is no address' })],
      started,
    )
    const result = await klaviyo.destination().startImport(['a', 'b', 'c', 'd', 'e'].map(update), signal)
    expect(namesOf(sent)).toEqual([
      ['a', 'b', 'c', 'd', 'e'],
      ['a', 'c', 'd', 'e'],
      ['a', 'c', 'e'],
    ])
    expect(result).toEqual({
      importId: 'J1',
      refused: [
        { index: 1, code: 'invalid', reason: 'Invalid input.' },
        { index: 3, code: 'invalid', reason: '<address> is no address' },
      ],
      unsent: 0,
    })
  })

  it('refuses what Klaviyo would refuse the whole job for, and sends the rest', async () => {
    const sent = onImports(started)
    const batch = [
      { email: 'not an address', properties: {} },
      update('b'),
      { email: 'c@example.com', properties: { note: 'é'.repeat(60_000) } },
    ]
    const { refused } = await klaviyo.destination().startImport(batch, signal)
    expect(refused.map(({ index, code }) => [index, code])).toEqual([
      [0, 'invalid_email'],
      [2, 'too_large'],
    ])
    expect(namesOf(sent)).toEqual([['b']])
  })

  it('answers no job when no row is left', async () => {
    onImports([400, errors({ code: 'invalid', pointer: pointer(0) })])
    const { importId, refused } = await klaviyo.destination().startImport([update('a')], signal)
    expect([importId, refused.length]).toEqual([null, 1])
  })

  it.each([
    ['a 400 that points at no row', 400, '/data'],
    ['a 400 that points beyond the rows', 400, pointer(7)],
    ['a 413', 413, '/data'],
  ])('throws %s', async (_name, status, place) => {
    const sent = onImports([status, errors({ code: 'invalid', pointer: place })])
    const failure = await klaviyo
      .destination()
      .startImport([update('a')], signal)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RemoteRejectedError)
    expect(failure).toMatchObject({ status })
    expect(sent).toHaveLength(1)
  })

  it('sends nothing when Klaviyo keeps finding rows, and keeps those it found', async () => {
    const answers = Array.from({ length: 10 }, (): [number, unknown] => [
      400,
      errors({ code: 'invalid', pointer: pointer(0) }),
    ])
    const sent = onImports(...answers)
    const batch = Array.from({ length: 30 }, (_, i) => update(`p${i}`))
    const { refused, ...rest } = await klaviyo.destination().startImport(batch, signal)
    expect(rest).toEqual({ importId: null, unsent: 20 })
    expect(refused.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(sent).toHaveLength(10)
  })

  it('does not send an import again whose answer was torn', async () => {
    const sent = onImports([202, '{"data":{"id":"J'])
    await expect(klaviyo.destination().startImport([update('a')], signal)).rejects.toBeInstanceOf(
      RemoteUnavailableError,
    )
    expect(sent).toHaveLength(1)
  })
})

describe('sizeOf', () => {
  it('adds up to the bytes of the profiles in a job, with their commas', async () => {
    const destination = klaviyo.destination()
    const batch = [update('a'), { email: 'b@example.com', properties: { note: 'é"\n', old: null } }]
    const seen = klaviyo.answer(IMPORT, ...started)
    await destination.startImport(batch, signal)
    const sum = batch.reduce((total, each) => total + destination.sizeOf(each), 0)
    expect(sum).toBe(Buffer.byteLength(JSON.stringify(rowsOf(seen))) - '[]'.length + ','.length)
  })
})

describe('fetchImport', () => {
  const job = (attributes: object) => ({ data: { type: 'profile-bulk-import-job', id: 'J1', attributes } })
  const counts = { total_count: 10, completed_count: 9, failed_count: 1 }

  it.each(['queued', 'processing', 'complete', 'cancelled'])('answers %s with its counts', async (status) => {
    klaviyo.answer('GET /api/profile-bulk-import-jobs/J1', 200, job({ status, ...counts }))
    expect(await klaviyo.destination().fetchImport('J1', signal)).toEqual({
      state: status,
      total: 10,
      completed: 9,
      failed: 1,
    })
  })

  it('counts null as nothing', async () => {
    klaviyo.answer(
      'GET /api/profile-bulk-import-jobs/J1',
      200,
      job({ status: 'queued', total_count: 3, completed_count: null, failed_count: null }),
    )
    expect(await klaviyo.destination().fetchImport('J1', signal)).toMatchObject({ completed: 0, failed: 0 })
  })

  it.each([404, 410])('takes %i for a job that Klaviyo has forgotten', async (status) => {
    klaviyo.answer('GET /api/profile-bulk-import-jobs/J1', status, errors({ code: 'not_found' }))
    expect(await klaviyo.destination().fetchImport('J1', signal)).toMatchObject({ state: 'expired' })
  })

  it('takes a job past its expiry for forgotten', async () => {
    const expires_at = '2020-01-08T00:00:00.123456+00:00'
    klaviyo.answer('GET /api/profile-bulk-import-jobs/J1', 200, job({ status: 'complete', ...counts, expires_at }))
    expect(await klaviyo.destination().fetchImport('J1', signal)).toMatchObject({ state: 'expired', failed: 1 })
  })

  it('throws a status it has never heard of', async () => {
    klaviyo.answer('GET /api/profile-bulk-import-jobs/J1', 200, job({ status: 'failed', ...counts }))
    await expect(klaviyo.destination().fetchImport('J1', signal)).rejects.toBeInstanceOf(ContractError)
  })
})

describe('readImportRefusals', () => {
  const path = '/api/profile-bulk-import-jobs/J1/import-errors'
  const ERRORS = `GET ${path}`
  const next = (cursor: string) => klaviyo.url(`${path}?page%5Bcursor%5D=${cursor}`)
  const refusal = (attributes: object) => ({
    type: 'import-error',
    id: 'E',
    attributes: { code: 'invalid', title: 'Invalid input', detail: 'No good.', source: {}, ...attributes },
  })

  async function readAll(): Promise<ProfileRefusal[]> {
    const all: ProfileRefusal[] = []
    for await (const some of klaviyo.destination().readImportRefusals('J1', signal)) all.push(...some)
    return all
  }

  it('reads every page', async () => {
    const asked = [
      klaviyo.answer(ERRORS, 200, page([refusal({ source: { pointer: pointer(4) } })], next('2'))),
      klaviyo.answer(ERRORS, 200, page([refusal({ source: { pointer: pointer(9) } })], next('3'))),
      klaviyo.answer(ERRORS, 200, page([refusal({ source: { pointer: pointer(11) } })])),
    ]
    expect((await readAll()).map(({ index }) => index)).toEqual([4, 9, 11])
    const queries = [{ 'page[size]': '100' }, { 'page[cursor]': '2' }, { 'page[cursor]': '3' }]
    expect(asked.map(({ query }) => query)).toEqual(queries)
  })

  it('stops with an error when the next page is one that was read', async () => {
    klaviyo.answer(ERRORS, 200, page([], next('2')))
    klaviyo.answer(ERRORS, 200, page([], next('2')))
    await expect(readAll()).rejects.toBeInstanceOf(ContractError)
  })

  it('stops with an error when a page in the middle does not come', async () => {
    klaviyo.answer(ERRORS, 200, page([], next('2')))
    klaviyo.answer(ERRORS, 500)
    klaviyo.answer(ERRORS, 500)
    await expect(readAll()).rejects.toBeInstanceOf(RemoteUnavailableError)
  })

  it.each([
    ['attributes', { type: 'profile', attributes: { email: 'anna@example.com' } }],
    ['the top', { email: 'anna@example.com' }],
  ])('names the address from %s of the payload when no row is pointed at', async (_place, original_payload) => {
    klaviyo.answer(ERRORS, 200, page([refusal({ source: { pointer: '/data' }, original_payload })]))
    expect(await readAll()).toEqual([{ index: null, email: 'anna@example.com', code: 'invalid', reason: 'No good.' }])
  })

  it('keeps the address out of the reason', async () => {
    const detail = "not-an-address, o'brien@example.com and <anna@example.com> are wrong"
    klaviyo.answer(ERRORS, 200, page([refusal({ detail, original_payload: { email: 'not-an-address' } })]))
    expect((await readAll())[0]?.reason).toBe('<address>, <address> and <<address>> are wrong')
  })

  it('stands a payload that is null and a detail that is empty', async () => {
    klaviyo.answer(ERRORS, 200, page([refusal({ detail: '', original_payload: null })]))
    expect(await readAll()).toEqual([{ index: null, code: 'invalid', reason: 'Invalid input' }])
  })
})
