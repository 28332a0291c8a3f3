import { expect, test } from 'vitest'
import { rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'

interface Advice {
  readonly thresholds: readonly {
    readonly customers: number
    readonly storeAovMinor: number
    readonly advice: readonly { readonly method: string; readonly classes: readonly { readonly customers: number }[] }[]
  }[]
}

const FOLLOWING = rehearsalYaml({ segments: ['{ family: bands }', '{ family: new-recurring-by-aov }'] }).replace(
  '    profiles:',
  '    bands: [p25, p75]\n    profiles:',
)

test('a shop is cut by what its own customers spend, in its bands, its segments and their names', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('orders.csv', makeSmallShop().csv)
  rehearsal.write('scontrino.yaml', FOLLOWING)

  const before = await rehearsal.run('plan')
  expect(before.exitCode, before.stderr).toBe(0)
  expect(before.stdout).toContain('p25 has no value today, since no customer has an order that counts')
  expect(before.stdout).toMatch(/AOV \| New × Low is not made yet: store_aov has no value yet/)

  const synced = await rehearsal.run('sync', '--json')
  expect(synced.document()).toMatchObject({ summary: [{ segments: { created: 7 } }] })
  const { segments, profiles } = await rehearsal.heldByKlaviyo()
  const names = segments.map(({ name }) => name)
  expect(names).toContain('AOV | Recurring × High')
  expect(names).toContainEqual(expect.stringMatching(/^AOV \| Mid €[\d.,]+–€[\d.,]+$/))

  // The bands on the profiles, the segments over amounts and the ledger all tell the same customers apart.
  for (const [name, band] of [
    ['AOV | Low', 'low'],
    ['AOV | Mid', 'mid'],
    ['AOV | High', 'high'],
  ] as const) {
    const members = segments.find((segment) => segment.name.startsWith(name))?.members ?? []
    const inBand = Object.entries(profiles).flatMap(([email, held]) => (held['aov_band'] === band ? [email] : []))
    expect(members.toSorted(), name).toEqual(inBand.toSorted())
    expect(members.length, name).toBeGreaterThan(0)
  }

  const again = await rehearsal.run('sync', '--json')
  expect(again.document()).toMatchObject({ summary: [{ segments: { unchanged: 7 }, profiles: { pushed: 0 } }] })
  const after = await rehearsal.run('plan')
  expect(after.stdout).toMatch(/store_aov is now €[\d.,]+, within 10% of the €[\d.,]+ in force/)

  const advised = await rehearsal.run('thresholds', '--classes', '4', '--json')
  const [advice] = advised.document<Advice>().thresholds
  const report = await rehearsal.report()
  expect(advice).toMatchObject({ customers: report.identified.customers, storeAovMinor: report.identified.aovMinor })
  expect(advice?.advice.map(({ method, classes }) => [method, classes.length])).toEqual([
    ['store_aov', 2],
    ['store_median', 2],
    ['quantiles', 4],
    ['natural_breaks', 4],
  ])
})
