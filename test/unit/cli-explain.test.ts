import { describe, expect, test } from 'vitest'
import type { CustomerExplanation, Explanation } from '../../src/core/explanation/explanation.ts'
import { createCli } from '../support/cli.ts'
import { EXPLANATION, FORGOTTEN } from '../support/explanation.ts'

const EMAIL = 'anna@example.com'

/** What `explain` prints of an explanation. */
async function print(explanation: Explanation): Promise<string> {
  const { run } = createCli({ application: { explain: async () => explanation } })
  const { exitCode, stdout, stderr } = await run('explain', EMAIL, '--account', 'main')
  expect([exitCode, stderr]).toEqual([0, ''])
  return stdout
}

const printChanged = (changes: Partial<CustomerExplanation>) => print({ ...EXPLANATION, ...changes })

/** The part of a text that begins with a heading and ends with an empty line. */
function partOf(text: string, heading: string): string {
  return text.split('\n\n').find((part) => part.startsWith(heading)) ?? ''
}

describe('explain', () => {
  test('says who it is and by what else they are known', async () => {
    expect(partOf(await print(EXPLANATION), EMAIL)).toBe(`anna@example.com in main
at 2026-07-02 09:00:00 +01:00 · Europe/London · GBP · policy net
Known by all of these; orders under any of them count together:
  address  anna@example.com  ← its profile carries the figures
           anna@old.example
  shop id  shop 71`)
  })

  test('says when several customers of a shop are one', async () => {
    const shopIds = ['71', '72'].map((externalId) => ({ source: 'shop', externalId }))
    expect(await printChanged({ shopIds })).toContain(
      '2 customers of shop are one here: merged there, or joined by an address.\n',
    )
  })

  test('tells of each order what it counts for by which steps, or why it does not', async () => {
    expect(partOf(await print(EXPLANATION), 'Orders')).toBe(`Orders  5 orders, of which 3 count
placed            order                   charged  counts for
2025-01-02 03:04  shop 1001                £50.00      £50.00  not in 12 months
2026-05-04 12:30  shop 1002               £100.00      £85.50
    £100.00 − shipping £5.00 − refunds £9.50 (their share of £10.00) = £85.50
2026-05-04 12:30  shop 1003               €100.00      £85.00
    × 0.85, the rate of EUR from 2026-01-01
2026-05-04 12:30  shop 1004               £100.00           –  cancelled
2026-05-04 12:30  shop gid:/…456789012  US$100.00           –  no rate for USD`)
  })

  test('says that refunds are not deducted where the policy ignores them', async () => {
    const [order] = EXPLANATION.orders.filter(({ refundedMinor }) => refundedMinor > 0)
    if (order === undefined || !('valueMinor' in order.value)) throw new Error('expected a refunded order that counts')
    const text = await printChanged({
      policy: { ...EXPLANATION.policy, refunds: 'ignore' },
      orders: [{ ...order, value: { ...order.value, valueMinor: 9_500, deductedMinor: 0 } }],
    })
    expect(text).toContain('    refunds of £10.00 are not deducted\n')
  })

  test('tells refunds that name no order', async () => {
    expect(partOf(await print(EXPLANATION), 'refunded')).toBe(`refunded          refund of no order  amount  takes
2026-06-01 10:00  shop c7              £2.50  £2.50`)
  })

  test('shows the newest fifty orders, and says how many are older', async () => {
    const [one] = EXPLANATION.orders
    const orders = Array.from({ length: 53 }, (_, index) => ({ ...(one ?? never()), externalId: `no-${index}` }))
    const text = await printChanged({ orders })
    expect(text).toContain('… 3 older orders before these; --json lists all\n')
    expect([text.includes('no-2 '), text.includes('no-3 '), text.includes('no-52 ')]).toEqual([false, true, true])
  })

  test('adds up to the AOV and says what is stored', async () => {
    expect(partOf(await print(EXPLANATION), 'Sums')).toBe(`Sums
                            all orders  last 12 months
counted orders                       3               2
what they count for            £220.50         £170.50
refunds that name no order      -£2.50          -£2.50
revenue                        £218.00         £168.00
AOV = revenue / orders          £72.67          £84.00
AOV is rounded half up, once, after the division.
The twelve months began at 2025-07-02 09:00:00 +01:00.
Stored: AOV £72.67 of 3 orders, last changed 2026-06-01 10:05:00 +01:00.`)
  })

  test.each([
    ['first-computation', 'nothing has been computed yet'],
    ['settings', 'the configuration has changed'],
    ['records', 'orders, refunds or addresses have changed'],
    ['window', 'an order or refund has left the twelve months'],
  ] as const)('says that the figures wait to be computed (%s)', async (waitingFor, words) => {
    expect(await printChanged({ waitingFor, isStoredCurrent: false })).toContain(
      `Waits to be computed by the next sync: ${words}.\n`,
    )
  })

  test('says that no order counts', async () => {
    expect(await printChanged({ stored: null })).toContain('Stored: no AOV, since no order counted.\n')
  })

  test('owns up when stored figures are wrong', async () => {
    expect(await printChanged({ isStoredCurrent: false })).toContain('a mistake of ours.\n')
  })

  test('shows properties as they should be beside those in Klaviyo, differences marked', async () => {
    expect(partOf(await print(EXPLANATION), `Profile ${EMAIL}`)).toBe(`Profile anna@example.com
push: confirmed by Klaviyo
   property                 should hold               in Klaviyo
≠  aov                      72.67                     99
   aov_12m                  84                        the same
   customer_type            recurring                 the same
   avg_days_between_orders  243.7                     the same
   first_order_at           2025-01-02T03:04:05.000Z  2025-01-02T03:04:05+00:00
1 property differs.
Klaviyo had taken ours, so something else wrote there since.
Ours come back when a figure changes.`)
  })

  test('shows a former address, whose profile holds nothing of ours', async () => {
    expect(partOf(await print(EXPLANATION), 'Profile anna@old')).toContain(
      '(former address: holds nothing of ours)\npush: nothing of ours was ever meant for it\nKlaviyo has no profile',
    )
  })

  test.each([
    [{ state: 'pending' }, 'waits for the next sync'],
    [{ state: 'in-flight' }, 'under way, in an import that is not finished'],
    [
      { state: 'absent', code: 'absent', reason: 'none', at: EXPLANATION.at },
      'none, since Klaviyo has no such profile and profiles: update-existing creates none',
    ],
    [
      { state: 'refused', code: 'invalid', reason: 'Not a mailbox.', at: EXPLANATION.at },
      'refused at 2026-07-02 09:00:00 +01:00: Not a mailbox. (invalid)',
    ],
  ] as const)('says where the push stands: %o', async (push, words) => {
    const profiles = EXPLANATION.profiles.map((profile) => ({ ...profile, push }))
    expect(await printChanged({ profiles })).toContain(`push: ${words}\n`)
  })

  test('says that Klaviyo could not be asked, and shows what properties should hold', async () => {
    const profiles = EXPLANATION.profiles.map((profile) => ({
      ...profile,
      remote: null,
      properties: profile.properties.map((property) => ({ ...property, actual: null, isSame: null })),
    }))
    const text = await printChanged({
      profiles,
      klaviyo: { isRead: false, code: 'E_AUTH', message: 'Klaviyo answered 401' },
    })
    expect(text).toContain('Klaviyo could not be asked (E_AUTH): Klaviyo answered 401\n')
    expect(partOf(text, `Profile ${EMAIL}`)).toMatch(/property +should hold\n +aov +72.67\n/)
    expect(text).not.toMatch(/≠|differ|has no profile/)
  })

  test('tells every segment in or out, rule by rule, with what would change it', async () => {
    expect(partOf(await print(EXPLANATION), 'Segments').trimEnd()).toBe(
      `Segments  by the stored figures; Klaviyo follows some minutes after a push
in   AOV | high
     created 2026-03-01 10:00 +00:00
     ✓ aov > £50.00: is £72.67
out  AOV | vip
     updated 2026-03-02 10:00 +00:00; changed in Klaviyo since, by somebody else
     ✗ aov from £120.00 to £300.00: is £72.67
       → one more order of £261.98 to £982.01
     one of:
       ✗ order_count ≥ 5: is 3
       ✓ customer_type one of recurring: is recurring
in   AOV | active
     not in Klaviyo yet
     ✓ last_order_at in the last 90 days: is 2026-05-04 12:30 +01:00
       → until 2026-08-02 12:30:00 +01:00
?    AOV | theirs
     adopted 2026-03-03 10:00 +00:00; the configuration has changed since
     by Klaviyo’s own figures, which are not asked for`,
    )
  })

  test('says that nobody is in a segment in Klaviyo who has no profile there', async () => {
    const profiles = EXPLANATION.profiles.map((profile) => ({ ...profile, remote: null }))
    expect(await printChanged({ profiles })).toContain('Klaviyo has no profile to put into any of them.\n')
  })

  test('says that no segment is configured', async () => {
    expect(await printChanged({ segments: [] })).toContain('\nNo segment is configured.\n')
  })

  test('keeps to eighty columns', async () => {
    const lines = (await print(EXPLANATION)).split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  })

  test('says of a forgotten person that they were forgotten, and no more', async () => {
    expect(await print(FORGOTTEN)).toBe(
      'main  this person was forgotten at 2026-07-02 09:00:00 +01:00; nothing else is known\n',
    )
  })

  test('asks every account, and goes well when one knows the address', async () => {
    const { run, calls } = createCli()
    const { exitCode, stdout } = await run('explain', ' Anna@Example.com')
    expect(calls).toContainEqual(['explain', 'main', EMAIL])
    expect(calls).toContainEqual(['explain', 'japan', EMAIL])
    expect([exitCode, stdout.endsWith('\n\njapan  nobody is known by this address\n')]).toEqual([0, true])
  })

  test('ends with 65 when nobody is known by the address', async () => {
    const { run } = createCli()
    const { exitCode, stdout } = await run('explain', EMAIL, '--account', 'japan')
    expect([exitCode, stdout]).toEqual([65, 'japan  nobody is known by this address\n'])
  })

  test('is a document with --json', async () => {
    const { run } = createCli()
    const { document, exitCode } = await run('explain', EMAIL, '--json')
    expect([exitCode, document()]).toEqual([
      0,
      { explanations: [JSON.parse(JSON.stringify(EXPLANATION)), { kind: 'unknown', account: 'japan' }] },
    ])
  })

  test.each([
    ['without an address', ['explain'], "missing required argument 'email'"],
    ['with what is none', ['explain', 'anna-at-home'], 'expected one e-mail address'],
  ])('ends with 64 %s, and opens nothing', async (_case, argv, complaint) => {
    const { run, calls } = createCli()
    const { exitCode, stderr } = await run(...argv)
    expect([exitCode, calls]).toEqual([64, []])
    expect(stderr).toContain(complaint)
    expect(stderr).not.toContain('anna')
  })
})

function never(): never {
  throw new Error('expected an order')
}
