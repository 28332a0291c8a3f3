import { describe, expect, test } from 'vitest'
import { checkReading } from '../../src/app/check-reading.ts'
import { type Freshness, readUntil, type SourceReading, toFreshness } from '../../src/core/orders/shop-reading.ts'
import { createFormats } from '../../src/page/formats.ts'
import { renderFreshness } from '../../src/page/numbers/freshness.ts'
import { wordsOf } from '../../src/page/words/language.ts'
import { createCli } from '../support/cli.ts'
import { FRESH } from '../support/freshness.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'
import { englishWordsIn, visibleText } from '../support/visible-words.ts'

const frame = { by: 'month', timezone: 'Europe/Rome', now: new Date('2026-07-20T12:00:00Z') } as const

function reading(newest: string | null, read: string | null, failed: string | null = null): SourceReading {
  const at = (text: string) => new Date(text)
  return {
    source: 'shop',
    newestOrderAt: newest === null ? null : at(newest),
    lastRead: read === null ? null : { startedAt: at(read), endedAt: new Date(at(read).getTime() + 60_000) },
    failure: failed === null ? null : { code: 'E_AUTH', at: at(failed) },
  }
}

describe('how fresh a shop is', () => {
  test('an import that stopped is told from a shop without orders', () => {
    const stopped = toFreshness([reading('2026-04-10T08:00:00Z', '2026-04-10T09:00:00Z')], frame)
    expect(stopped).toMatchObject({ state: 'behind', emptyPeriods: 2, unreadPeriods: 3 })
    const quiet = toFreshness([reading('2026-04-10T08:00:00Z', '2026-07-20T09:00:00Z')], frame)
    expect(quiet).toMatchObject({ state: 'quiet', emptyPeriods: 2, unreadPeriods: 0 })
  })

  test('a shop with an order in the last finished period is current', () => {
    const fresh = toFreshness([reading('2026-06-30T08:00:00Z', '2026-07-20T09:00:00Z')], frame)
    expect(fresh).toMatchObject({ state: 'current', emptyPeriods: 0, unreadPeriods: 0 })
  })

  test('one source that fails is not hidden by another that goes on', () => {
    const well = { ...reading('2026-07-19T08:00:00Z', '2026-07-20T09:00:00Z'), source: 'other' }
    const failing = reading('2026-05-01T08:00:00Z', '2026-05-02T08:00:00Z', '2026-07-20T08:00:00Z')
    expect(toFreshness([well, failing], frame)).toMatchObject({
      state: 'failing',
      lastOrderAt: well.newestOrderAt,
      lastReadAt: failing.lastRead?.endedAt,
      failures: [{ source: 'shop', code: 'E_AUTH' }],
    })
    expect(readUntil([well, failing])).toEqual(failing.lastRead?.startedAt)
  })

  test('a source that was never read is named, and no reading of all is claimed', () => {
    const sources = [reading('2026-07-19T08:00:00Z', '2026-07-20T09:00:00Z'), { ...reading(null, null), source: 'new' }]
    expect(toFreshness(sources, frame)).toMatchObject({ state: 'failing', lastReadAt: null, neverRead: ['new'] })
  })

  test('what a webhook told after the last reading counts as read', () => {
    const told = reading('2026-07-20T11:00:00Z', '2026-07-10T09:00:00Z')
    expect(readUntil([told])).toEqual(new Date('2026-07-20T11:00:00Z'))
    expect(toFreshness([told], frame).state).toBe('current')
  })

  test('without any reading nothing is known', () => {
    expect(readUntil([reading(null, null)])).toBeNull()
    expect(readUntil([])).toBeNull()
  })
})

const STATES: readonly Freshness[] = [
  FRESH,
  { ...FRESH, state: 'quiet', emptyPeriods: 1 },
  { ...FRESH, state: 'quiet', emptyPeriods: 3, by: 'quarter' },
  { ...FRESH, state: 'behind', unreadPeriods: 1, by: 'week' },
  { ...FRESH, state: 'behind', unreadPeriods: 2 },
  {
    ...{ ...FRESH, state: 'failing', lastReadAt: null, neverRead: ['negozio'] },
    failures: [{ source: 'negozio', code: 'E_AUTH', at: new Date('2026-07-20T08:00:00Z') }],
  },
]

describe('how fresh a shop is, on the page', () => {
  const sayIn = (language: 'en' | 'it' | 'fr', freshness: Freshness) => {
    const voice = { language, words: wordsOf(language), formats: createFormats(language, 'EUR', 'Europe/Rome') }
    return renderFreshness(voice, freshness, '/runs').html
  }

  test.each(['it', 'fr'] as const)('is told in %s without an English word', (language) => {
    expect(STATES.flatMap((freshness) => englishWordsIn(sayIn(language, freshness)))).toEqual([])
  })

  test('is a quiet line while all is well', () => {
    expect(sayIn('en', FRESH)).toBe(
      '<p class="soft">Last order: 31 Jul 2026, 23:14. The shop was last read to its end: 1 Aug 2026, 00:00.</p>',
    )
  })

  test('is a problem where the import has stopped, and leads to the runs', () => {
    const [, , , , behind = FRESH] = STATES
    const said = sayIn('en', behind)
    expect(said).toContain('<p class="notice problem">')
    expect(said).toContain('href="/runs"')
    expect(visibleText(said)).toContain(
      'The shop has not been read since then, so what happened later is not known. 2 finished months may be incomplete.',
    )
  })

  test('is no problem where the shop was read and has had no order', () => {
    const [, quiet = FRESH] = STATES
    expect(sayIn('en', quiet)).toContain('The shop was read, and the last finished month holds no order.')
    expect(sayIn('en', quiet)).not.toContain('problem')
  })
})

test('the page of numbers says it above them', async () => {
  const freshness = async () => ({ ...FRESH, state: 'behind', unreadPeriods: 1 }) as const
  const { read } = await logIn({ application: createMemoryApplication({ freshness }) })
  expect((await read('/')).body).toContain('The shop has not been read since then')
})

test('report says it, in words and as JSON', async () => {
  const freshness = async () => ({ ...FRESH, state: 'quiet', emptyPeriods: 2 }) as const
  const { run } = createCli({ application: { freshness } })
  const { stdout } = await run('report', '--account', 'main')
  expect(stdout).toContain('last order 2026-07-31 22:14 +01:00 · last read 2026-07-31 23:00 +01:00')
  expect(stdout).toContain('The shop was read; 2 finished months since then without an order.')
  const { document } = await run('report', '--account', 'main', '--json')
  expect(document()).toMatchObject({ reports: [{ freshness: { state: 'quiet', emptyPeriods: 2 } }] })
})

describe('check', () => {
  const check = (one: SourceReading) => checkReading([one], { timezone: 'Europe/Rome' }, frame.now)

  test('warns of a source that nobody reads any more', () => {
    expect(check(reading('2026-04-10T08:00:00Z', '2026-04-10T09:00:00Z'))).toEqual([
      {
        level: 'warning',
        subject: 'source shop',
        message:
          'last order 2026-04-10 10:00 +02:00, last read 2026-04-10 11:01 +02:00; not read for more than two days; 3 finished months may be incomplete',
        action: 'see that scontrino start runs and that a schedule is set, or run scontrino sync',
      },
    ])
  })

  test('notes a shop without orders, warns of one that fails, and says nothing of one that was never read', () => {
    const levels = [
      reading('2026-04-10T08:00:00Z', '2026-07-20T09:00:00Z'),
      reading('2026-07-10T08:00:00Z', '2026-07-20T09:00:00Z', '2026-07-20T11:00:00Z'),
      reading('2026-07-10T08:00:00Z', '2026-07-20T09:00:00Z'),
      reading(null, null),
    ].map((one) => check(one).map(({ level }) => level))
    expect(levels).toEqual([['note'], ['warning'], ['ok'], []])
  })
})
