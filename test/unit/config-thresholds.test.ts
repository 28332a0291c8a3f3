import { describe, expect, test } from 'vitest'
import type { BandsInForce } from '../../src/core/thresholds/crossed-bands.ts'
import { collectThresholds, fillThresholds } from '../../src/core/thresholds/following.ts'
import { accountYaml, complaintsAbout, loadAccount, problemsOf } from '../support/account-yaml.ts'

const settingsWith = (more: string) => loadAccount(accountYaml({ more })).settings

function thresholdsOf(more: string) {
  const { following } = settingsWith(more)
  return following === null ? null : collectThresholds(following).map(({ name, window }) => `${name} ${window}`)
}

/** The segments once every threshold stands at this many pounds. */
function segmentsAt(more: string, values: Readonly<Record<string, number>>, inForce: BandsInForce | null = null) {
  const known = Object.entries(values).map(([text, pounds]) => {
    const [name = '', window] = text.split(' ')
    return { name, window: window === '12m' ? ('12m' as const) : ('lifetime' as const), valueMinor: pounds * 100 }
  })
  return fillThresholds(settingsWith(more), known, inForce)
}

const named = (where: string, name = 'A') => `segments: [{ key: a, name: "${name}", where: ${where} }]`

describe('thresholds by name', () => {
  test.each(['store_aov', 'store_median', 'p1', 'p75', 'p99'])('can be %s', (name) => {
    expect(thresholdsOf(named(`{ aov: { gt: ${name} } }`))).toEqual([`${name} lifetime`])
  })

  test.each(['gt', 'gte', 'lt', 'lte', 'eq'])('can stand after %s', (operator) => {
    const { settings } = segmentsAt(named(`{ aov_12m: { ${operator}: p75 } }`), { p75: 80 })
    expect(settings.segments[0]?.all).toEqual([{ any: [{ property: 'aov_12m', operator, value: 80 }] }])
  })

  test('can be one end of between, and alternatives', () => {
    const where =
      '{ aov: { between: [20, p75] }, all: [{ any: [{ aov_12m: { gt: p90 } }, { order_count: { gt: 3 } }] }] }'
    expect(segmentsAt(named(where), { p75: 80, p90: 120.5 }).settings.segments[0]?.all).toEqual([
      { any: [{ property: 'aov', operator: 'between', value: [20, 80] }] },
      {
        any: [
          { property: 'aov_12m', operator: 'gt', value: 120.5 },
          { property: 'order_count', operator: 'gt', value: 3 },
        ],
      },
    ])
  })

  test('are over all orders, those of the account’s window, or of their own', () => {
    const where = '{ aov: { between: [p25, { threshold: p75, window: lifetime }] } }'
    expect(thresholdsOf(named(where))).toEqual(['p25 lifetime', 'p75 lifetime'])
    expect(thresholdsOf(`thresholds: { window: 12m }\n${named(where)}`)).toEqual(['p25 12m', 'p75 lifetime'])
  })

  test('are counted once, wherever they stand', () => {
    const more = `bands: [p25, p75]\n${named('{ aov: { gt: p75 } }', 'AOV > {p75} ({high})')}`
    expect(thresholdsOf(more)).toEqual(['p25 lifetime', 'p75 lifetime'])
  })

  test('are none where everything is said in numbers', () => {
    expect(thresholdsOf(`bands: [20, 80]\n${named('{ aov: { gt: 80 } }', 'AOV > {high}')}`)).toBeNull()
  })

  test.each(['p0', 'p100', 'p7.5', 'store_mean', '""'])('are not %s', (name) => {
    expect(complaintsAbout(named(`{ aov: { gt: ${name} } }`))).toEqual([
      'segments[0].where.aov.gt: expected a number, or a threshold such as store_aov, store_median or p75',
    ])
  })

  test('stand for money only', () => {
    expect(complaintsAbout(named('{ order_count: { gt: p75 } }'))).toEqual([
      'segments[0].where.order_count.gt: expected a number',
    ])
  })

  test.each([
    [
      '{ threshold: p75, windw: 12m }',
      'segments[0].where.aov.gt.windw: unknown key, expected one of threshold, window',
    ],
    ['{ threshold: p75, window: 6m }', 'segments[0].where.aov.gt.window: expected one of lifetime, 12m'],
  ])('are spelled out well, unlike %s', (threshold, complaint) => {
    expect(complaintsAbout(named(`{ aov: { gt: ${threshold} } }`))).toEqual([complaint])
  })

  test('follow the shop as the account says', () => {
    const more = `thresholds: { tolerance: 7.5%, atMostEvery: 90d, round: false }\n${named('{ aov: { gt: p75 } }')}`
    expect(settingsWith(more).following?.options).toEqual({ tolerance: 0.075, atMostEveryDays: 90, round: false })
    expect(settingsWith(named('{ aov: { gt: p75 } }')).following?.options).toEqual({
      tolerance: 0.1,
      atMostEveryDays: 30,
      round: true,
    })
  })

  test.each([
    ['tolerance: 0.1', 'thresholds.tolerance: expected a share such as 10%'],
    ['tolerance: 100%', 'thresholds.tolerance: expected a share such as 10%'],
    ['atMostEvery: 1m', 'thresholds.atMostEvery: expected a number of days such as 90d'],
    ['window: 6m', 'thresholds.window: expected one of lifetime, 12m'],
  ])('do not follow it with %s', (option, complaint) => {
    expect(complaintsAbout(`thresholds: { ${option} }`)).toEqual([complaint])
  })
})

describe('a segment over a threshold', () => {
  test('waits while there is no value', () => {
    const { settings, waiting } = segmentsAt(named('{ aov: { between: [p25, p75] } }', 'Mid {p75}'), { p25: 20 })
    expect(settings.segments).toEqual([])
    expect(waiting).toEqual([
      {
        key: 'a',
        name: 'Mid {p75 lifetime}',
        cause: { kind: 'no-value', thresholds: [{ name: 'p75', window: 'lifetime' }] },
      },
    ])
  })

  test('waits while its lower amount is above its upper one', () => {
    const { waiting } = segmentsAt(named('{ aov: { between: [100, p75] } }'), { p75: 80 })
    expect(waiting.map(({ cause }) => cause)).toEqual([{ kind: 'crossed-amounts' }])
  })

  test('keeps its place among those in numbers', () => {
    const more = `segments:
  - { key: a, name: A, where: { aov: { gt: 1 } } }
  - { key: b, name: B, where: { aov: { gt: p75 } } }
  - { key: c, name: C, where: { aov: { gt: 3 } } }`
    expect(settingsWith(more).segments.map(({ key }) => key)).toEqual(['a', 'c'])
    expect(segmentsAt(more, { p75: 80 }).settings.segments.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  })
})

describe('a name with amounts', () => {
  test.each([
    ['AOV > {p75}', 'AOV > £80'],
    ['{p75 12m} and {store_aov}', '£120.50 and £1,250'],
    ['AOV | {low}–{high}', 'AOV | £20–£80'],
  ])('%s reads %s', (name, text) => {
    const more = `bands: [20, p75]\n${named('{ aov: { gt: p75 } }', name)}`
    const { settings } = segmentsAt(more, { p75: 80, 'p75 12m': 120.5, store_aov: 1250 })
    expect(settings.segments[0]?.name).toBe(text)
  })

  test('reads as the account’s window has it', () => {
    const more = `thresholds: { window: 12m }\n${named('{ aov: { gt: 1 } }', '{p75} of {p75 lifetime}')}`
    expect(segmentsAt(more, { p75: 80, 'p75 12m': 60 }).settings.segments[0]?.name).toBe('£60 of £80')
  })

  test('groups euros by dots', () => {
    const text = accountYaml({ more: `bands: [49.9, 1250]\n${named('{ aov: { gt: 1 } }', '{low}–{high}')}` })
    expect(loadAccount(text.replaceAll('GBP', 'EUR')).settings.segments[0]?.name).toBe('€49,90–€1.250')
  })

  test('knows only bands and thresholds', () => {
    expect(complaintsAbout(named('{ aov: { gt: 1 } }', 'AOV {hihg}'))).toEqual([
      'segments[0].name: expected in braces only {low} and {high} of the bands, or a threshold such as {store_aov} or {p75}',
    ])
    expect(complaintsAbout(named('{ aov: { gt: 1 } }', 'AOV {high}'))).toEqual(['segments[0].name: {high} needs bands'])
  })
})

describe('bands by thresholds', () => {
  test('get their borders when these have a value', () => {
    expect(segmentsAt('bands: [p25, store_aov]', { p25: 20 }).settings.bands?.at).toEqual([
      20,
      { name: 'store_aov', window: 'lifetime' },
    ])
    expect(segmentsAt('bands: [p25, store_aov]', { p25: 20, store_aov: 80 }).settings.bands?.at).toEqual([20, 80])
  })

  test('can be spelled out with what keeps customers where they are', () => {
    expect(settingsWith('bands: { at: [p25, 80], margin: 5%, minStay: 14d }').bands).toEqual({
      at: [{ name: 'p25', window: 'lifetime' }, 80],
      margin: 0.05,
      minStayDays: 14,
    })
  })

  test.each([
    ['{ at: [80, 20] }', 'bands.at: expected two numbers above 0, the lower first, such as [200, 500], or thresholds'],
    ['{ at: [20, 80], margin: 5 }', 'bands.margin: expected a share such as 10%'],
    ['{ at: [20, 80], minStay: 2w }', 'bands.minStay: expected a number of days such as 90d'],
    ['{ at: [20, 80], margn: 5% }', 'bands.margn: unknown key, expected one of at, margin, minStay'],
  ])('are not %s', (bands, complaint) => {
    expect(complaintsAbout(`bands: ${bands}`)).toEqual([expect.stringContaining(complaint)])
  })
})

describe('borders that cross', () => {
  const crossing = { store_aov: 180 }
  const FORMER: BandsInForce = {
    rule: { borders: [50, 150], margin: null, minStayDays: null },
    since: new Date('2026-03-01T12:00:00Z'),
  }

  test.each([
    ['[p90, p25]', 'p90 is never below p25', 'put the lower border first: [p25, p90]'],
    ['[p75, store_median]', 'p75 is never below store_median', 'put the lower border first: [store_median, p75]'],
    ['[store_median, p50]', 'store_median is never below p50', 'put the lower border first: [p50, store_median]'],
    ['[p75, { threshold: p75, window: lifetime }]', 'both borders are p75', 'expected two, the lower one first'],
  ])('for certain are refused, with what to do: %s', (bands, message, hint) => {
    for (const [said, path] of [
      [bands, 'bands'],
      [`{ at: ${bands}, margin: 5% }`, 'bands.at'],
    ] as const) {
      const text = accountYaml({ more: `bands: ${said}` })
      const line = text.split('\n').findIndex((one) => one.includes('bands:')) + 1
      expect(problemsOf(text)).toEqual([{ path: `accounts.main.${path}`, line, message, hint }])
    }
  })

  test.each([
    '[p25, p90]',
    '[store_median, p51]',
    '[p50, store_median]',
    '[store_aov, p75]',
    '[p75, { threshold: p25, window: 12m }]',
    '[500, store_aov]',
  ])('only perhaps are not refused: %s', (bands) => {
    expect(complaintsAbout(`bands: ${bands}`)).toEqual([])
  })

  test('for certain are refused between amounts of a segment too', () => {
    expect(complaintsAbout(named('{ aov: { between: [p90, p25] } }'))).toEqual([
      'segments[0].where: aov between: p90 is never below p25',
    ])
  })

  test('leave the bands in force, in definitions and in names', () => {
    const more = 'bands: [500, store_aov]\nsegments: [{ family: bands }]'
    const { settings, waiting, crossed } = segmentsAt(more, crossing, FORMER)
    expect(settings.bands?.at).toEqual([50, 150])
    expect(settings.segments.map(({ name, all }) => [name, all[0]?.any[0]?.value])).toEqual([
      ['AOV | Low < £50', 50],
      ['AOV | Mid £50–£150', [50, 150]],
      ['AOV | High > £150', 150],
    ])
    expect([waiting, crossed]).toEqual([
      [],
      {
        borders: [500, { name: 'store_aov', window: 'lifetime' }],
        valuesMinor: [50_000, 18_000],
        inForce: { bordersMinor: [5_000, 15_000], since: FORMER.since },
      },
    ])
  })

  test('are no bands where there were none before, and their segments wait', () => {
    const more = `bands: [500, store_aov]\nsegments: [{ family: bands, name: "B {band}" }]`
    const { settings, waiting, crossed } = segmentsAt(more, crossing)
    expect(settings.segments).toEqual([])
    expect(waiting.map(({ cause }) => cause)).toEqual(Array(3).fill({ kind: 'crossed-bands' }))
    expect(crossed?.inForce).toBeNull()
  })

  test('are told also where they coincide', () => {
    expect(segmentsAt('bands: [180, store_aov]', crossing, FORMER).crossed?.valuesMinor).toEqual([18_000, 18_000])
  })

  test('are nothing to tell once they part again', () => {
    const { settings, crossed } = segmentsAt('bands: [500, store_aov]', { store_aov: 600 }, FORMER)
    expect([settings.bands?.at, crossed]).toEqual([[500, 600], null])
  })

  test('do not keep other segments waiting', () => {
    const more = `bands: [500, store_aov]\n${named('{ aov: { gt: store_aov } }')}`
    expect(segmentsAt(more, crossing).settings.segments).toHaveLength(1)
  })
})

describe('a family', () => {
  test('of bands makes low, mid and high in one line', () => {
    const { settings } = segmentsAt('bands: [20, p75]\nsegments: [{ family: bands }]', { p75: 80 })
    expect(settings.segments).toEqual([
      {
        key: 'aov-low',
        name: 'AOV | Low < £20',
        basis: 'property',
        all: [{ any: [{ property: 'aov', operator: 'lt', value: 20 }] }],
      },
      {
        key: 'aov-mid',
        name: 'AOV | Mid £20–£80',
        basis: 'property',
        all: [{ any: [{ property: 'aov', operator: 'between', value: [20, 80] }] }],
      },
      {
        key: 'aov-high',
        name: 'AOV | High > £80',
        basis: 'property',
        all: [{ any: [{ property: 'aov', operator: 'gt', value: 80 }] }],
      },
    ])
  })

  test('of bands asks for the band where customers are held in it', () => {
    const { segments } = settingsWith('bands: { at: [20, 80], margin: 5% }\nsegments: [{ family: bands }]')
    expect(segments.map(({ all }) => all)).toEqual(
      ['low', 'mid', 'high'].map((value) => [{ any: [{ property: 'aov_band', operator: 'eq', value }] }]),
    )
  })

  test('of new and recurring customers makes the matrix in one line', () => {
    const { settings } = segmentsAt('segments: [{ family: new-recurring-by-aov }]', { store_aov: 100 })
    expect(settings.segments.map(({ key, name, all }) => [key, name, ...all.flatMap(({ any }) => any)])).toEqual(
      (
        [
          ['new', 'low', 'New × Low', 'lt'],
          ['new', 'high', 'New × High', 'gte'],
          ['recurring', 'low', 'Recurring × Low', 'lt'],
          ['recurring', 'high', 'Recurring × High', 'gte'],
        ] as const
      ).map(([type, band, name, operator]) => [
        `aov-${type}-${band}`,
        `AOV | ${name}`,
        { property: 'customer_type', operator: 'eq', value: type },
        { property: 'aov', operator, value: 100 },
      ]),
    )
  })

  test('takes another threshold, another prefix and a template of names', () => {
    const family = '{ family: new-recurring-by-aov, at: 50, prefix: m, name: "{type} {band} ({p75})" }'
    const { settings } = segmentsAt(`segments: [${family}]`, { p75: 80 })
    expect(settings.segments.map(({ key, name }) => [key, name])).toEqual([
      ['m-new-low', 'New Low (£80)'],
      ['m-new-high', 'New High (£80)'],
      ['m-recurring-low', 'Recurring Low (£80)'],
      ['m-recurring-high', 'Recurring High (£80)'],
    ])
    expect(settings.segments[0]?.all[1]).toEqual({ any: [{ property: 'aov', operator: 'lt', value: 50 }] })
  })

  test('of bands needs some', () => {
    expect(complaintsAbout('segments: [{ family: bands }]')).toEqual([
      'segments[0].family: the family bands needs bands',
    ])
  })

  test('shares neither keys nor names with other segments', () => {
    const high = '{ key: aov-high, name: "AOV | New × Low", where: { aov: { gt: 1 } } }'
    const families = '{ family: bands }, { family: new-recurring-by-aov }'
    expect(complaintsAbout(`bands: [20, 80]\nsegments: [${families}, ${high}]`)).toEqual([
      'segments[2].key: the same key as segments[0] (family: bands): aov-high',
      'segments[2].name: the same name as segments[1] (family: new-recurring-by-aov): “AOV | New × Low” for the keys aov-new-low and aov-high',
    ])
    expect(complaintsAbout('segments: [{ family: new-recurring-by-aov, name: "{type}" }]')).toEqual([
      'segments[0].family: the same name as segments[0] (family: new-recurring-by-aov): “New” for the keys aov-new-low and aov-new-high',
      'segments[0].family: the same name as segments[0] (family: new-recurring-by-aov): “Recurring” for the keys aov-recurring-low and aov-recurring-high',
    ])
  })

  test('shares no name with another segment either once the borders stand in it', () => {
    const mine = '{ key: high, name: "AOV | High > £80", where: { aov: { gt: 80 } } }'
    expect(complaintsAbout(`bands: [20, 80]\nsegments: [${mine}, { family: bands }]`)).toEqual([
      'segments[1].family: the same name as segments[0]: “AOV | High > £80” for the keys high and aov-high',
    ])
    expect(complaintsAbout(`bands: [20, 90]\nsegments: [${mine}, { family: bands }]`)).toEqual([])
  })

  test('asks only about properties that are written', () => {
    expect(complaintsAbout('profiles: { properties: [aov] }\nsegments: [{ family: new-recurring-by-aov }]')).toEqual([
      'segments[0].family: customer_type is not written',
    ])
  })

  test.each([
    ['{ family: quintiles }', 'segments[0].family: expected one of bands, new-recurring-by-aov'],
    ['{ family: bands, nam: A }', 'segments[0].nam: unknown key, expected one of'],
    ['{ family: bands, prefix: "A B" }', 'segments[0].prefix: expected up to 20 lower-case letters'],
    ['{ family: bands, at: 99 }', 'segments[0].at: unknown key, expected one of family, prefix, name'],
    ['{ family: bands, name: "{type} {band}" }', 'segments[0].name: expected in braces only'],
    ['{ family: bands, name: "{hi}" }', 'segments[0].name: expected in braces only'],
  ])('is not %s', (family, complaint) => {
    expect(complaintsAbout(`bands: [20, 80]\nsegments: [${family}]`)).toEqual([expect.stringContaining(complaint)])
  })

  test('is told which words of its own its name may hold', () => {
    const [own] = complaintsAbout('bands: [20, 80]\nsegments: [{ family: bands, name: "{type}" }]')
    expect(own).toMatch(/, or \{band\}$/)
    const [both] = complaintsAbout('segments: [{ family: new-recurring-by-aov, name: "{kind}" }]')
    expect(both).toMatch(/, or \{band\} and \{type\}$/)
  })

  test('is what is meant where a key of one is misspelt', () => {
    const [problem] = problemsOf(accountYaml({ more: 'segments: [{ family: bands, prefx: a }]\nbands: [1, 2]' }))
    expect(problem?.hint).toBe('did you mean prefix?')
  })
})
