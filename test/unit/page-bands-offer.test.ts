import { describe, expect, test } from 'vitest'
import type { BandSettings, ConfiguredBands } from '../../src/core/thresholds/band.ts'
import { findBandSegments } from '../../src/core/thresholds/band-segments.ts'
import { toBandRule } from '../../src/core/thresholds/following.ts'
import { type BandsYaml, segmentsYaml, toBandsYaml } from '../../src/page/browser/bands-yaml.ts'
import { splitBands } from '../../src/page/browser/split-bands.ts'
import { toPresentBands } from '../../src/page/thresholds/present-bands.ts'
import { accountYaml, loadAccount } from '../support/account-yaml.ts'
import { DISTRIBUTION } from '../support/distribution.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

/** What the configuration with these settings says of bands. */
function presentIn(more: string): ConfiguredBands {
  const { settings } = loadAccount(accountYaml({ more }))
  const { bands, hasBandFamily, segments, following } = settings
  const own = findBandSegments(segments, toBandRule(settings))
  return {
    bands,
    hasFamily: hasBandFamily,
    hasSegments: segments.length > 0 || following !== null,
    ownSegments: own.map(({ name }) => name),
  }
}

function offerFor(more: string, low = '30', high = '100'): BandsYaml {
  const bands = splitBands(DISTRIBUTION.cells, Number(low) * 100, Number(high) * 100)
  return toBandsYaml(toPresentBands(presentIn(more)), low, high, bands)
}

/** A configuration with lines of another in place of its own. */
function bandsWith(more: string, before: string, lines: string | null): BandSettings | null {
  expect(more).toContain(before)
  return loadAccount(accountYaml({ more: more.replace(before, (lines ?? '').trim()) })).settings.bands
}

describe('the lines for the configuration', () => {
  test('are, where nothing is said of bands, a configuration with these bands and a segment for each', () => {
    const { fixed, following } = offerFor('', '49.9', '120')
    const { settings } = loadAccount(accountYaml() + fixed)
    expect([settings.bands?.at, following]).toEqual([[49.9, 120], null])
    expect(settings.segments.map(({ name, all }) => [name, ...all.flatMap(({ any }) => any)])).toEqual([
      ['AOV | Low < £49.90', { property: 'aov', operator: 'lt', value: 49.9 }],
      ['AOV | Mid £49.90–£120', { property: 'aov', operator: 'between', value: [49.9, 120] }],
      ['AOV | High > £120', { property: 'aov', operator: 'gt', value: 120 }],
    ])
  })

  test('take the place of the bands that are there, and nothing beside them', () => {
    const more = 'bands: [60, 120]\nsegments:\n  - family: bands'
    const { fixed, following } = offerFor(more)
    expect([fixed, following]).toEqual(['    bands: [30, 100]\n', null])
    expect(bandsWith(more, 'bands: [60, 120]', fixed)?.at).toEqual([30, 100])
  })

  test('leave what stands beside the borders', () => {
    const more = 'bands:\n  at: [60, 120]\n  margin: 5%'
    expect(bandsWith(more, 'at: [60, 120]', offerFor(more).fixed)).toEqual({
      at: [30, 100],
      margin: 0.05,
      minStayDays: null,
    })
  })

  test('are none where the lines stand at the bands', () => {
    expect(offerFor('bands: [30, 100]').fixed).toBeNull()
  })

  test('are for borders that follow the shop also ones that go on doing so, about where the lines stand', () => {
    const more = 'bands: [store_median, p75]'
    const { fixed, following } = offerFor(more)
    expect(bandsWith(more, 'bands: [store_median, p75]', fixed)?.at).toEqual([30, 100])
    // 59 of 300 customers are below £30, and 140 above £100.
    expect(bandsWith(more, 'bands: [store_median, p75]', following)?.at).toEqual([
      { name: 'p20', window: 'lifetime' },
      { name: 'p53', window: 'lifetime' },
    ])
  })

  test('name the orders that percentiles are of where the account’s are of the last twelve months', () => {
    const more = 'thresholds: { window: 12m }\nbands: [p25, p75]'
    expect(bandsWith(more, 'bands: [p25, p75]', offerFor(more).following)?.at).toEqual([
      { name: 'p20', window: 'lifetime' },
      { name: 'p53', window: 'lifetime' },
    ])
  })

  test('offer no percentiles that would be the same', () => {
    expect(offerFor('bands: [p25, p75]', '30', '30.1').following).toBeNull()
  })

  test.each([
    [
      'to those that are there',
      'bands: [60, 120]\nsegments:\n  - { key: big, name: Big, where: { aov: { gt: 500 } } }\n',
      true,
    ],
    ['as the first', 'bands: [60, 120]\n', false],
  ])('add a segment for each band %s', (_what, more, hasSegments) => {
    const lines = segmentsYaml(hasSegments).replaceAll(/^ {4}/gm, '')
    const { segments } = loadAccount(accountYaml({ more: more + lines })).settings
    expect(segments.map(({ key }) => key).slice(-3)).toEqual(['aov-low', 'aov-mid', 'aov-high'])
  })
})

describe('the page of thresholds', () => {
  const read = async (more: string, url = '/thresholds?low=30&high=100') => {
    const door = await logIn({
      application: createMemoryApplication({
        bands: async () => [6_000, 12_000],
        configuredBands: async () => presentIn(more),
      }),
    })
    return (await door.read(url)).body
  }

  test('names the line that its own take the place of', async () => {
    const body = await read('bands: [60, 120]\nsegments:\n  - family: bands')
    expect(body).toContain('In place of “bands: [60, 120]” put:')
    expect(body).toContain('<code id="bands-yaml">    bands: [30, 100]\n</code>')
    expect(body).not.toContain('id="bands-segments"')
  })

  test('says that bands follow the shop, and offers to keep that or to end it', async () => {
    const body = await read('bands: [store_median, p75]')
    expect(body).toContain('Your bands follow the shop: “bands: [store_median, p75]”, today £60 and £120.')
    expect(body).toContain('<code id="bands-yaml">    bands: [30, 100]\n</code>')
    expect(body).toContain('<code id="bands-following">    bands: [p20, p53]\n</code>')
    expect(body).toContain('id="bands-segments"')
  })

  test.each([
    ['by the borders', 'bands: [60, 120]', 'aov: { gt: 120 }'],
    ['by the band', 'bands: [60, 120]', 'aov_band: { eq: high }'],
    ['by the AOV alone where there are no bands', '', 'aov: { gt: 130 }'],
  ])('offers no second segment of a band where one asks for it %s', async (_how, bands, where) => {
    const body = await read(`${bands}\nsegments:\n  - { key: big, name: Big, where: { ${where} } }`)
    expect(body).toContain('Segments of single bands are configured already: “Big”.')
    expect(body).not.toContain('id="bands-segments"')
  })

  test.each([
    ['another amount', '{ aov: { gt: 500 } }'],
    ['only some of a band', '{ aov: { gt: 120 }, customer_type: { eq: new } }'],
  ])('offers them beside a segment that asks for %s', async (_what, where) => {
    const body = await read(`bands: [60, 120]\nsegments:\n  - { key: big, name: Big, where: ${where} }`)
    expect(body).toContain('id="bands-segments"')
    expect(body).not.toContain('configured already')
  })

  test('says that nothing is to change where the lines stand at the bands', async () => {
    const body = await read('bands: [60, 120]', '/thresholds')
    expect(body).toContain('<p id="yaml-same">')
    expect(body).toContain('<div id="yaml-fixed" hidden>')
  })
})
