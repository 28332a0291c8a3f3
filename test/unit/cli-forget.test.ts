import { describe, expect, test } from 'vitest'
import { createCli } from '../support/cli.ts'
import { RECEIPT } from '../support/cli-ledger.ts'

const EMAIL = 'anna@example.com'

describe('forget', () => {
  test('prints a receipt for every account, and the address in none', async () => {
    const { run, calls } = createCli()
    const { exitCode, stdout, stderr } = await run('forget', ' Anna@Example.com', '--yes')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(calls).toContainEqual(['forget', 'main', EMAIL])
    expect(calls).toContainEqual(['forget', 'japan', EMAIL])
    expect(stdout).toBe(`main  forgotten at 2026-07-02 09:00:00 +01:00
  removed    1 customer with 3 addresses, phone numbers and shop ids
  kept       2 orders and 1 refund of theirs, without a customer
  tombstone  ${RECEIPT.tombstone}
  Klaviyo    1 profile to clear of our properties with the next sync: by itself (*/15 * * * *), or now with scontrino sync

japan  had been forgotten at 2026-07-02 17:00:00 +09:00: nothing was left to remove
  tombstone  ${RECEIPT.tombstone}
  Klaviyo    nothing to do
`)
  })

  test('says when a profile will be deleted, and that no schedule does it', async () => {
    const receipt = { ...RECEIPT, profiles: { clear: 0, delete: 2 } }
    const { run } = createCli({ session: { forget: async () => ({ receipt, schedule: null }) } })
    const { stdout } = await run('forget', EMAIL, '--yes', '--account', 'main')
    expect(stdout).toContain('2 profiles to delete, if there with the next sync: run scontrino sync\n')
  })

  test('says that nobody was known by the address, and what the tombstone is for', async () => {
    const receipt = { ...RECEIPT, repeated: false, customers: 0, identities: 0, orders: 0, refunds: 0 }
    const { run } = createCli({ session: { forget: async () => ({ receipt, schedule: null }) } })
    const { stdout } = await run('forget', EMAIL, '--yes', '--account', 'main')
    expect(stdout).toContain(
      'main  nobody was known by this address; from 2026-07-02 09:00:00 +01:00 on its orders stay',
    )
    expect(stdout).toContain(`tombstone  ${RECEIPT.tombstone}`)
    expect(stdout).not.toContain('removed')
  })

  test('is a document with --json', async () => {
    const { run } = createCli()
    const { document, stdout } = await run('forget', EMAIL, '--account', 'main', '--yes', '--json')
    expect(document()).toEqual({
      accounts: [{ account: 'main', schedule: '*/15 * * * *', ...RECEIPT, erasedAt: RECEIPT.erasedAt.toISOString() }],
    })
    expect(stdout).not.toContain(EMAIL)
  })

  test('asks at a terminal, and does it after a yes', async () => {
    const { run, calls } = createCli({ terminal: { typed: ['yes'] } })
    const { exitCode, stderr } = await run('forget', EMAIL, '--account', 'main')
    expect(exitCode).toBe(0)
    expect(stderr).toContain('Forget this person in main? This cannot be undone. [y/N]')
    expect(calls).toContainEqual(['forget', 'main', EMAIL])
  })

  test('does nothing after anything else', async () => {
    const { run, calls } = createCli({ terminal: { typed: [''] } })
    const { exitCode, stdout } = await run('forget', EMAIL)
    expect([exitCode, stdout]).toEqual([0, 'Nothing was changed.\n'])
    expect(calls.some(([name]) => name === 'forget')).toBe(false)
  })

  test.each([
    ['where nobody can be asked', ['forget', EMAIL], 'add --yes'],
    ['without an address', ['forget', '--yes'], 'expected one e-mail address'],
    ['with what is none', ['forget', 'anna', '--yes'], 'expected one e-mail address'],
    ['with two', ['forget', EMAIL, 'bea@example.com', '--yes'], 'too many arguments'],
  ])('ends with 64 %s, and opens nothing', async (_case, argv, complaint) => {
    const { run, calls } = createCli()
    const { exitCode, stderr } = await run(...argv)
    expect([exitCode, calls]).toEqual([64, []])
    expect(stderr).toContain(complaint)
    expect(stderr).not.toContain('@')
  })

  test('forgets everybody of a shop that is no longer configured', async () => {
    const { run, calls } = createCli()
    const { exitCode, stdout } = await run('forget', '--source', 'old-shop', '--yes')
    expect(exitCode).toBe(0)
    expect(calls).toContainEqual(['forgetSource', 'japan', 'old-shop'])
    expect(stdout).toBe(`main  everybody of old-shop forgotten at 2026-07-02 09:00:00 +01:00
  removed    2 customers who bought nowhere else; 4 addresses, phone numbers and shop ids
  stay       1 customer with what other shops told
  kept       5 orders and 0 refunds of theirs, without a customer
  Klaviyo    2 profiles to delete, if there with the next sync: run scontrino sync
  open       1 task that the shop asked for: see scontrino rejects, and close each with --done <number>
  mind       a scontrino start that still reads this shop brings everybody back: restart it with the new configuration
`)
  })

  test('ends with 78 for a shop that nothing was read from', async () => {
    const { run } = createCli({ session: { forgetSource: async () => null } })
    expect((await run('forget', '--source', 'never', '--yes')).exitCode).toBe(78)
  })

  test('ends with 64 with an address and a shop', async () => {
    const { run, calls } = createCli()
    expect((await run('forget', EMAIL, '--source', 'shop', '--yes')).exitCode).toBe(64)
    expect(calls).toEqual([])
  })

  test('ends with 78 for an account that is not there', async () => {
    const { run } = createCli()
    expect((await run('forget', EMAIL, '--yes', '--account', 'mars')).exitCode).toBe(78)
  })
})
