import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRehearsal, type Rehearsal, rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml, TWO_SEGMENTS } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'

interface Plan {
  readonly plans: readonly { readonly segments: readonly { key: string; action: string }[] }[]
}

interface Applied {
  readonly accounts: readonly { readonly segments: readonly { key: string; outcome: string }[] }[]
}

async function plan(rehearsal: Rehearsal): Promise<Record<string, string>> {
  const { document, exitCode, stdout } = await rehearsal.run('plan', '--json')
  expect(exitCode, stdout).toBe(0)
  return Object.fromEntries((document<Plan>().plans[0]?.segments ?? []).map(({ key, action }) => [key, action]))
}

async function apply(rehearsal: Rehearsal, ...options: string[]): Promise<Record<string, string>> {
  const { document, exitCode, stdout } = await rehearsal.run('apply', '--yes', '--json', ...options)
  expect(exitCode, stdout).toBe(0)
  return Object.fromEntries((document<Applied>().accounts[0]?.segments ?? []).map(({ key, outcome }) => [key, outcome]))
}

function stateOf({ klaviyo }: Rehearsal): object {
  const { segments, tags } = klaviyo.state.summary()
  return { segments, tags }
}

describe('plan and apply', () => {
  let rehearsal: Rehearsal
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.write('orders.csv', makeSmallShop().csv)
    rehearsal.write('scontrino.yaml', rehearsalYaml())
  })
  afterAll(() => rehearsal.close())

  const rename = async (from: string, to: string) => {
    const { data } = await rehearsal.ask('GET', `/api/segments?filter=equals(name,"${from}")`)
    const id = data[0]?.id
    await rehearsal.ask('PATCH', `/api/segments/${id}`, { data: { type: 'segment', id, attributes: { name: to } } })
  }

  test('plan says what would be created and creates nothing', async () => {
    expect(await plan(rehearsal)).toEqual({ high: 'create', low: 'create' })
    expect(stateOf(rehearsal)).toEqual({ segments: 0, tags: 0 })
  })

  test('apply refuses to go on without --yes where nobody can be asked', async () => {
    const { exitCode, stderr } = await rehearsal.run('apply')
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('--yes')])
    expect(stateOf(rehearsal)).toEqual({ segments: 0, tags: 0 })
  })

  test('apply creates and tags', async () => {
    expect(await apply(rehearsal)).toEqual({ high: 'created', low: 'created' })
    expect(stateOf(rehearsal)).toEqual({ segments: 2, tags: 1 })
  })

  test('a segment changed by hand is told as drifted, left alone by sync and put back by apply', async () => {
    const original = (await rehearsal.heldByKlaviyo()).segments
    await rename('AOV | High > €80', 'Our best customers')
    expect(await plan(rehearsal)).toEqual({ high: 'drifted', low: 'unchanged' })

    const { document } = await rehearsal.run('sync', '--json')
    expect(document()).toMatchObject({ summary: [{ segments: { drifted: 1, unchanged: 1 } }] })
    expect((await rehearsal.heldByKlaviyo()).segments.map(({ name }) => name)).toContain('Our best customers')

    expect(await apply(rehearsal)).toEqual({ high: 'put back', low: 'unchanged' })
    const withoutMembers = ({ name, definition }: { name: string; definition: unknown }) => ({ name, definition })
    expect((await rehearsal.heldByKlaviyo()).segments.map(withoutMembers)).toEqual(original.map(withoutMembers))
  })
})

test('a segment that is no longer configured is kept, until apply --prune deletes it', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', makeSmallShop().csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml())
  await rehearsal.run('sync')
  rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: TWO_SEGMENTS.slice(0, 1) }))
  const synced = await rehearsal.run('sync', '--json')
  expect(synced.document()).toMatchObject({ summary: [{ segments: { unchanged: 1, kept: 1 } }] })
  expect(rehearsal.klaviyo.state.summary().segments).toBe(2)

  expect(await apply(rehearsal, '--prune')).toEqual({ high: 'unchanged', low: 'deleted' })
  expect((await rehearsal.heldByKlaviyo()).segments.map(({ name }) => name)).toEqual(['AOV | High > €80'])
})

test('a segment of somebody else is never changed, and apply ends with 78', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', makeSmallShop().csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: TWO_SEGMENTS.slice(0, 1) }))
  const condition = {
    type: 'profile-property',
    property: "properties['vip']",
    filter: { type: 'existence', operator: 'is-set' },
  }
  const definition = { condition_groups: [{ conditions: [condition] }] }
  const attributes = { name: 'AOV | High > €80', definition }
  await rehearsal.ask('POST', '/api/segments', { data: { type: 'segment', attributes } })

  const { exitCode, document } = await rehearsal.run('apply', '--yes', '--prune', '--json')
  expect(document()).toMatchObject({ accounts: [{ segments: [{ key: 'high', outcome: 'blocked' }] }] })
  expect(exitCode).toBe(78)
  expect((await rehearsal.heldByKlaviyo()).segments).toMatchObject([{ name: 'AOV | High > €80', definition }])
})

test('a segment that a flow starts from is held by sync, and never pruned', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', makeSmallShop().csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: TWO_SEGMENTS.slice(0, 1) }))
  await rehearsal.run('sync')
  const [segment] = (await rehearsal.ask('GET', '/api/segments')).data
  rehearsal.klaviyo.state.attachFlow(segment?.id ?? '', { name: 'Welcome back' })

  rehearsal.write(
    'scontrino.yaml',
    rehearsalYaml({ segments: ['{ key: high, name: High, where: { aov: { gt: 90 } } }'] }),
  )
  const synced = await rehearsal.run('sync', '--json')
  expect(synced.document()).toMatchObject({ summary: [{ segments: { held: 1 } }] })

  rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: [] }))
  expect(await apply(rehearsal, '--prune')).toEqual({ high: 'held' })
  expect(rehearsal.klaviyo.state.summary().segments).toBe(1)
})
