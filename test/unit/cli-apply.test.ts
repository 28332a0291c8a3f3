import { describe, expect, it } from 'vitest'
import type { AppliedSegment } from '../../src/app/apply-segments.ts'
import { RemoteUnavailableError } from '../../src/core/errors.ts'
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

  describe('whose plan has changed since it was shown', () => {
    const CHANGED = { ...PLAN, segments: [plannedSegment({ key: 'vip', action: 'create' })] }

    /** What is carried out under the lock is `CHANGED`; the plan shown first is not. */
    function cliMeeting(typed: readonly string[]) {
      let shown = 0
      return createCli({
        terminal: { typed },
        application: { plan: async () => (shown++ === 0 ? PLAN : CHANGED) },
        session: {
          applySegments: async (_account, { isAgreed }) =>
            isAgreed(CHANGED) ? [{ key: 'vip', name: 'AOV | vip', outcome: 'created' }] : 'changed',
        },
      })
    }

    it('shows the new one and asks again', async () => {
      const { stdout, stderr } = await cliMeeting(['y', 'y']).run('apply', '-a', 'main')
      expect(stderr).toBe('Apply this? [y/N] Apply this? [y/N] ')
      expect(stdout).toContain('main: something has changed since the plan was shown, and nothing was applied.')
      expect(stdout).toMatch(/created.*AOV \| vip/)
    })

    it('writes nothing when the second answer is no', async () => {
      const { exitCode, stdout } = await cliMeeting(['y', 'n']).run('apply', '-a', 'main')
      expect(exitCode).toBe(0)
      expect(stdout).toContain('main: nothing was changed.')
      expect(stdout).not.toContain('created')
    })

    it('is carried out with --yes, and told', async () => {
      const { stdout, stderr } = await cliMeeting([]).run('apply', '-a', 'main', '--yes')
      expect(stderr).toBe('')
      expect(stdout).toMatch(/main: the plan had changed by then; this was carried out:.*AOV \| vip.*quota/s)
      expect(stdout).toMatch(/created.*AOV \| vip/)
    })

    it('is not told to have changed where only sizes did', async () => {
      const larger = { ...PLAN, segments: PLAN.segments.map((one) => ({ ...one, memberCount: 77 })) }
      const { stdout } = await createCli({
        application: { plan: async () => PLAN },
        session: { applySegments: async (_account, { isAgreed }) => (isAgreed(larger) ? [] : 'changed') },
      }).run('apply', '-a', 'main', '--yes')
      expect(stdout).not.toContain('changed by then')
    })
  })

  it('says what it had done when it is interrupted', async () => {
    const { exitCode, stdout } = await createCli({
      session: {
        applySegments: async (_account, { onWritten }) => {
          onWritten({ key: 'high', name: 'AOV | High', outcome: 'created' })
          throw new RemoteUnavailableError('Klaviyo did not answer')
        },
      },
    }).run('apply', '-a', 'main', '--yes')
    expect(exitCode).toBe(69)
    expect(stdout).toMatch(/Before it stopped:\nmain\n\s*created\s+AOV \| High/)
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
