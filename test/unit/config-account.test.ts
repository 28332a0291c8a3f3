import { describe, expect, test } from 'vitest'
import { POLICIES } from '../../src/core/orders/policy.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import { accountYaml, complaintsAbout, loadAccount } from '../support/account-yaml.ts'

const settingsWith = (more: string) => loadAccount(accountYaml({ more })).settings

describe('the policy of an account', () => {
  test.each(['net', 'gross', 'shopify'] as const)('can be %s', (policy) => {
    expect(settingsWith(`aov: { policy: ${policy} }`).policy).toEqual(POLICIES[policy])
  })

  test.each([
    ['tax', 'exclude'],
    ['shipping', 'exclude'],
    ['tips', 'exclude'],
    ['duties', 'exclude'],
    ['giftCards', 'exclude'],
    ['refunds', 'ignore'],
    ['zeroValueOrders', 'count'],
    ['cancelled', 'count'],
    ['pending', 'count'],
  ])('differs from net in %s when that is spelled out', (key, word) => {
    expect(settingsWith(`aov: { ${key}: ${word} }`).policy).toEqual({ ...POLICIES.net, [key]: word, name: 'custom' })
  })

  test('starts from the policy it names, and takes the name it is given', () => {
    const { policy } = settingsWith('aov: { policy: gross, tax: exclude, name: gross-without-tax }')
    expect(policy).toEqual({ ...POLICIES.gross, tax: 'exclude', name: 'gross-without-tax' })
  })

  test('keeps its name when what is spelled out changes nothing', () => {
    expect(settingsWith('aov: { policy: gross, tax: include }').policy).toEqual(POLICIES.gross)
  })

  test('cannot take the name of another', () => {
    expect(complaintsAbout('aov: { tax: exclude, name: net }')).toEqual([
      'aov.name: expected a name that is not taken: not net',
    ])
  })

  test('must be a mapping', () => {
    expect(complaintsAbout('aov: gross')).toEqual([
      'aov: expected a mapping such as { policy: net } or { refunds: ignore }',
    ])
  })
})

describe('the rates of an account', () => {
  test('are exact, as text and as numbers', () => {
    const { rates } = settingsWith(
      'rates: [{ currency: EUR, from: 2025-01-01, rate: "0.8600" }, { currency: USD, from: 2025-01-01, rate: 0.1 }]',
    )
    expect(rates).toEqual([
      { currency: 'EUR', validFrom: '2025-01-01', rate: { units: 8600n, scale: 4 } },
      { currency: 'USD', validFrom: '2025-01-01', rate: { units: 1n, scale: 1 } },
    ])
  })

  test.each(['"0"', '"-1"', '"1,1"', '0', '.nan', '.inf', 'x', '[]'])('are above 0, unlike %s', (rate) => {
    expect(complaintsAbout(`rates: [{ currency: EUR, from: 2025-01-01, rate: ${rate} }]`)).toEqual([
      'rates[0].rate: expected a decimal number above 0, such as "0.86"',
    ])
  })

  test.each(['2025-02-30', '2025', '2025-1-1', '"2025-01-01T00:00"', '3'])('hold from a day, unlike %s', (from) => {
    expect(complaintsAbout(`rates: [{ currency: EUR, from: ${from}, rate: 1 }]`)).toEqual([
      'rates[0].from: expected a date such as 2026-01-31',
    ])
  })

  test('are for other currencies, each from one day only', () => {
    const rate = '{ currency: EUR, from: 2025-01-01, rate: 1 }'
    expect(complaintsAbout(`rates: [${rate}, ${rate}, ${rate.replace('EUR', 'GBP')}]`)).toEqual([
      'rates[1].from: the same from as rates[0]',
      'rates[2].currency: expected another currency than the account’s',
    ])
  })
})

describe('the bands of an account', () => {
  test('are two amounts', () => {
    expect(settingsWith('bands: [200, 500.5]').bands).toEqual({ at: [200, 500.5], margin: null, minStayDays: null })
  })

  test.each(['[500, 200]', '[200, 200]', '[p25, p25]', '[200]', '[1, 2, 3]', '200', 'p25'])('are not %s', (bands) => {
    expect(complaintsAbout(`bands: ${bands}`)).toEqual([
      'bands: expected two numbers above 0, the lower first, such as [200, 500], or thresholds such as [p25, p75]',
    ])
  })

  test.each(['[0, 5]', '[-1, 5]', '[.nan, 5]', '[1, .inf]', '["1", 5]'])('are not %s either', (bands) => {
    expect(complaintsAbout(`bands: ${bands}`)).toEqual([expect.stringMatching(/^bands\[[01]\]: expected /)])
  })
})

describe('the profiles of an account', () => {
  test.each(['create', 'update-existing'] as const)('can be just %s', (mode) => {
    expect(settingsWith(`profiles: ${mode}`).profiles).toMatchObject({ mode, prefix: '' })
  })

  test('can be spelled out', () => {
    const { profiles } = settingsWith('profiles: { mode: create, prefix: shop_, properties: [aov, order_count] }')
    expect(profiles).toEqual({
      mode: 'create',
      prefix: 'shop_',
      properties: ['aov', 'order_count'],
      onErase: 'clear',
    })
  })

  test('create nobody unless that is asked for', () => {
    expect(settingsWith('profiles: { prefix: shop_ }').profiles.mode).toBe('update-existing')
  })

  test('get every property when there are bands', () => {
    expect(settingsWith('bands: [200, 500]').profiles.properties).toEqual(PROPERTY_NAMES)
  })

  test('get no bands where there are none', () => {
    expect(settingsWith('profiles: create').profiles.properties).not.toContain('aov_band')
    expect(complaintsAbout('profiles: { properties: [aov, aov_band, aov_segment] }')).toEqual([
      'profiles.properties[1]: aov_band needs bands',
      'profiles.properties[2]: aov_segment needs bands',
    ])
  })

  test.each([
    ['creat', 'profiles: expected one of create, update-existing'],
    ['3', 'profiles: expected one of create, update-existing'],
    ['{ mode: creat }', 'profiles.mode: expected one of create, update-existing'],
    ['{ prefix: Shop }', 'profiles.prefix: expected up to 40 lower-case letters, digits or _'],
    ['{ properties: [] }', 'profiles.properties: expected at least 1 item'],
    ['{ properties: [aov, aov] }', 'profiles.properties: expected every property once'],
  ])('cannot be %s', (profiles, complaint) => {
    expect(complaintsAbout(`profiles: ${profiles}`)).toEqual([complaint])
  })

  test('cannot have properties that do not exist', () => {
    expect(complaintsAbout('profiles: { properties: [aov, ltv] }')).toEqual([
      `profiles.properties[1]: expected one of ${PROPERTY_NAMES.join(', ')}`,
    ])
  })
})

describe('drafts of campaigns', () => {
  test('are off unless the file switches them on', () => {
    expect([settingsWith('').campaigns, settingsWith('campaigns: off').campaigns]).toEqual(['off', 'off'])
    expect(settingsWith('campaigns: drafts').campaigns).toBe('drafts')
  })

  test('are all that can be switched on', () => {
    expect(complaintsAbout('campaigns: send')).toHaveLength(1)
  })
})
