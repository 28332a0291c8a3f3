import { describe, expect, it } from 'vitest'
import type { JobStatus } from '../../src/app/application.ts'
import { createProgress } from '../../src/cli/render/progress.ts'
import { AbortedError } from '../../src/core/errors.ts'
import { createCli } from '../support/cli.ts'
import { failedJob, finishedJob, finishedJobs } from '../support/cli-ledger.ts'
import { createTerminal } from '../support/cli-terminal.ts'

/** A command line whose worker ends with these jobs. */
function cliEndingWith(jobs: readonly JobStatus[]) {
  return createCli({ session: { work: async () => jobs } })
}

describe('sync', () => {
  it('enqueues what was asked for', async () => {
    const { run, calls } = createCli()
    await run('sync', '--account', 'main', '--source', 'shop', '--full', '--dry-run', '--strict')
    expect(calls).toContainEqual([
      'enqueue',
      'sync',
      { account: 'main', source: 'shop', full: true, dryRun: true },
      'cli',
    ])
  })

  it('asks for everything when nothing was named', async () => {
    const { run, calls } = createCli()
    await run('sync')
    expect(calls).toEqual([['open', '/shop/scontrino.yaml'], ['enqueue', 'sync', {}, 'cli'], ['close']])
  })

  it('sums up what each step did', async () => {
    const { exitCode, stdout } = await createCli().run('sync')
    expect(exitCode).toBe(0)
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([
      'main',
      'orders     18,532 read, 12 changed, 0 rejected, 3 skipped',
      'customers  11 computed: 10 with new figures, 1 as before or without an order that counts',
      'profiles   9 pushed, 1 refused',
      'segments   3 created, 1 unchanged',
      '→ scontrino rejects says which and why',
      '',
    ])
  })

  it('adds up the sources of an account', async () => {
    const jobs = [finishedJob('pull-orders', { orders: 2 }), finishedJob('pull-orders', { orders: 3 })]
    expect((await cliEndingWith(jobs).run('sync')).stdout).toContain('orders     5 read')
  })

  it('says what a dry run would do', async () => {
    const jobs = [
      finishedJob('push-profiles', { pending: 1234 }),
      finishedJob('sync-segments', { planned: { create: 2, unchanged: 1 } }),
    ]
    const { stdout } = await cliEndingWith(jobs).run('sync', '--dry-run')
    expect(stdout).toContain('profiles   1,234 to push')
    expect(stdout).toContain('segments   2 create, 1 unchanged')
  })

  it('tells segments that wait for a person', async () => {
    const { stdout } = await cliEndingWith([finishedJob('sync-segments', { held: 1 })]).run('sync')
    expect(stdout).toContain('scontrino plan, then apply')
  })

  it('tells segments that are not as large in Klaviyo as expected', async () => {
    const sized = (sizes: object) => cliEndingWith([finishedJob('sync-segments', { unchanged: 3, sizes })]).run('sync')
    const problems = await sized({ asExpected: 1, empty: 1, off: 1 })
    expect(problems.stdout).toContain('segments   3 unchanged\n')
    expect(problems.stdout).toContain('→ segments in Klaviyo: 1 empty, 1 off by more than the tolerance')
    expect((await sized({ asExpected: 2, notYet: 1 })).stdout).not.toContain('in Klaviyo')
  })

  it('tells segments that are to be counted again, and when', async () => {
    const outdated = [finishedJob('sync-segments', { unchanged: 3, sizes: { outdated: 3 } })]
    const { stdout } = await cliEndingWith(outdated).run('sync')
    expect(stdout).toContain('to be counted again, since other members are expected: 3; by a sync a quarter of an hour')
  })

  it('answers summary and jobs as one document', async () => {
    const document = (await createCli().run('sync', '--json')).document()
    expect(document).toMatchObject({
      summary: [
        { account: 'main', orders: { read: 18_532 }, profiles: { pushed: 9, refused: 1 }, segments: { created: 3 } },
      ],
      jobs: finishedJobs(),
    })
    expect(document).not.toHaveProperty('error')
  })

  it('succeeds with rejected records', async () => {
    const { exitCode, stdout } = await cliEndingWith(finishedJobs(2)).run('sync')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('2 rejected')
  })

  it('ends with 65 when it is strict, while records could not be read in this run or an earlier one', async () => {
    const countOpenRecords = async () => 4
    const cli = createCli({ application: { countOpenRecords }, session: { work: async () => finishedJobs(0) } })
    const { exitCode, document } = await cli.run('sync', '--strict', '--json')
    expect(exitCode).toBe(65)
    expect(document()).toMatchObject({ error: { code: 'E_RECORD' } })
  })

  it('succeeds when it is strict and every record could be read', async () => {
    const countOpenRecords = async () => 0
    expect((await createCli({ application: { countOpenRecords } }).run('sync', '--strict')).exitCode).toBe(0)
  })

  it('tells of records that an earlier reading could not read', async () => {
    const countOpenRecords = async () => 4
    const jobs = [finishedJob('pull-orders', { orders: 0 })]
    const cli = createCli({ application: { countOpenRecords }, session: { work: async () => jobs } })
    const { stdout } = await cli.run('sync')
    expect(stdout).toContain('0 read, 0 changed, 0 rejected')
    expect(stdout).toContain('→ 4 records still cannot be read: scontrino rejects')
  })

  it('says which jobs a process with another configuration has done, and what to do', async () => {
    const jobs = [
      { ...finishedJob('pull-orders', {}), configuration: 'another' },
      { ...finishedJob('sync', {}), configuration: 'own' },
    ]
    const { exitCode, stdout } = await createCli({ session: { work: async () => jobs } }).run('sync')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Done by a process that runs with another configuration: pull-orders. Restart every')
  })

  it('does not speak of configurations where there is one', async () => {
    const jobs = [{ ...finishedJob('pull-orders', {}), configuration: 'own' }, finishedJob('sync', {})]
    const { stdout } = await createCli({ session: { work: async () => jobs } }).run('sync')
    expect(stdout).not.toContain('configuration')
  })

  it('ends with the code of the first failure, which is the cause', async () => {
    const jobs = [
      finishedJob('compute-aggregates', {}),
      failedJob('push-profiles', 'E_AUTH', 'Klaviyo answered 401'),
      finishedJob('sync-segments', { skipped: 'push-profiles failed' }),
      failedJob('sync', 'E_REMOTE_REJECTED', 'push-profiles failed'),
    ]
    const { exitCode, stdout } = await cliEndingWith(jobs).run('sync')
    expect(exitCode).toBe(77)
    expect(stdout).toContain('segments   not looked at: push-profiles failed')
    expect(stdout).toContain('E_AUTH: Klaviyo answered 401')
  })

  it('says of each source that failed what to do about it, beside what the others did', async () => {
    const jobs = [
      { ...failedJob('pull-orders', 'E_AUTH', 'pulling web: answered 401'), source: 'web' },
      { ...failedJob('pull-orders', 'E_REMOTE_UNAVAILABLE', 'pulling till: no answer'), source: 'till' },
      { ...finishedJob('pull-orders', { orders: 5 }), source: 'fair' },
    ]
    const { stdout, exitCode } = await cliEndingWith(jobs).run('sync')
    expect(exitCode).toBe(77)
    expect(stdout).toContain('orders     5 read')
    expect(stdout).toMatch(/source web failed: E_AUTH: pulling web: answered 401\n +→ web: see scontrino check/)
    expect(stdout).toMatch(/source till failed: E_REMOTE_UNAVAILABLE: .*\n +→ till: see whether the shop answers/)
    expect(stdout).not.toContain('fair')
  })

  it('closes its session when the work is stopped', async () => {
    const work = async () => {
      throw new AbortedError('working: stopped')
    }
    const { run, calls } = createCli({ session: { work } })
    expect((await run('sync')).exitCode).toBe(130)
    expect(calls.at(-1)).toEqual(['close'])
  })
})

describe('progress', () => {
  const pulling = { ...finishedJob('pull-orders', {}), state: 'active' as const, result: null }
  const at = (done: number): JobStatus => ({
    ...pulling,
    progress: { step: 'pulling shop', done, total: 18_532, unit: 'orders' },
  })

  it('is one line for each step and each end where nobody watches', async () => {
    const { stderr } = await createCli().run('sync', '--json')
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      '  main pull-orders: pull-orders now',
      '✓ main pull-orders  18,532 orders · 1 refund · 12 changed · 3 skipped · 4 pages',
    ])
    expect(stderr).not.toContain('\u001b')
  })

  it('does not repeat a step that moves', () => {
    const stream = createTerminal()
    const progress = createProgress(stream)
    for (const done of [1, 2, 3]) progress.show(at(done))
    progress.end()
    expect(stream.text()).toBe('  main pull-orders: pulling shop\n')
  })

  it('is a bar that is drawn again on a terminal', () => {
    const stream = createTerminal({ isTTY: true })
    const progress = createProgress(stream)
    progress.show(at(9_266))
    expect(stream.text()).toBe(
      `\r\u001b[2K  main · pulling shop  ${'█'.repeat(12)}${'░'.repeat(12)}  9,266 of 18,532 orders`,
    )
  })

  it('never wraps, because a wrapped line cannot be erased', () => {
    const stream = createTerminal({ isTTY: true, columns: 30 })
    createProgress(stream).show(at(9_266))
    expect(stream.text().replace('\r\u001b[2K', '')).toHaveLength(29)
  })

  it('erases its line in the end', () => {
    const stream = createTerminal({ isTTY: true })
    const progress = createProgress(stream)
    progress.show(at(1))
    progress.end()
    expect(stream.text().endsWith('orders\r\u001b[2K')).toBe(true)
  })

  it('does not go on with a job that has ended', () => {
    const stream = createTerminal()
    const progress = createProgress(stream)
    progress.show(finishedJob('pull-orders', {}))
    progress.show(at(5))
    expect(stream.text()).toBe('✓ main pull-orders\n')
  })

  it('leaves it to the steps of a sync to tell how far it is', () => {
    const stream = createTerminal()
    createProgress(stream).show({ ...at(1), job: 'sync' })
    expect(stream.text()).toBe('')
  })

  it('counts without a bar when the total is not known', () => {
    const stream = createTerminal({ isTTY: true })
    createProgress(stream).show({ ...pulling, progress: { step: 'pushing profiles', done: 1_500, unit: 'profiles' } })
    expect(stream.text()).toBe('\r\u001b[2K  main · pushing profiles  1,500 profiles')
  })

  it('tells bytes as megabytes', () => {
    const stream = createTerminal({ isTTY: true })
    const progress = { step: 'pulling shop', done: 262_144, total: 1_517_715, unit: 'bytes' }
    createProgress(stream).show({ ...pulling, progress })
    expect(stream.text()).toContain('  0.3 of 1.5 MB')
  })

  it('tells a long wait once, and short ones not at all', () => {
    const stream = createTerminal()
    const progress = createProgress(stream, () => 1_000_000)
    const waiting = (waitMs: number): JobStatus => ({
      ...pulling,
      state: 'delayed',
      resumesAt: new Date(1_000_000 + waitMs),
    })
    progress.show(waiting(2_000))
    progress.show(waiting(3_600_000))
    progress.show(waiting(3_600_000))
    expect(stream.text()).toBe('  main pull-orders: goes on in 1 h 0 min\n')
  })

  it('says why a job waits, once for each attempt, however short the wait', () => {
    const stream = createTerminal({ isTTY: true })
    const progress = createProgress(stream, () => 1_000_000)
    const message = 'asking for the Klaviyo account: http://127.0.0.1:4999 cannot be reached (ECONNREFUSED)'
    const waiting = (nextAttempt: number, waitMs: number): JobStatus => ({
      ...pulling,
      job: 'push-profiles',
      progress: null,
      state: 'delayed',
      resumesAt: new Date(1_000_000 + waitMs),
      lastFailure: { code: 'E_REMOTE_UNAVAILABLE', message, nextAttempt, attempts: 4 },
    })
    progress.show(waiting(2, 800))
    progress.show(waiting(2, 800))
    progress.show(waiting(3, 8_000))
    expect(stream.text()).toBe(
      `  main push-profiles: ${message}; trying again in 0.8 s (attempt 2 of 4)\n` +
        `  main push-profiles: ${message}; trying again in 8.0 s (attempt 3 of 4)\n`,
    )
  })

  it('says why a job was told to wait, in which no attempt is used', () => {
    const stream = createTerminal()
    const progress = createProgress(stream, () => 1_000_000)
    const lastFailure = { code: 'E_RATE_LIMITED', message: 'creating a Klaviyo segment: no more for now' }
    progress.show({ ...pulling, state: 'delayed', resumesAt: new Date(1_025_000), lastFailure })
    expect(stream.text()).toBe('  main pull-orders: creating a Klaviyo segment: no more for now; goes on in 25 s\n')
  })

  it('says the code of a job that failed', () => {
    const stream = createTerminal()
    createProgress(stream).show(failedJob('push-profiles', 'E_AUTH', 'Klaviyo answered 401'))
    expect(stream.text()).toBe('✗ main push-profiles  E_AUTH\n')
  })
})
