import { describe, expect, test } from 'vitest'
import { splitBands } from '../../src/page/browser/split-bands.ts'
import { startThresholds, toBorders } from '../../src/page/thresholds/start-thresholds.ts'
import { LANGUAGES } from '../../src/page/words/language.ts'
import { DISTRIBUTION, toDistribution } from '../support/distribution.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

describe('the page of thresholds', () => {
  test('shows the bands of the account with what they hold', async () => {
    const { read } = await logIn({ application: createMemoryApplication({ bands: async () => [3_000, 10_000] }) })
    const { statusCode, body } = await read('/thresholds')
    expect(statusCode).toBe(200)
    expect(body).toContain('aria-valuetext="£30; customers below: 59, 19.7%"')
    expect(body).toContain('aria-valuetext="£100; customers above: 140, 46.7%"')
    expect(body).toContain('bands: [30, 100]')
  })

  test('shows the thresholds that are asked for, in the account that is asked for', async () => {
    const { read } = await logIn()
    const { body } = await read('/thresholds?account=italy&low=20&high=49,9')
    expect(body).toContain('€20')
    expect(body).toContain('bands: [20, 49.9]')
  })

  test('takes no text for a price, and hands none on as markup', async () => {
    const { read } = await logIn()
    const { body } = await read('/thresholds?low=%22%3E%3Cscript%3Ealert(1)&high=-1')
    expect(body).not.toContain('<script>alert')
    expect(body).toMatch(/bands: \[\d+, \d+\]/)
  })

  test('says so where there is nobody to cut', async () => {
    const { read } = await logIn({
      application: createMemoryApplication({ distribution: async () => toDistribution([]) }),
    })
    const { statusCode, body } = await read('/thresholds')
    expect(statusCode).toBe(200)
    expect(body).toContain('nothing to cut')
    expect(body).not.toContain('role="slider"')
  })

  test.each(LANGUAGES)('lacks no word (%s)', async (language) => {
    const { read } = await logIn()
    const page = (await read(`/thresholds?lang=${language}&advice=yes`)).body
    expect(page).not.toMatch(/undefined|NaN|\[object/)
    expect(page).toContain('class="ways"')
  })

  test('gives the advice to whoever asks for it alone', async () => {
    const { read } = await logIn()
    expect((await read('/thresholds')).body).not.toContain('class="ways"')
    const { body } = await read('/thresholds/advice')
    expect(body).toMatch(/data-put data-low="[\d.]+" data-high="[\d.]+"/)
    expect(body).toContain('Natural breaks')
  })

  test('works the advice out once for all who ask for it, and shows it to who did not', async () => {
    let asked = 0
    const base = createMemoryApplication()
    const application = createMemoryApplication({
      thresholds: (...asking) => {
        asked += 1
        return base.thresholds(...asking)
      },
    })
    const { read } = await logIn({ application })
    await Promise.all([read('/thresholds/advice'), read('/thresholds/advice')])
    expect((await read('/thresholds')).body).toContain('class="ways"')
    expect(asked).toBe(1)
  })

  test('gives up the advice when the server stops, and whoever waits for it is answered at once', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<AbortSignal>()
    const application = createMemoryApplication({
      thresholds: (_account, _request, signal) => {
        ask(signal)
        return new Promise(() => undefined)
      },
    })
    const { app, read } = await logIn({ application })
    const answer = read('/thresholds/advice')
    const signal = await asked
    await app.close()
    expect([(await answer).statusCode, signal.aborted]).toEqual([503, true])
  })

  test('keeps nobody waiting for figures when the server stops', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    const application = createMemoryApplication({
      distribution: () => {
        ask()
        return new Promise(() => undefined)
      },
    })
    const { app, read } = await logIn({ application })
    const answers = [read('/thresholds'), read('/thresholds/advice')]
    await asked
    await app.close()
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([503, 503])
  })
})

describe.each(['/', '/thresholds'])('the distribution on %s', (page) => {
  test('is there as a file with everybody in it', async () => {
    const { read } = await logIn()
    const { body: document } = await read(`${page}?account=italy`)
    const link = /href="(\/distribution\.csv[^"]*)" download/.exec(document)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const { headers, body } = await read(link)
    expect([headers['content-type'], headers['content-disposition']]).toEqual([
      'text/csv; charset=utf-8',
      'attachment; filename="italy-distribution.csv"',
    ])
    const [heading, ...lines] = body.trimEnd().split('\r\n')
    expect(heading).toBe('aov_from,aov_below,currency,customers,orders,revenue')
    const sumOf = (index: number) => lines.reduce((sum, line) => sum + Number(line.split(',')[index]), 0)
    expect([sumOf(3), sumOf(4), Math.round(sumOf(5) * 100)]).toEqual([
      DISTRIBUTION.customers,
      DISTRIBUTION.orders,
      DISTRIBUTION.revenueMinor,
    ])
  })
})

describe('the lines begin', () => {
  const start = (bands: readonly [number, number] | null, asked: { low?: string; high?: string } = {}) =>
    startThresholds(DISTRIBUTION, bands, asked, 'EUR')

  test('at the bands', () => {
    expect(start([6_000, 12_000])).toEqual({
      thresholds: { lowMinor: 6_000, highMinor: 12_000 },
      rounded: null,
      isExample: false,
      remarks: { low: null, high: null },
    })
  })

  test('as near to the bands as customers can be counted exactly, and that is told', () => {
    expect(start([6_001, 12_000])).toEqual({
      thresholds: { lowMinor: 6_000, highMinor: 12_000 },
      rounded: [6_001, 12_000],
      isExample: false,
      remarks: { low: null, high: null },
    })
  })

  test('on the axis where the bands lie beyond it, and that is told; what only shows the bands leaves them there', () => {
    const far = start([6_000, 9_000_000])
    expect([far.thresholds.highMinor, far.rounded]).toEqual([100_000, [6_000, 9_000_000]])
    expect(toBorders(DISTRIBUTION, [6_000, 9_000_000])).toMatchObject({
      thresholds: { lowMinor: 6_000, highMinor: 9_000_000 },
      rounded: null,
    })
  })

  test('without bands where they part the customers in three', () => {
    const { lowMinor, highMinor } = start(null).thresholds
    const { low, mid, high } = splitBands(DISTRIBUTION.cells, lowMinor, highMinor)
    for (const { customers } of [low, mid, high])
      expect(Math.abs(customers - DISTRIBUTION.customers / 3)).toBeLessThan(5)
  })

  test('where somebody asks for them, whatever the bands are', () => {
    expect(start([6_000, 12_000], { low: '45', high: '80.50' }).thresholds).toEqual({
      lowMinor: 4_500,
      highMinor: 8_050,
    })
  })

  test('apart, also when they are asked for the other way round', () => {
    const { lowMinor, highMinor } = start(null, { low: '80', high: '45' }).thresholds
    expect(lowMinor).toBeLessThan(highMinor)
  })
})
