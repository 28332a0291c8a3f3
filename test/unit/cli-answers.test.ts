import { describe, expect, it } from 'vitest'
import type { AccountRun } from '../../src/app/application.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { ConfigError, StoreError } from '../../src/core/errors.ts'
import { createCli, type World } from '../support/cli.ts'
import { REPORT, RUNS, TASK } from '../support/cli-ledger.ts'

describe('init', () => {
  it('writes the file that --config names, below the current folder', async () => {
    const { run, calls } = createCli()
    const { exitCode, stdout } = await run('init', '--config', 'shops/italy.yaml')
    expect(exitCode).toBe(0)
    expect(calls).toEqual([['writeConfigTemplate', '/shop/shops/italy.yaml', 'file']])
    expect(stdout).toContain('Wrote shops/italy.yaml')
  })

  it('writes it for the type of source that is named', async () => {
    const { run, calls } = createCli()
    await run('init', '--source', 'vendure')
    expect(calls).toEqual([['writeConfigTemplate', '/shop/scontrino.yaml', 'vendure']])
    expect((await run('init', '--source', 'magento')).exitCode).toBe(64)
  })

  it('says that a folder is not there', async () => {
    const writeConfigTemplate = async () => Promise.reject(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }))
    const { exitCode, stderr } = await createCli({ context: { writeConfigTemplate } }).run(
      'init',
      '--config',
      'no/a.yaml',
    )
    expect(exitCode).toBe(64)
    expect(stderr).toContain('--config: no/a.yaml cannot be written: there is no such folder')
  })

  it('refuses to overwrite', async () => {
    const { exitCode, stderr } = await createCli({ context: { writeConfigTemplate: async () => 'exists' } }).run('init')
    expect(exitCode).toBe(78)
    expect(stderr).toContain('scontrino.yaml – this file exists already – name another with --config')
  })

  it('answers where the file is as a document', async () => {
    expect((await createCli().run('init', '--json')).document()).toEqual({ written: '/shop/scontrino.yaml' })
  })
})

describe('check', () => {
  it('shows each finding with what to do, and succeeds without a problem', async () => {
    const { exitCode, stdout } = await createCli().run('check')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/ok\s+klaviyo key\s+accepted for account ABC/)
    expect(stdout).toMatch(/warning\s+klaviyo account\s+shows money in USD\n\s+→ set currency: USD/)
    expect(stdout).toMatch(/\nWarnings: 1\. What was looked at works; see above what may not be as you mean it\.\n$/)
  })

  it('says that nothing was found only where nothing was', async () => {
    const level = (text: 'ok' | 'note' | 'warning' | 'problem') => ({ level: text, subject: 'a', message: 'b' })
    const verdict = async (...levels: Parameters<typeof level>[0][]) => {
      const check = async () => levels.map(level)
      const { stdout } = await createCli({ application: { check } }).run('check', '--account', 'main')
      return stdout.trimEnd().split('\n').at(-1)
    }
    expect(await verdict('ok', 'note')).toBe('No problem was found.')
    expect(await verdict('problem')).toBe('Problems: 1')
    expect(await verdict('problem', 'warning')).toBe('Problems: 1, warnings: 1')
  })

  it.each([
    ['a refused key', ['E_REMOTE_UNAVAILABLE', 'E_AUTH'], 77],
    ['a remote that is away', ['E_REMOTE_UNAVAILABLE'], 69],
    ['a setting', [undefined], 78],
  ])('ends with the code of %s', async (_, codes, expected) => {
    const findings = codes.map((code) => ({
      level: 'problem' as const,
      subject: 'klaviyo',
      message: 'no',
      ...(code === undefined ? {} : { code }),
    }))
    const { exitCode, document } = await createCli({ application: { check: async () => findings } }).run(
      'check',
      '--account',
      'main',
      '--json',
    )
    expect(exitCode).toBe(expected)
    expect(document()).toEqual({ accounts: [{ account: 'main', findings }], problems: codes.length, warnings: 0 })
  })

  it.each([
    ['postgres', {}],
    ['redis', { store: 'redis' }],
  ])('finds that %s is away', async (subject, context) => {
    const open = async () => {
      throw new StoreError('connect ECONNREFUSED', context)
    }
    const finding = { level: 'problem', subject, message: 'connect ECONNREFUSED', code: 'E_STORE' }
    const { exitCode, document } = await createCli({ context: { open } }).run('check', '--json')
    expect(exitCode).toBe(69)
    expect(document()).toEqual({
      accounts: [],
      stores: [{ ...finding, action: expect.stringContaining('_URL') }],
      problems: 1,
      warnings: 0,
    })
  })

  it('shows what to do about a store that is away', async () => {
    const open = async () => {
      throw new StoreError('connect ECONNREFUSED', { store: 'redis' })
    }
    const { stdout } = await createCli({ context: { open } }).run('check')
    expect(stdout).toMatch(/problem\s+redis\s+connect ECONNREFUSED\n\s+→ .*REDIS_URL[\s\S]*Problems: 1/)
  })
})

describe('thresholds', () => {
  it('shows for each way of cutting its classes, fit, chance and doubts', async () => {
    const { exitCode, stdout } = await createCli().run('thresholds', '--account', 'main')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('main · all orders · GBP · policy gross · 200 customers')
    expect(stdout).toContain('The store’s AOV is £94.00; half of the customers have at most £50.00.')
    expect(stdout).toMatch(/Natural breaks .*fit 1\.00\n.*\n {2}below £40 +100 +50% +200 +£4,000\.00 +11%/)
    expect(stdout).toContain('bands: [40, 150]')
    expect(stdout).toContain('warning: nobody is in “below £20”')
  })

  it('asks for the window and the number of classes that were typed', async () => {
    const { run, calls } = createCli()
    await run('thresholds', '--account', 'main', '--window', '12m', '--classes', '4')
    expect(calls).toContainEqual(['thresholds', 'main', { window: '12m', classes: 4 }])
  })

  it('answers one document with every account', async () => {
    const { thresholds } = (await createCli().run('thresholds', '--json')).document()
    expect(thresholds).toMatchObject([
      { account: 'main', currency: 'GBP', customers: 200, storeAovMinor: 9_400 },
      { account: 'japan', currency: 'JPY', customers: 0, advice: [] },
    ])
  })

  it('says where there is nothing to cut', async () => {
    const { stdout } = await createCli().run('thresholds', '--account', 'japan')
    expect(stdout).toContain('No customer has an order that counts: nothing to cut.')
  })

  it.each(['1', '6', 'many'])('refuses %s classes', async (classes) => {
    expect((await createCli().run('thresholds', '--classes', classes)).exitCode).toBe(64)
  })
})

describe('plan', () => {
  it('shows action, size, worth and quota of each segment', async () => {
    const { exitCode, stdout } = await createCli().run('plan')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/\+\s+AOV \| high\s+1,204\s+£8,911,407\.90\s+not there yet\s+create/)
    expect(stdout).toMatch(/~\s+AOV \| low\s+1,204\s+£8,911,407\.90\s+12\s+update/)
    expect(stdout).toMatch(/-\s+AOV \| old\s+–\s+–\s+not there\s+no longer configured/)
    expect(stdout).toContain('1 to create of 100 left today, 1 to update of 99 left today')
  })

  it('shows what differs, and not what Klaviyo added', async () => {
    const { stdout } = await createCli().run('plan')
    expect(stdout).toContain('condition_groups[0].value: 400 → 500')
    expect(stdout).not.toContain('added_by_server')
  })

  it('warns of flows that start from what it changes', async () => {
    const { stdout } = await createCli().run('plan')
    expect(stdout).toContain('warning: the flow “Welcome” (live) starts from AOV | low: who enters it may get mail')
  })

  it('covers every account, or the one that is named', async () => {
    const { run } = createCli()
    const all = (await run('plan', '--json')).document()
    const one = (await run('plan', '--json', '--account', 'japan')).document()
    expect(all['plans']).toMatchObject([{ account: 'main' }, { account: 'japan' }])
    expect(one['plans']).toMatchObject([{ account: 'japan' }])
  })
})

describe('report', () => {
  it('says range, currency, policy and definition', async () => {
    const { stdout } = await createCli().run('report', '--account', 'main')
    expect(stdout).toMatch(/^main · all orders · GBP · policy gross\nnew = customers whose first order falls in/)
  })

  it('shows the three numbers of identified customers apart from anonymous orders', async () => {
    const { stdout } = await createCli().run('report', '--account', 'main')
    expect(stdout).toMatch(/identified\s+5\s+20\s+4\.00\s+£9,617\.40\s+£480\.87\s+£303\.10/)
    expect(stdout).toMatch(/anonymous\s+–\s+2\s+–\s+£10\.00\s+£5\.00\s+£5\.00/)
  })

  it('lists periods in their order, new before recurring', async () => {
    const { stdout } = await createCli().run('report', '--account', 'main')
    expect([...stdout.matchAll(/^(2026-\d\d)\s+(\w+)/gm)].map((match) => match.slice(1))).toEqual([
      ['2026-01', 'new'],
      ['2026-01', 'anonymous'],
      ['2026-02', 'recurring'],
    ])
  })

  it('says that customers wait to be computed, and nothing of it when none does', async () => {
    const reportOf = (isStale: boolean) =>
      createCli({ application: { report: async () => ({ ...REPORT, isStale }) } }).run('report', '--account', 'main')
    expect((await reportOf(true)).stdout).toContain('computed yet: run scontrino sync, then report again.')
    expect((await reportOf(false)).stdout).not.toContain('computed yet')
  })

  it('says that over all orders everybody is new, and not of a range that begins later', async () => {
    const reportOf = (from: Date | null) =>
      createCli({ application: { report: async () => ({ ...REPORT, from }) } }).run('report', '--account', 'main')
    expect((await reportOf(null)).stdout).toContain('Over all orders everybody is new')
    expect((await reportOf(new Date('2026-01-01'))).stdout).not.toContain('everybody is new')
  })

  it('says of a range that begins after today that nothing is known of it', async () => {
    const report = async () => ({ ...REPORT, from: new Date('2999-01-01') })
    const { stdout } = await createCli({ application: { report } }).run('report', '--account', 'main')
    expect(stdout).toContain('begins after today')
  })

  it('names the periods in which somebody bought who waits to be computed', async () => {
    const stale = { ...REPORT, isStale: true, uncomputed: ['2026-02-01', '2026-03-01'] }
    const { stdout } = await createCli({ application: { report: async () => stale } }).run(
      'report',
      '--account',
      'main',
    )
    expect(stdout).toContain('who is new and who recurring in 2026-02 may change')
  })

  it('says what was left out, in the currency it was charged in', async () => {
    const { stdout } = await createCli().run('report', '--account', 'main')
    expect(stdout).toMatch(/other currency\s+4\s+JP¥12,000/)
  })

  it('says what customers in both lines of a rank report mean', async () => {
    const { stdout } = await createCli({
      application: { report: async () => ({ ...REPORT, definition: 'rank' as const }) },
    }).run('report')
    expect(stdout).toContain('who has both stands in both lines, and once in identified')
  })

  it('names the last day of the range, which is included', async () => {
    const report = { ...REPORT, from: new Date('2026-05-31T23:00:00Z'), to: new Date('2026-06-30T23:00:00Z') }
    const { stdout } = await createCli({ application: { report: async () => report } }).run('report')
    expect(stdout).toContain('2026-06-01 to 2026-06-30')
  })

  it('hands its options on and adds currency and policy to the document', async () => {
    const asked: unknown[] = []
    const report = async (...question: unknown[]) => {
      asked.push(question)
      return REPORT
    }
    const options = ['--from', '2026-01-01', '--by', 'week', '--definition', 'rank', '--account', 'japan']
    const { document } = await createCli({ application: { report } }).run('report', '--json', ...options)
    expect(asked).toEqual([['japan', { from: '2026-01-01', by: 'week', definition: 'rank' }]])
    expect(document()).toMatchObject({
      reports: [{ account: 'japan', currency: 'JPY', policy: 'net', identified: { revenueMinor: 961_740 } }],
    })
  })
})

describe('runs', () => {
  it('shows time, length, counts and errors, in the time zone of the account', async () => {
    const { exitCode, stdout } = await createCli().run('runs')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /7 {2}2026-07-02 09:00:00 \+01:00 {2}main\s+pull-orders\s+shop\s+cli\s+done\s+1 min 5 s\s+18,532 orders/,
    )
    expect(stdout).toMatch(/6 .* cli, attempt 2 {2}failed\s+1 min 5 s\s+E_AUTH: Klaviyo answered 401/)
  })

  it('shows connectors that are paused and how they go on', async () => {
    const paused = { connector: 'klaviyo', reason: 'the key was refused', pausedAt: new Date('2026-07-02T08:00:00Z') }
    const { stdout } = await createCli({ application: { loadPauses: async () => [paused] } }).run('runs', '-a', 'main')
    expect(stdout).toContain('main: klaviyo is paused since 2026-07-02 09:00:00 +01:00: the key was refused')
    expect(stdout).toContain('scontrino check')
  })

  it('says why and until when a run waits', async () => {
    const [run] = RUNS
    const waiting = {
      ...run,
      state: 'running',
      finishedAt: null,
      resumesAt: new Date('2026-07-02T08:00:09Z'),
      lastFailure: { code: 'E_REMOTE_UNAVAILABLE', message: 'Klaviyo is away', nextAttempt: 2, attempts: 4 },
    } as AccountRun
    const { stdout } = await createCli({ application: { loadRuns: async () => [waiting] } }).run('runs')
    expect(stdout).toMatch(
      /waiting\s+–\s+E_REMOTE_UNAVAILABLE: Klaviyo is away; attempt 2 of 4 at 2026-07-02 09:00:09 \+01:00/,
    )
  })

  it('says that a run was interrupted, and what goes on with it', async () => {
    const [run] = RUNS
    const interrupted = { ...run, state: 'running', finishedAt: null, interrupted: true } as AccountRun
    const { stdout } = await createCli({ application: { loadRuns: async () => [interrupted] } }).run('runs')
    expect(stdout).toMatch(
      /interrupted\s+–\s+its process was stopped: the next scontrino sync, or start, goes on with it/,
    )
  })

  it('keeps to its limit and answers as a document', async () => {
    const { document } = await createCli().run('runs', '--json', '--limit', '1')
    expect(document()).toMatchObject({ runs: [{ runId: 7, startedAt: '2026-07-02T08:00:00.000Z' }], pauses: [] })
    expect(document()['runs']).toHaveLength(1)
  })

  it('leaves out what webhooks started, says how much that was, and lists it when asked', async () => {
    const asked: unknown[] = []
    const application: NonNullable<World['application']> = {
      async loadRuns(options) {
        asked.push(options)
        return []
      },
      countWebhookRuns: async () => ({ runs: 40, failed: 2, events: 1_234 }),
    }
    const { run } = createCli({ application })
    expect((await run('runs', '-a', 'main')).stdout).toBe(
      'main: 1,234 events of webhooks worked off in the last 24 hours, 2 runs failed\n  → scontrino runs --webhooks lists that work\n',
    )
    await run('runs', '--webhooks')
    expect(asked).toEqual([
      { account: 'main', limit: 20, webhooks: false },
      { limit: 20, webhooks: true },
    ])
  })

  it.each(['scontrino', 'npm run scontrino --'])('says what to type when nothing has run: %s', async (program) => {
    const world = { application: { loadRuns: async () => [] }, context: { program } }
    expect((await createCli(world).run('runs')).stdout).toBe(`Nothing has run yet: ${program} sync\n`)
  })
})

describe('webhooks', () => {
  it('shows where shops deliver, and what is missing', async () => {
    const { stdout } = await createCli().run('webhooks')
    expect(stdout).toMatch(/ORDERS_CREATE\s+delivers here/)
    expect(stdout).toMatch(/ORDERS_EDITED\s+missing: --repair creates it/)
    expect(stdout).toContain('main other  https://scontrino.example/webhooks/main/other')
  })

  it('repairs only when told to', async () => {
    const { run, calls } = createCli()
    await run('webhooks', '--account', 'main')
    await run('webhooks', '--account', 'main', '--repair')
    expect(calls.filter(([name]) => name === 'webhooks')).toEqual([
      ['webhooks', 'main', { repair: false }],
      ['webhooks', 'main', { repair: true }],
    ])
  })
})

describe('webhooks of a shop that manages none by its key', () => {
  it('are told with what a person does, or why there are none', async () => {
    const { stdout } = await createCli().run('webhooks')
    expect(stdout).toContain('main other  https://scontrino.example/webhooks/main/other\n  → add them in the shop')
    expect(stdout).toContain('main silent\n  → it has none')
  })
})

describe('sandbox shopify', () => {
  it('tells how to configure it', async () => {
    const { run, calls } = createCli({ context: { signal: AbortSignal.abort() } })
    const { stdout } = await run('sandbox', 'shopify', '--port', '8910')
    expect(calls).toEqual([['sandboxShop', 'shopify', { port: 8910 }], ['sandbox closed']])
    expect(stdout).toContain('type: "shopify"')
  })
})

describe('rejects', () => {
  it('gives place and reason of every record and profile', async () => {
    const { stdout } = await createCli().run('rejects')
    expect(stdout).toMatch(/shop\s+orders\.csv:17\s+InvoiceDate\s+expected a date that exists in the calendar/)
    expect(stdout).toMatch(/bea@example\.com\s+invalid\s+Klaviyo does not take this address/)
    expect(stdout).toContain('japan  nothing was rejected')
    expect(stdout).toContain('scontrino retry')
  })

  it('tells what a person has to do apart from records, with the number that closes it', async () => {
    const loadRejects = async () => ({ deadLetters: [TASK], refused: [] })
    const { stdout } = await createCli({ application: { loadRejects } }).run('rejects', '--account', 'main')
    expect(stdout).toMatch(/To be done by a person:\n.*\n.*12\s+shop\s+data request 9999\s+customer 191167 asks/)
    expect(stdout).toContain('scontrino rejects --done <number>')
    expect(stdout).not.toMatch(/could not be read|scontrino retry/)
  })

  it('closes a task by its number, in whichever account it is', async () => {
    const { run, calls } = createCli()
    expect(await run('rejects', '--done', '12')).toMatchObject({ exitCode: 0, stdout: 'japan: task 12 is done\n' })
    expect(calls).toContainEqual(['finishTask', 'main', 12])
  })

  it('ends with 78 for a number that no open task has', async () => {
    const { exitCode, stderr } = await createCli().run('rejects', '--done', '13')
    expect(exitCode).toBe(78)
    expect(stderr).toContain('expected the number of an open task')
  })

  it('says that a list may have been cut', async () => {
    expect((await createCli().run('rejects', '--limit', '1')).stdout).toContain('There may be more: --limit 10')
  })

  it('answers as a document', async () => {
    expect((await createCli().run('rejects', '--json')).document()).toMatchObject({
      accounts: [
        { account: 'main', deadLetters: [{ place: 'orders.csv:17' }] },
        { account: 'japan', refused: [] },
      ],
    })
  })
})

describe('retry', () => {
  it('says what will be tried again and what to type', async () => {
    const { stdout } = await createCli().run('retry')
    expect(stdout).toBe(
      'main: profiles to push again: 2; to read from the beginning: shop\njapan: nothing was rejected\nNow: scontrino sync\n',
    )
  })

  it('answers as a document', async () => {
    expect((await createCli().run('retry', '--json', '-a', 'main')).document()).toEqual({
      accounts: [{ account: 'main', refused: 2, sources: ['shop'] }],
    })
  })
})

describe('demo', () => {
  it('shows every step in its order', async () => {
    const { exitCode, stdout } = await createCli().run('demo')
    expect(exitCode).toBe(0)
    const marks = [
      '── The shop ──',
      '18,532 read',
      'policy gross',
      'AOV | high',
      '1,204',
      'anna@example.com',
      'scontrino init',
    ]
    const places = marks.map((mark) => stdout.indexOf(mark))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(stdout).toMatch(/order_count\s+0\n/)
  })

  it('keeps progress on standard error', async () => {
    const { stdout, stderr } = await createCli().run('demo')
    expect(stderr).toContain('✓ main pull-orders')
    expect(stdout).not.toContain('✓')
  })

  it('answers its steps as one document, without the progress', async () => {
    const { steps } = (await createCli().run('demo', '--json')).document() as { steps: { kind: string }[] }
    expect(steps.map(({ kind }) => kind)).toEqual(['part', 'synced', 'report', 'plan', 'members', 'profile', 'next'])
  })

  it('says where the page is and with which token, and keeps the token out of its document', async () => {
    const { run } = createCli()
    const { stdout, stderr } = await run('demo', '--open-dashboard', '--json')
    expect(stderr).toContain('The page is on http://127.0.0.1:8920; the token to log in with: a-token-of-some-length')
    expect(stdout).not.toContain('a-token-of-some-length')
  })
})

describe('start', () => {
  it('runs every role unless told which, and tells where it listens', async () => {
    const { run, calls } = createCli()
    const { exitCode, stderr } = await run('start')
    expect(exitCode).toBe(0)
    expect(calls).toEqual([['serve', '/shop/scontrino.yaml', ['worker', 'scheduler', 'http']]])
    expect(stderr).toContain('Listening on http://127.0.0.1:8080')
  })

  it('says when nothing is synced by itself', async () => {
    const serve: CliContext['serve'] = async ({ ready }) => ready(null, false)
    const { stderr } = await createCli({ context: { serve } }).run('start', '--roles', 'scheduler')
    expect(stderr).toContain('No account has a schedule')
    expect((await createCli({ context: { serve } }).run('start', '--roles', 'worker')).stderr).toBe('')
    expect((await createCli().run('start')).stderr).not.toContain('schedule')
  })

  it('says that it runs only when it does', async () => {
    const serve = async () => {
      throw new ConfigError('reading the environment: one problem', [])
    }
    const { exitCode, stdout } = await createCli({ context: { serve } }).run('start')
    expect([exitCode, stdout]).toEqual([78, ''])
  })

  it('runs the roles it is given', async () => {
    const { run, calls } = createCli()
    const { document } = await run('start', '--roles', 'scheduler, worker', '--json')
    expect(calls).toEqual([['serve', '/shop/scontrino.yaml', ['worker', 'scheduler']]])
    expect(document()).toEqual({ roles: ['worker', 'scheduler'], url: null, stopped: true })
  })
})

describe('sandbox klaviyo', () => {
  it('says its address and how to use it, and closes when it is told to stop', async () => {
    const { run, calls } = createCli({ context: { signal: AbortSignal.abort() } })
    const { exitCode, stdout } = await run('sandbox', 'klaviyo', '--port', '8900', '--fast')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('export KLAVIYO_BASE_URL=http://127.0.0.1:8900')
    const account = { currency: 'USD', timezone: 'UTC' }
    expect(calls).toEqual([['sandboxKlaviyo', { port: 8900, fast: true, ...account }], ['sandbox closed']])
  })

  it('plays an account of the given currency and time zone', async () => {
    const { run, calls } = createCli({ context: { signal: AbortSignal.abort() } })
    await run('sandbox', 'klaviyo', '--currency', 'EUR', '--timezone', 'Europe/Rome')
    expect(calls[0]).toMatchObject(['sandboxKlaviyo', { currency: 'EUR', timezone: 'Europe/Rome' }])
  })

  it.each([
    ['--currency', 'euro'],
    ['--timezone', 'Rome'],
  ])('refuses %s %s', async (option, value) => {
    const { run, calls } = createCli()
    expect((await run('sandbox', 'klaviyo', option, value)).exitCode).toBe(64)
    expect(calls).toEqual([])
  })

  it('answers its address at once and stays until it is told to stop', async () => {
    const stopping = new AbortController()
    const { run, calls } = createCli({
      context: {
        signal: stopping.signal,
        sandboxKlaviyo: async () => ({
          url: 'http://127.0.0.1:1',
          close: async () => void calls.push(['sandbox closed']),
        }),
      },
    })
    const running = run('sandbox', 'klaviyo', '--json')
    await new Promise(setImmediate)
    expect(calls).toEqual([])
    stopping.abort()
    expect((await running).document()).toEqual({ url: 'http://127.0.0.1:1' })
    expect(calls).toEqual([['sandbox closed']])
  })
})
