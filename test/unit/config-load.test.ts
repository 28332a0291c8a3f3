import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../config/config.ts'
import { loadConfig } from '../../config/load.ts'
import type { TemplateSource } from '../../config/source-templates.ts'
import { configTemplate } from '../../config/template.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { accountYaml, loadAccount } from '../support/account-yaml.ts'
import { realShopYaml } from '../support/real-shop.ts'
import { writeConfig } from '../support/write-config.ts'

describe('a configuration file', () => {
  test('of a real shop becomes settings, access and sources', () => {
    const path = writeConfig(realShopYaml())
    const config = loadConfig(path, { KLAVIYO_API_KEY: 'pk_test' }, SOURCE_TYPES)
    const [main] = config.accounts
    expect(config.path).toBe(path)
    expect(main?.klaviyo).toEqual({ apiKey: 'pk_test', baseUrl: 'https://a.klaviyo.com' })
    expect(main?.settings).toEqual({
      key: 'main',
      currency: 'GBP',
      timezone: 'Europe/London',
      policy: POLICIES.gross,
      rates: [],
      bands: null,
      campaigns: 'off',
      hasBandFamily: false,
      following: null,
      profiles: {
        mode: 'create',
        prefix: '',
        properties: PROPERTY_NAMES.filter((name) => name !== 'aov_band' && name !== 'aov_segment'),
        onErase: 'clear',
      },
      segments: [
        {
          key: 'high',
          name: 'AOV | High > £500',
          all: [{ any: [{ property: 'aov', operator: 'gt', value: 500 }] }],
          basis: 'property',
        },
        {
          key: 'low',
          name: 'AOV | Low < £200',
          all: [{ any: [{ property: 'aov', operator: 'lt', value: 200 }] }],
          basis: 'property',
        },
        {
          key: 'mid',
          name: 'AOV | £200–500',
          all: [{ any: [{ property: 'aov', operator: 'between', value: [200, 500] }] }],
          basis: 'property',
        },
      ],
      schedule: { sync: '*/15 * * * *' },
    })
    expect(main?.sources).toMatchObject([
      { key: 'shop', type: 'file', config: { rows: 'lines', columns: { order: 'InvoiceNo' } } },
    ])
  })

  test('takes the path of a source from its own folder', () => {
    const path = writeConfig(accountYaml({ path: '../exports/orders.csv' }))
    const [source] = loadConfig(path, {}, SOURCE_TYPES).accounts[0]?.sources ?? []
    expect(source?.config).toMatchObject({ path: join(dirname(path), '../exports/orders.csv') })
  })

  test('leaves an absolute path and standard input as they are', () => {
    const sourceWith = (path: string) => loadAccount(accountYaml({ path })).sources[0]
    expect(sourceWith('/data/orders.csv')?.config).toMatchObject({ path: '/data/orders.csv' })
    expect(sourceWith('"-"\n        format: csv')?.config).toMatchObject({ path: '-' })
  })

  test('may say no more than it must', () => {
    const { settings } = loadAccount(accountYaml())
    expect(settings.policy).toEqual(POLICIES.net)
    expect(settings.profiles.mode).toBe('update-existing')
    expect(settings.segments).toEqual([])
    expect(settings.schedule).toEqual({ sync: null })
  })

  test('keeps accounts in its order, also when two share a key of Klaviyo', () => {
    const second = accountYaml().replace('accounts:\n', '').replace('main:', 'again:')
    const { accounts } = loadConfig(writeConfig(accountYaml() + second), {}, SOURCE_TYPES)
    expect(accounts.map(({ settings }: Account) => settings.key)).toEqual(['main', 'again'])
  })

  test('may share settings between accounts by an anchor', () => {
    const text = accountYaml().replace('main:', 'main: &shared') + '  again:\n    <<: *shared\n    currency: EUR\n'
    const { accounts } = loadConfig(writeConfig(text), {}, SOURCE_TYPES)
    expect(accounts.map(({ settings }) => settings.currency)).toEqual(['GBP', 'EUR'])
  })

  test('may start with a byte order mark', () => {
    expect(loadAccount(`\uFEFF${accountYaml()}`).settings.key).toBe('main')
  })

  test('takes the slash off the end of an address', () => {
    const account = loadAccount(accountYaml().replace('pk_test }', 'pk_test, baseUrl: "http://127.0.0.1:4010/" }'))
    expect(account.klaviyo.baseUrl).toBe('http://127.0.0.1:4010')
  })

  test.each(Object.keys(SOURCE_TYPES))(
    'that init --source %s writes loads as soon as its variables are set',
    (type) => {
      const template = configTemplate({ source: type as TemplateSource })
      const variables: Record<string, string> = {}
      for (const [, name = ''] of template.matchAll(/"\$\{([A-Z_]+)\}"/g)) variables[name] = `value-of-${name}`
      variables['KLAVIYO_BASE_URL'] = 'http://127.0.0.1:4010'
      const { accounts } = loadConfig(writeConfig(template), variables, SOURCE_TYPES)
      expect(accounts[0]?.klaviyo).toEqual({ apiKey: 'value-of-KLAVIYO_API_KEY', baseUrl: 'http://127.0.0.1:4010' })
      expect(accounts[0]?.sources).toMatchObject([{ key: 'shop', type }])
    },
  )

  test.each(Object.keys(SOURCE_TYPES))('that init --source %s writes loads with what it has commented out', (type) => {
    const template = configTemplate({ source: type as TemplateSource })
    const whole = template.replaceAll(/^( {8})# (?=[a-zA-Z]+: )/gm, '$1')
    const variables: Record<string, string> = {}
    for (const [, name = ''] of whole.matchAll(/"\$\{([A-Z_]+)\}"/g)) variables[name] = `value-of-${name}`
    variables['KLAVIYO_BASE_URL'] = 'http://127.0.0.1:4010'
    expect(loadConfig(writeConfig(whole), variables, SOURCE_TYPES).accounts).toHaveLength(1)
  })

  test('that init writes begins with what editors look for', () => {
    expect(configTemplate({ schemaLocation: '../schema.json' })).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schema\.json\n/,
    )
  })

  test('that we give as an example loads', () => {
    const example = join(import.meta.dirname, '../../scontrino.example.yaml')
    const variables = { KLAVIYO_API_KEY_ITALY: 'pk_1', KLAVIYO_API_KEY_BRITAIN: 'pk_2' }
    const { accounts } = loadConfig(example, variables, SOURCE_TYPES)
    expect(accounts.map(({ settings }) => settings.key)).toEqual(['italy', 'britain'])
    expect(accounts[0]?.settings.policy).toEqual({
      ...POLICIES.net,
      shipping: 'exclude',
      name: 'net-without-shipping',
    })
  })
})
