import { describe, expect, it } from 'vitest'
import { AuthError, RemoteRejectedError, RemoteUnavailableError } from '../../src/core/errors.ts'
import { errors, page, type Seen, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const klaviyo = scriptKlaviyo()
const definition = { condition_groups: [] }

const segment = (id: string, name: string, more: object = {}) => ({
  type: 'segment',
  id,
  attributes: { name, definition, is_active: true, is_processing: false, is_starred: false, ...more },
})
const tag = { type: 'tag', id: 'T1', attributes: { name: 'scontrino' } }

/** Prepares what is asked before segments are read: the tag, and what carries it. */
function onTag(...tagged: string[]): Seen {
  const seen = klaviyo.answer('GET /api/tags', 200, page([tag]))
  klaviyo.answer('GET /api/tags/T1/relationships/segments', 200, page(tagged.map((id) => ({ type: 'segment', id }))))
  return seen
}

describe('fetchSegments', () => {
  it('finds segments by id, by name and by our tag, each once', async () => {
    const asked = onTag('S2', 'S3')
    const byId = klaviyo.answer('GET /api/segments', 200, page([segment('S1', 'one'), segment('S2', 'two')]))
    const byName = klaviyo.answer('GET /api/segments', 200, page([segment('S2', 'two'), segment('S4', 'four')]))
    const found = await klaviyo.destination().fetchSegments({ ids: ['S1', 'S2'], names: ['two', 'four'] }, signal)
    expect(asked.query['filter']).toBe('equals(name,"scontrino")')
    expect(byId.query['filter']).toBe('any(id,["S1","S2","S3"])')
    expect(byName.query['filter']).toBe('any(name,["two","four"])')
    expect(found.map(({ id, tagged }) => [id, tagged])).toEqual([
      ['S1', false],
      ['S2', true],
      ['S4', false],
    ])
  })

  it('quotes names with quotes, apostrophes and backslashes', async () => {
    klaviyo.answer('GET /api/tags', 200, page([]))
    const seen = klaviyo.answer('GET /api/segments', 200, page([]))
    await klaviyo.destination().fetchSegments({ ids: [], names: ['AOV | "O\'Brien" \\ > £500'] }, signal)
    expect(seen.query['filter']).toBe('any(name,["AOV | \\"O\'Brien\\" \\\\ > £500"])')
  })

  it('follows the pages of ten', async () => {
    klaviyo.answer('GET /api/tags', 200, page([]))
    const first = klaviyo.answer(
      'GET /api/segments',
      200,
      page([segment('S1', 'a')], klaviyo.url('/api/segments?page%5Bcursor%5D=2')),
    )
    klaviyo.answer('GET /api/segments', 200, page([segment('S2', 'a')]))
    const found = await klaviyo.destination().fetchSegments({ ids: [], names: ['a'] }, signal)
    expect(first.query['page[size]']).toBe('10')
    expect(found.map(({ id }) => id)).toEqual(['S1', 'S2'])
  })

  it('does not take a tag whose name only resembles ours', async () => {
    klaviyo.answer('GET /api/tags', 200, page([{ ...tag, attributes: { name: 'Scontrino' } }]))
    expect(await klaviyo.destination().fetchSegments({ ids: [], names: [] }, signal)).toEqual([])
  })

  it('keeps the definition as it is', async () => {
    klaviyo.answer('GET /api/tags', 200, page([]))
    klaviyo.answer('GET /api/segments', 200, page([segment('S1', 'a')]))
    expect(await klaviyo.destination().fetchSegments({ ids: ['S1'], names: [] }, signal)).toEqual([
      { id: 'S1', name: 'a', definition, tagged: false },
    ])
  })
})

describe('writing segments', () => {
  it('creates one and answers its id', async () => {
    const seen = klaviyo.answer('POST /api/segments', 201, { data: segment('S9', 'high') })
    expect(await klaviyo.destination().createSegment('high', definition, signal)).toBe('S9')
    expect(seen.body).toEqual({
      data: { type: 'segment', attributes: { name: 'high', definition, is_starred: false } },
    })
  })

  it('does not create one again whose answer was lost', async () => {
    klaviyo.answer('POST /api/segments', 502)
    const creating = klaviyo.destination().createSegment('high', definition, signal)
    await expect(creating).rejects.toBeInstanceOf(RemoteUnavailableError)
  })

  it('sends only what changes', async () => {
    const seen = klaviyo.answer('PATCH /api/segments/S1', 200, { data: segment('S1', 'new') })
    await klaviyo.destination().updateSegment('S1', { name: 'new' }, signal)
    expect(seen.body).toEqual({ data: { type: 'segment', id: 'S1', attributes: { name: 'new' } } })
  })

  it('deletes one', async () => {
    klaviyo.answer('DELETE /api/segments/S1', 204)
    await expect(klaviyo.destination().deleteSegment('S1', signal)).resolves.toBeUndefined()
  })

  it('takes one that is gone already for deleted', async () => {
    klaviyo.answer('DELETE /api/segments/S1', 404, errors({ code: 'not_found' }))
    await expect(klaviyo.destination().deleteSegment('S1', signal)).resolves.toBeUndefined()
  })

  it('throws any other refusal to delete', async () => {
    klaviyo.answer('DELETE /api/segments/S1', 409, errors({ code: 'conflict' }))
    await expect(klaviyo.destination().deleteSegment('S1', signal)).rejects.toBeInstanceOf(RemoteRejectedError)
  })
})

describe('tagSegments', () => {
  it('uses the tag that is there', async () => {
    klaviyo.answer('GET /api/tags', 200, page([tag]))
    const seen = klaviyo.answer('POST /api/tags/T1/relationships/segments', 204)
    await klaviyo.destination().tagSegments(['S1', 'S2'], signal)
    expect(seen.body).toEqual({
      data: [
        { type: 'segment', id: 'S1' },
        { type: 'segment', id: 'S2' },
      ],
    })
  })

  it('creates the tag when there is none', async () => {
    klaviyo.answer('GET /api/tags', 200, page([]))
    const created = klaviyo.answer('POST /api/tags', 201, { data: tag })
    klaviyo.answer('POST /api/tags/T1/relationships/segments', 204)
    await klaviyo.destination().tagSegments(['S1'], signal)
    expect(created.body).toEqual({ data: { type: 'tag', attributes: { name: 'scontrino' } } })
  })

  it('asks nothing for no segment', async () => {
    await expect(klaviyo.destination().tagSegments([], signal)).resolves.toBeUndefined()
  })
})

describe('reading about one segment', () => {
  it.each([
    [0, 0],
    [1_234, 1_234],
    [null, null],
  ])('answers %j members for %j', async (profile_count, expected) => {
    const seen = klaviyo.answer('GET /api/segments/S1', 200, { data: { id: 'S1', attributes: { profile_count } } })
    expect(await klaviyo.destination().fetchSegmentSize('S1', signal)).toEqual({
      members: expected,
      isProcessing: false,
    })
    expect(seen.query['additional-fields[segment]']).toBe('profile_count')
  })

  it('answers the flows that start from it', async () => {
    const flow = { type: 'flow', id: 'F1', attributes: { name: 'Welcome back', status: 'live' } }
    klaviyo.answer('GET /api/segments/S1/flow-triggers', 200, { data: [flow] })
    expect(await klaviyo.destination().fetchFlowTriggers('S1', signal)).toEqual([
      { id: 'F1', name: 'Welcome back', status: 'live' },
    ])
  })

  it('says that a key without flows:read may not ask for flows', async () => {
    klaviyo.answer('GET /api/segments/S1/flow-triggers', 403, errors({ code: 'permission_denied' }))
    const failure = await klaviyo
      .destination()
      .fetchFlowTriggers('S1', signal)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(AuthError)
    expect(failure).toMatchObject({ context: { needs: 'flows:read, segments:read' } })
  })

  it('puts an id into the path and nowhere else', async () => {
    klaviyo.answer('DELETE /api/segments/..%2F..%2Ftags%2FT1', 204)
    await expect(klaviyo.destination().deleteSegment('../../tags/T1', signal)).resolves.toBeUndefined()
  })
})
