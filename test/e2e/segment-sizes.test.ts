import pg from 'pg'
import { expect, test } from 'vitest'
import { type Rehearsal, rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml, TWO_SEGMENTS } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'

/** A synced shop whose segments are filled, and were made an hour ago. */
async function openSynced(): Promise<Rehearsal> {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', makeSmallShop().csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml())
  const { exitCode, document } = await rehearsal.run('sync', '--json')
  expect(exitCode).toBe(0)
  expect(document()).toMatchObject({ summary: [{ segments: { created: 2 }, sizes: { notYet: 2 } }] })
  await until('members are there', () => rehearsal.klaviyo.state.isSettled())
  const client = new pg.Client({ connectionString: rehearsal.databaseUrl })
  await client.connect()
  await client.query(`update scontrino.segment_states set changed_at = changed_at - interval '1 hour'`)
  // An hour ago nobody was pushed a moment ago, either.
  await client.query(
    `update scontrino.runs set started_at = started_at - interval '1 hour', finished_at = finished_at - interval '1 hour'`,
  )
  await client.end()
  return rehearsal
}

async function idOf(rehearsal: Rehearsal, name: string): Promise<string> {
  const { data } = await rehearsal.ask('GET', '/api/segments')
  return data.find(({ attributes }) => attributes['name'] === name)?.id ?? ''
}

test('the sync after the one that made the segments reads their sizes, and says that they fit', async () => {
  const rehearsal = await openSynced()
  const { document } = await rehearsal.run('sync', '--json')
  expect(document()).toMatchObject({ summary: [{ segments: { unchanged: 2 }, sizes: { asExpected: 2 } }] })
  const check = await rehearsal.run('check', '--json')
  expect(check.exitCode).toBe(0)
  expect(check.document<{ accounts: { findings: object[] }[] }>().accounts[0]?.findings).toContainEqual({
    level: 'ok',
    subject: 'segments',
    message: '2 segments are as large in Klaviyo as expected',
  })
})

test('a segment that stays empty is a problem in sync, plan, runs and check', async () => {
  const rehearsal = await openSynced()
  rehearsal.klaviyo.state.loseMembers(await idOf(rehearsal, 'AOV | High > €80'))

  const synced = await rehearsal.run('sync')
  expect(synced.exitCode).toBe(0)
  expect(synced.stdout).toContain('→ segments in Klaviyo: 1 empty; ')

  const plan = await rehearsal.run('plan')
  expect(plan.stdout).toMatch(/warning: AOV \| High > €80: empty in Klaviyo, \d+ expected/)
  expect(plan.stdout).toContain('→ nothing known; Klaviyo has taken hours before')

  expect((await rehearsal.run('runs')).stdout).toMatch(/sizes: (?=.*1 as expected)(?=.*1 empty)/)

  const check = await rehearsal.run('check')
  expect(check.exitCode).toBe(0)
  expect(check.stdout).toMatch(/warning +segment high +AOV \| High > €80: empty in Klaviyo/)
})

test('where only existing profiles are updated, the plan shows customers and profiles beside each other', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', makeSmallShop().csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml({ profiles: 'update-existing', segments: TWO_SEGMENTS.slice(1) }))
  await rehearsal.run('sync')
  await until('members are there', () => rehearsal.klaviyo.state.isSettled())
  const { document } = await rehearsal.run('plan', '--json')
  const [segment] = document<{
    plans: { segments: { expectedMembers: number; forecast: { customers: number; profiles: { absent: number } } }[] }[]
  }>().plans.flatMap(({ segments }) => segments)
  expect(segment?.forecast.customers).toBeGreaterThan(0)
  expect(segment).toMatchObject({
    expectedMembers: 0,
    memberCount: 0,
    forecast: { profiles: { confirmed: 0, absent: segment?.forecast.customers } },
  })
  expect((await rehearsal.run('plan')).stdout).toContain('with a profile')
})
