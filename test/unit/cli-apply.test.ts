import { describe, expect, it } from 'vitest'
import type { AppliedSegment } from '../../src/app/apply-segments.ts'
import { createCli } from '../support/cli.ts'
import { PLAN, plannedSegment } from '../support/cli-ledger.ts'

const UNCHANGED = { ...PLAN, segments: [plannedSegment({ key: 'high', action: 'unchanged' })] }

function cliApplying(outcome: AppliedSegment['outcome']) {
  return createCli({ session: { applySegments: async () => [{ key: 'high', name: 'AOV | High', outcome }] } })
}

describe('apply', () => {
  it('refuses before it opens anything where nobody can be asked', async () => {
    const { run, calls } = createCli()
    const { exitCode, stderr } = await run('apply')
    expect(exitCode).toBe(64)
    expect(stderr).toContain('nobody can be asked here: look at scontrino plan, then add --yes')
    expect(calls).toEqual([])
  })

  it('refuses to ask beside a document', async () => {
    const { exitCode, document } = await createCli({ terminal: { typed: ['y'] } }).run('apply', '--json')
    expect(exitCode).toBe(64)
    expect(document()).toMatchObject({ error: { code: 'E_USAGE' } })
  })

  it('does not ask with --yes, shows the plan and says what it did', async () => {
    const { run, calls } = createCli()
    const { exitCode, stdout, stderr } = await run('apply', '--yes', '--account', 'main')
    expect(exitCode).toBe(0)
    expect(calls).toContainEqual(['applySegments', 'main', false])
    expect(stdout.indexOf('the flow “Welcome” (live)')).toBeGreaterThan(0)
    expect(stdout).toMatch(/created\s+AOV \| High/)
    expect(stderr).toBe('')
  })

  it.each(['y', 'YES', ' yes '])('takes %j for a yes', async (typed) => {
    const { run, calls } = createCli({ terminal: { typed: [typed] } })
    const { stderr } = await run('apply', '-a', 'main')
    expect(stderr).toBe('Apply this? [y/N] ')
    expect(calls).toContainEqual(['applySegments', 'main', false])
  })

  it.each([['n'], ['', 'y'], ['yesterday'], []])('takes %j for a no', async (...typed) => {
    const { run, calls } = createCli({ terminal: { typed } })
    const { exitCode, stdout } = await run('apply')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Nothing was changed.')
    expect(calls).toEqual([['open', '/shop/scontrino.yaml'], ['close']])
  })

  it('asks once for all accounts', async () => {
    const { run, calls } = createCli({ terminal: { typed: ['y'] } })
    await run('apply')
    expect(calls.filter(([name]) => name === 'applySegments')).toEqual([
      ['applySegments', 'main', false],
      ['applySegments', 'japan', false],
    ])
  })

  it('says in its question that it will delete', async () => {
    const { run, calls } = createCli({ terminal: { typed: ['y'] } })
    const { stderr } = await run('apply', '--prune')
    expect(stderr).toContain('delete what is no longer configured')
    expect(calls).toContainEqual(['applySegments', 'main', true])
  })

  it('does not ask when there is nothing to do', async () => {
    const { exitCode, stderr } = await createCli({
      terminal: {},
      application: { plan: async () => UNCHANGED },
      session: { applySegments: async () => [{ key: 'high', name: 'AOV | High', outcome: 'unchanged' }] },
    }).run('apply')
    expect(exitCode).toBe(0)
    expect(stderr).toBe('')
  })

  it('is stopped by Ctrl-C while it asks', async () => {
    const stopping = new AbortController()
    const { run, calls } = createCli({
      terminal: { typed: [] },
      context: { signal: stopping.signal },
      application: {
        plan: async () => {
          stopping.abort()
          return PLAN
        },
      },
    })
    expect((await run('apply', '-a', 'main')).exitCode).toBe(130)
    expect(calls.map(([name]) => name)).toEqual(['open', 'close'])
  })

  it.each([
    ['created', 0],
    ['held', 0],
    ['kept', 0],
    ['blocked', 78],
    ['deferred', 75],
  ] as const)('ends, for a segment that was %s, with %i', async (outcome, expected) => {
    const { exitCode, document } = await cliApplying(outcome).run('apply', '--yes', '--json', '-a', 'main')
    expect(exitCode).toBe(expected)
    expect(document()).toEqual({
      accounts: [{ account: 'main', segments: [{ key: 'high', name: 'AOV | High', outcome }] }],
    })
  })

  it('says what to do about a name that is taken', async () => {
    expect((await cliApplying('blocked').run('apply', '--yes')).stdout).toContain('rename one of them')
  })

  it('warns when flows cannot be read', async () => {
    const blind = { ...PLAN, segments: [plannedSegment({ key: 'low', action: 'update', flows: null })] }
    const { stdout } = await createCli({ application: { plan: async () => blind } }).run('apply', '--yes')
    expect(stdout).toContain('warning: the key lacks flows:read, so a flow may start from AOV | low unseen')
  })

  it.each([
    ['missing', "warning: AOV | vip goes by Klaviyo's own figures, and no profile looked at has any"],
    ['theirs', "note: AOV | vip goes by Klaviyo's own figures; customers and revenue here are by ours"],
  ] as const)('says what it means that the figures of a segment are %s', async (figures, words) => {
    const plan = { ...PLAN, segments: [plannedSegment({ key: 'vip', action: 'create', figures })] }
    expect((await createCli({ application: { plan: async () => plan } }).run('apply', '--yes')).stdout).toContain(words)
  })

  it('says that a quota is too small for the plan', async () => {
    const large = { ...PLAN, quota: { ...PLAN.quota, creates: { needed: 3, left: 1 } } }
    const { stdout } = await createCli({ application: { plan: async () => large } }).run('apply', '--yes')
    expect(stdout).toContain('The rest has to wait until Klaviyo allows more')
  })
})
