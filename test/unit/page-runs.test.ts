import { describe, expect, it } from 'vitest'
import type { AccountRun } from '../../src/app/application.ts'
import { JOB_NAMES } from '../../src/core/runs/job-names.ts'
import { createFormats } from '../../src/page/formats.ts'
import { describeLiveRuns, renderLiveRuns } from '../../src/page/runs/live-runs.ts'
import { kindOfReason } from '../../src/page/runs/reject-reason.ts'
import { renderHistory } from '../../src/page/runs/run-history.ts'
import { wordsOf } from '../../src/page/words/language.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'
import { englishWordsIn, visibleText } from '../support/visible-words.ts'

const STARTED = new Date('2026-11-21T10:00:00Z')

function run(changes: Partial<AccountRun>): AccountRun {
  return {
    ...{ runId: 1, account: 'main', job: 'sync', jobId: 'sync.main.1', source: null, trigger: 'http', state: 'done' },
    ...{ startedAt: STARTED, finishedAt: new Date('2026-11-21T10:00:12Z'), attempts: 1, idleMs: 0, counts: {} },
    ...{ errorCode: null, errorMessage: null, interrupted: false },
    ...changes,
  }
}

const voiceIn = (language: 'en' | 'it' | 'fr') => ({
  language,
  words: wordsOf(language),
  formats: createFormats(language, 'EUR', 'Europe/Rome'),
})

/** Everything that jobs are known to count: `src/app` and `jobs` name them so. */
const COUNTS = {
  ...{
    orders: 1,
    refunds: 1,
    changed: 1,
    rejected: 1,
    skipped: 1,
    pages: 1,
    events: 1,
    deleted: 1,
    merged: 1,
    erased: 1,
  },
  ...{
    customers: 1,
    thresholds: 1,
    rebanded: 1,
    periods: 1,
    left: 64,
    confirmed: 1,
    refused: 1,
    absent: 1,
    imports: 1,
  },
  ...{ abandoned: 1, pending: 1, created: 1, updated: 1, 'put back': 1, adopted: 1, unchanged: 1, kept: 1, blocked: 1 },
  ...{ held: 1, drifted: 1, unfounded: 1, deferred: 1, counted: 1, unanswered: 1 },
  sizes: { asExpected: 1, notYet: 1, empty: 1, off: 1 },
  planned: { create: 1, update: 1, drifted: 1, unchanged: 1, adopt: 1, unwanted: 1, blocked: 1 },
}

const STEPS = ['pulling negozio', 'webhooks of negozio', 'computing', 'computing the store', 'pushing profiles']

const RICH: readonly AccountRun[] = [
  ...JOB_NAMES.map((job, index) => run({ runId: index, job, source: 'negozio', counts: COUNTS })),
  ...['cron', 'cli', 'http', 'webhook'].map((trigger) => run({ trigger, attempts: 3 })),
  run({ job: 'push-profiles', counts: { skipped: 'compute-aggregates failed' } }),
  run({ job: 'sync-segments', counts: { skipped: 'no order was ever read: pull-orders failed' } }),
  run({ job: 'compute-store', counts: {} }),
  run({ state: 'running', finishedAt: null, interrupted: true }),
  ...Object.keys(wordsOf('en').errors).map((errorCode) =>
    run({ state: 'failed', errorCode, errorMessage: 'asking the shop failed with status 500' }),
  ),
]

const LIVE: readonly AccountRun[] = [
  ...[...STEPS, 'comparing segments', 'counting members of segments'].map((step) =>
    run({
      ...{ job: 'pull-orders', source: 'negozio', state: 'running', finishedAt: null },
      progress: { step, done: 5, total: 18_532, unit: 'orders' },
    }),
  ),
  run({
    ...{ job: 'pull-orders', state: 'running', finishedAt: null, resumesAt: STARTED },
    lastFailure: { code: 'E_REMOTE_UNAVAILABLE', message: 'the shop did not answer' },
  }),
]

describe('what runs and has run', () => {
  it.each(['it', 'fr'] as const)('is told in %s without an English word', (language) => {
    const voice = voiceIn(language)
    const shown = `${renderHistory(voice, RICH).html}${renderLiveRuns(voice, LIVE, null).html}${describeLiveRuns(voice, LIVE, 'not begun')}`
    expect(englishWordsIn(shown)).toEqual([])
  })

  it('quotes the message of an error, as words that are not the page’s', () => {
    const [failed] = RICH.filter(({ errorCode }) => errorCode === 'E_BUG')
    const { html } = renderHistory(voiceIn('it'), failed === undefined ? [] : [failed])
    expect(html).toContain('<q lang="en">asking the shop failed with status 500</q>')
  })

  it('counts one in the singular and none not at all', () => {
    const { html } = renderHistory(voiceIn('it'), [run({ job: 'pull-orders', counts: { orders: 1, refunds: 0 } })])
    expect(visibleText(html)).toContain(' 1 ordine ')
    expect(visibleText(html)).not.toMatch(/rimbors/)
  })

  it('tells first what was read, in whatever order it was kept, and how long a moment took', () => {
    const { html } = renderHistory(voiceIn('en'), [
      run({
        job: 'pull-orders',
        counts: { pages: 1, changed: 2, orders: 3 },
        finishedAt: new Date(STARTED.getTime() + 9),
      }),
    ])
    expect(html).toContain('3 orders · 2 of them new or different')
    expect(visibleText(html)).toContain('&lt; 0.1 s')
  })

  it('sums up for a sync what its steps did', () => {
    const counts = {
      'pull-orders': { shop: { orders: 2, pages: 1 }, till: { orders: 3 } },
      'compute-aggregates': { customers: 4, changed: 3 },
      'push-profiles': { confirmed: 2 },
    }
    const { html } = renderHistory(voiceIn('en'), [run({ job: 'sync', counts })])
    expect(html).toContain('5 orders · 3 customers with new figures · 2 profiles confirmed')
  })

  it('does not say that nothing runs while a sync that was asked for is about to begin', () => {
    const ended = run({ job: 'sync', jobId: 'asked for' })
    expect(renderLiveRuns(voiceIn('en'), [], 'asked for').html).toContain('The sync begins in a moment.')
    expect(renderLiveRuns(voiceIn('en'), [ended], 'asked for').html).toContain('Nothing is running.')
  })

  it('shows beside the part of a file that was read how many orders that gave', () => {
    const progress = { step: 'pulling shop', done: 2_000_000, total: 6_000_000, unit: 'bytes', orders: 1234 }
    const { html } = renderLiveRuns(voiceIn('en'), [run({ state: 'running', finishedAt: null, progress })], null)
    expect(visibleText(html)).toContain('2 of 6 MB · 1,234 orders')
  })

  it('says of work that is left what it is', () => {
    const { html } = renderHistory(voiceIn('en'), [run({ job: 'compute-store', counts: { left: 64, periods: 2 } })])
    expect(html).toContain('2 periods · 64 periods left to the next run')
  })
})

describe('names that every object inherits', () => {
  it.each(['constructor', 'toString', '__proto__'])('are shown as any other that nobody has words for (%s)', (name) => {
    const counts = JSON.parse(`{"${name}": 2}`) as Record<string, number>
    const runs = [
      run({ job: 'ingest-webhook', trigger: name, counts }),
      run({ state: 'failed', errorCode: name, errorMessage: 'no' }),
      run({ state: 'running', finishedAt: null, progress: { step: name, done: 1, unit: name } }),
    ]
    const voice = voiceIn('en')
    const shown = visibleText(`${renderHistory(voice, runs).html}${renderLiveRuns(voice, runs, null).html}`)
    expect(shown).toContain(`2 ${name}`)
    expect(shown).toContain(`1 ${name}`)
    expect(shown).not.toMatch(/native code|undefined|\[object/)
  })
})

describe('what is wrong with a record', () => {
  it.each([
    ['expected a date that exists in the calendar', 'date'],
    ['expected a number of at most 30 decimals; its order is held back until all its lines can be read', 'amount'],
    ['expected an ISO 4217 currency', 'currency'],
    ['expected the same currency as line 4', 'lines'],
    ['the status AUTHORIZED is not known; map it under states', 'state'],
    ['expected UTF-8 text: save or convert the file as UTF-8', 'file'],
    ['missing, or not of the kind expected', 'missing'],
    ['something nobody thought of', 'other'],
  ])('“%s” is of the kind %s', (reason, kind) => {
    expect(kindOfReason(reason)).toBe(kind)
  })

  it.each(['it', 'fr'])('is told in %s without an English word', async (language) => {
    const letters = ['order 7', 'orders.csv:17', 'orders.csv:17 order 7', 'webhook event 9', 'somewhere'].map(
      (place) => ({
        ...{
          number: 1,
          kind: 'record' as const,
          place,
          source: 'negozio',
          field: 'total',
          reason: 'expected a decimal number such as 12.50',
        },
        ...{ firstSeenAt: STARTED, lastSeenAt: STARTED },
      }),
    )
    const tasks = ['data request 12', 'redaction of shop.example'].map((place) => ({
      ...{ number: 2, kind: 'task' as const, place, source: 'negozio', field: '', reason: 'answer the customer' },
      ...{ firstSeenAt: STARTED, lastSeenAt: STARTED },
    }))
    const { read } = await logIn({
      application: createMemoryApplication({
        loadRejects: async () => ({
          deadLetters: [...letters, ...tasks],
          refused: [{ email: 'a@b.example', code: 'invalid', reason: 'Invalid email address', refusedAt: STARTED }],
        }),
      }),
    })
    const { body } = await read(`/runs?lang=${language}`)
    const section = /<section aria-labelledby="rejects-title">.*?<\/section>/s.exec(body)?.[0] ?? ''
    expect(section).toContain('<q lang="en">Invalid email address</q>')
    // Details are for whoever installed it, and name the place as the source did.
    expect(englishWordsIn(section.replace(/<details>.*?<\/details>/gs, ''))).toEqual([])
  })
})

describe('the page of runs', () => {
  const asked: object[] = []
  const many = Array.from({ length: 31 }, (_, index) => run({ runId: 100 - index, jobId: `sync.main.${index}` }))
  const application = createMemoryApplication({
    async loadRuns(options) {
      asked.push(options)
      return options.webhooks === true ? many.slice(0, 2) : many.slice(0, options.limit)
    },
    countWebhookRuns: async () => ({ runs: 400, failed: 1, events: 1234 }),
  })

  it('leaves out what webhooks started, tells their sum, and leads to them', async () => {
    const { read } = await logIn({ application })
    const { body } = await read('/runs')
    expect(asked.at(-1)).toEqual({ account: 'main', limit: 31, webhooks: false })
    expect(visibleText(body)).toContain(
      'The shop itself reported 1,234 changes in the last 24 hours. 1 piece of the work on them failed. Show this work too',
    )
    await read('/runs?webhooks=yes')
    expect(asked.at(-1)).toEqual({ account: 'main', limit: 31, webhooks: true })
  })

  it('leads to older runs where there are some', async () => {
    const { read } = await logIn({ application })
    expect((await read('/runs')).body).toContain('before=71">Older runs</a>')
    expect((await read('/runs?webhooks=yes')).body).not.toContain('before=')
    await read('/runs?before=71')
    expect(asked).toContainEqual({ account: 'main', limit: 31, webhooks: false, before: 71 })
  })

  const NOTICE = 'A sync is on its way'

  it('says that a sync is on its way only until that sync has ended', async () => {
    const memory = createMemoryApplication()
    const { read, send } = await logIn({ application: memory })
    const url = String((await send('/runs/sync')).headers['location'])
    expect((await read(url)).body).toContain(NOTICE)
    memory.setStatus('sync', new URLSearchParams(url.split('?')[1]).get('sync') ?? '', { state: 'completed' })
    expect((await read(url)).body).not.toContain(NOTICE)
  })

  it('does not say so of a sync that nobody knows any more', async () => {
    const { read } = await logIn()
    expect((await read('/runs?said=queued&sync=sync.main.gone')).body).not.toContain(NOTICE)
  })
})
