import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerExplanation } from '../../src/core/explanation/explanation.ts'
import { headerText } from '../../src/sandbox/shop/order-text.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts'
import { rehearsalYaml, TWO_SEGMENTS } from '../support/rehearsal-yaml.ts'

const ADA = 'ada@example.org'

function row(order: string, email: string, total: string, state = 'placed'): string {
  return `${order},2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,${email},,IT,${total},,,,,,,${state},false,web\n`
}

const ROWS = [row('1', ADA, '90'), row('2', ADA, '110'), row('3', ADA, '500', 'cancelled')]

describe('explain', () => {
  let rehearsal: Rehearsal
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.write('orders.csv', headerText('csv') + ROWS.join(''))
    rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: TWO_SEGMENTS }))
    const { exitCode, stderr } = await rehearsal.run('sync')
    expect(exitCode, stderr).toBe(0)
  })
  afterAll(() => rehearsal.close())

  test('tells a person what counts and that Klaviyo has it', async () => {
    const { exitCode, stdout, stderr } = await rehearsal.run('explain', 'Ada@Example.org')
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain('3 orders, of which 2 count')
    expect(stdout).toMatch(/shop 3 +€500\.00 +– {2}cancelled/)
    expect(stdout).toMatch(/AOV = revenue \/ orders +€100\.00 +€100\.00/)
    expect(stdout).toContain('push: confirmed by Klaviyo')
    expect(stdout).toMatch(/aov +100 +the same/)
    expect(stdout).not.toContain('≠')
    expect(stdout).toMatch(/^in {3}AOV \| High > €80\n {5}created .*\n {5}✓ aov > €80\.00: is €100\.00$/m)
    expect(stdout).toMatch(/^ {5}✗ aov ≤ €80\.00: is €100\.00\n {7}→ one more order of at most €40\.01$/m)
  })

  test('tells the segments that Klaviyo has put the customer into, and those it has not', async () => {
    const { segments } = await rehearsal.heldByKlaviyo()
    const { document } = await rehearsal.run('explain', ADA, '--json')
    const [explanation] = document<{ explanations: CustomerExplanation[] }>().explanations
    const told = explanation?.segments.map(({ name, judgement }) => [name, judgement?.isIn])
    expect(told?.sort()).toEqual(segments.map(({ name, members }) => [name, members.includes(ADA)]).sort())
    expect(told).toContainEqual([expect.stringContaining('High'), true])
  })

  test('marks what was changed by hand in Klaviyo', async () => {
    rehearsal.klaviyo.state.seedProfiles([{ email: ADA, properties: { aov: 7 } }])
    const { document } = await rehearsal.run('explain', ADA, '--json')
    const [explanation] = document<{ explanations: CustomerExplanation[] }>().explanations
    expect(explanation?.profiles[0]?.properties.filter(({ isSame }) => isSame !== true)).toEqual([
      { name: 'aov', desired: 100, actual: 7, isSame: false },
    ])
  })

  test('ends with 65 for an address that nobody has', async () => {
    const { exitCode, stdout } = await rehearsal.run('explain', 'nobody@example.org')
    expect([exitCode, stdout]).toEqual([65, 'main  nobody is known by this address\n'])
  })

  test('explains what the ledger knows when Klaviyo is away', async () => {
    const before = rehearsal.variables['KLAVIYO_BASE_URL'] ?? ''
    rehearsal.variables['KLAVIYO_BASE_URL'] = 'http://127.0.0.1:9'
    const { exitCode, stdout, stderr } = await rehearsal.run('explain', ADA)
    rehearsal.variables['KLAVIYO_BASE_URL'] = before
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain('Klaviyo could not be asked (E_REMOTE_UNAVAILABLE)')
    expect(stdout).toMatch(/AOV = revenue \/ orders +€100\.00/)
  })

  test('leaves the address in no run', async () => {
    const db = openDatabase(rehearsal.databaseUrl)
    try {
      const { rows } = await db.query<{ text: string }>('select r::text as text from runs r')
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.map(({ text }) => text).join('\n')).not.toMatch(/ada@/i)
    } finally {
      await db.close()
    }
  })

  test('answers the same over HTTP, and logs no address', async () => {
    const cli = rehearsal.start('start', '--roles', 'http')
    const [, url = ''] = await cli.says(/Listening on (http:\S+?),/)
    const answer = await fetch(`${url}/v1/explain`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ADA }),
    })
    const { explanations } = (await answer.json()) as { explanations: CustomerExplanation[] }
    const said = { kind: 'customer', email: ADA, klaviyo: { isRead: true }, sums: { lifetime: { aovMinor: 10_000 } } }
    expect(explanations).toMatchObject([said])
    const { stdout, stderr } = await cli.kill('SIGTERM')
    expect(stderr + stdout).toContain('"/v1/explain"')
    expect(stderr + stdout).not.toMatch(/ada@/i)
  })

  test('knows of a forgotten person only that', async () => {
    await rehearsal.run('forget', ADA, '--yes')
    const { exitCode, document } = await rehearsal.run('explain', ADA, '--json')
    expect([exitCode, document()]).toEqual([
      0,
      { explanations: [{ kind: 'forgotten', account: 'main', forgottenAt: expect.any(String) }] },
    ])
  })
})
