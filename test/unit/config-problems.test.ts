import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../config/load.ts'
import { ConfigError } from '../../src/core/errors.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { accountYaml, complaintsAbout, problemsOf, reference } from '../support/account-yaml.ts'

describe('the problems of a configuration file', () => {
  test('come all at once, in the order of the lines', () => {
    const text = accountYaml({ more: 'aov: { policy: nett }\nfoo: 1' })
      .replace('GBP\n    timezone', 'gbp\n    timezone')
      .replace('pk_test', '3')
      .replace('rows: orders', 'rows: order')
    expect(problemsOf(text)).toEqual([
      { path: 'accounts.main.klaviyo.apiKey', line: 3, message: 'expected text' },
      {
        path: 'accounts.main.currency',
        line: 4,
        message: 'expected an ISO 4217 currency code in capitals, such as EUR',
      },
      {
        path: 'accounts.main.sources.shop.rows',
        line: 10,
        message: 'expected one of orders, lines',
        hint: 'did you mean orders?',
      },
      {
        path: 'accounts.main.aov.policy',
        line: 14,
        message: 'expected one of net, gross, shopify',
        hint: 'did you mean net?',
      },
      {
        path: 'accounts.main.foo',
        line: 15,
        message: expect.stringContaining('unknown key, expected one of klaviyo, currency, timezone, aov,'),
        hint: 'remove it, or correct its name',
      },
    ])
  })

  test('are counted in the error’s message', () => {
    const path = join(import.meta.dirname, 'no-such-folder/scontrino.yaml')
    expect(() => loadConfig(path, {}, SOURCE_TYPES)).toThrow('reading scontrino.yaml: one problem')
  })

  test('include a file that is not there', () => {
    const path = join(import.meta.dirname, 'no-such-folder/scontrino.yaml')
    const problem = { path, message: 'there is no such file', hint: expect.stringContaining('scontrino init') }
    expect(() => loadConfig(path, {}, SOURCE_TYPES)).toThrow(expect.objectContaining({ problems: [problem] }))
  })

  test('include a folder in place of a file', () => {
    expect(() => loadConfig(import.meta.dirname, {}, SOURCE_TYPES)).toThrow(ConfigError)
  })

  test('include text that is not UTF-8', () => {
    expect(problemsOf(Uint8Array.of(0x61, 0x3a, 0x20, 0xe9))).toMatchObject([
      { message: 'expected a readable file of UTF-8 text' },
    ])
  })

  test.each(['', '# nothing\n', '- a\n', 'text\n'])('include a file without accounts: %j', (text) => {
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ line: 1, message: expect.stringContaining('expected') }),
    ])
  })

  test('include accounts that are empty', () => {
    expect(problemsOf('accounts: {}')).toMatchObject([{ path: 'accounts', message: 'expected at least one account' }])
  })

  test('include sources that are left out, and not those that are none on purpose', () => {
    const withSources = (sources: string) => accountYaml().replace(/sources:.*/s, sources)
    expect(problemsOf(withSources('sources: {}\n'))).toEqual([])
    for (const text of ['', 'sources:\n']) {
      expect(problemsOf(withSources(text))).toMatchObject([{ path: 'accounts.main.sources' }])
    }
  })

  test.each([
    ['Main', 'accounts.Main'],
    ['a_b', 'accounts.a_b'],
    ['a'.repeat(41), 'accounts.…'],
    ['"1 2"', 'accounts.…'],
  ])('include an account key such as %s', (key, path) => {
    expect(problemsOf(accountYaml().replace('main:', `${key}:`))).toEqual([
      { path, line: 2, message: 'expected up to 40 lower-case letters, digits or - as a key' },
    ])
  })

  test('do not show a key or a name of a variable that looks like a secret', () => {
    const text = accountYaml().replace(
      'apiKey: pk_test',
      `pk_0a1b2c3d: "${reference('pk_4e5f6a7b')}x", apiKey: "${reference('pk_8c9d')}"`,
    )
    const problems = problemsOf(text)
    expect(problems.map(({ path }) => path)).toEqual([
      'accounts.main.klaviyo.…',
      'accounts.main.klaviyo.apiKey',
      'accounts.main.klaviyo.…',
    ])
    expect(JSON.stringify(problems)).not.toMatch(/pk_(0a1b|4e5f|8c9d)/)
  })

  test('include settings that are missing, at the line of what should hold them', () => {
    expect(problemsOf(accountYaml().replace('    currency: GBP\n    timezone: Europe/London\n', ''))).toEqual([
      {
        path: 'accounts.main.currency',
        line: 2,
        message: 'missing, expected an ISO 4217 currency code in capitals, such as EUR',
        hint: 'add it',
      },
      {
        path: 'accounts.main.timezone',
        line: 2,
        message: 'missing, expected an IANA time zone such as Europe/Rome',
        hint: 'add it',
      },
    ])
  })

  test('include a type of source that does not exist', () => {
    const TYPES = 'one of file, shopify, prestashop, vendure, woocommerce'
    expect(problemsOf(accountYaml().replace('type: file', 'type: fiel'))).toEqual([
      { path: 'accounts.main.sources.shop.type', line: 8, message: `expected ${TYPES}`, hint: 'did you mean file?' },
    ])
    expect(problemsOf(accountYaml().replace('type: file', 'type: constructor'))).toMatchObject([
      { path: 'accounts.main.sources.shop.type' },
    ])
    expect(problemsOf(accountYaml().replace('        type: file\n', ''))).toMatchObject([
      { path: 'accounts.main.sources.shop.type', line: 7, message: 'missing, expected text' },
    ])
  })

  test('include what the schema of a source refuses', () => {
    const text = accountYaml().replace('total: Total', 'totl: Total')
    expect(problemsOf(text)).toMatchObject([
      { path: 'accounts.main.sources.shop.columns.totl', line: 13, hint: 'did you mean total?' },
      { path: 'accounts.main.sources.shop.columns.total', line: 13, hint: 'add it' },
    ])
  })

  test('speak of the alternative that was meant', () => {
    const text = accountYaml().replace('rows: orders', 'rows: orders\n        cancellations: { column: Kind }')
    expect(problemsOf(text)).toMatchObject([
      {
        path: 'accounts.main.sources.shop.cancellations.equals',
        line: 11,
        message: 'missing, expected text, or a number',
      },
    ])
  })

  test('name all alternatives when none was meant', () => {
    expect(
      problemsOf(accountYaml().replace('currency: GBP\n        columns', 'currency: 3\n        columns')),
    ).toMatchObject([
      { path: 'accounts.main.sources.shop.currency', message: 'expected text, or a mapping of keys to values' },
    ])
  })

  test.each([
    'ftp://a.klaviyo.com',
    'a.klaviyo.com',
    '"https://user:secret@a.klaviyo.com"',
    '"https://a.klaviyo.com?x=1"',
  ])('include an address such as %s', (address) => {
    const text = accountYaml().replace('pk_test }', `pk_test, baseUrl: ${address} }`)
    expect(problemsOf(text)).toMatchObject([{ path: 'accounts.main.klaviyo.baseUrl', line: 3 }])
  })

  test.each([
    '"* * * *"',
    '"60 * * * *"',
    '"* * 0 * *"',
    '"*/0 * * * *"',
    '"@hourly"',
    '"1-a * * * *"',
    '"5-1 * * * *"',
    '""',
  ])('include a schedule such as %s', (cron) => {
    expect(complaintsAbout(`schedule: { sync: ${cron} }`)).toEqual([
      'schedule.sync: expected a cron expression of five fields, or six with seconds first, such as "*/15 * * * *"',
    ])
  })

  test.each(['"* * * * *"', '"0 30 6 * * *"', '"*/15 8-18 1,15 jan-mar mon-fri"', '"0 0 1-31/2 * 7"'])(
    'do not include a schedule such as %s',
    (cron) => {
      expect(complaintsAbout(`schedule: { sync: ${cron} }`)).toEqual([])
    },
  )
})

describe('YAML that cannot be read', () => {
  test('is a problem with its line', () => {
    expect(problemsOf('accounts:\n  main: {\n')).toMatchObject([{ path: 'scontrino.yaml', line: 3 }])
    expect(problemsOf('accounts:\n\tmain: 1\n')).toMatchObject([
      { line: 2, message: 'indentation must be made of spaces, not tabs' },
    ])
  })

  test('is told once, where it begins', () => {
    expect(problemsOf('a: "x\nb: {\nc: [')).toHaveLength(1)
  })

  test('is explained when a reference is not quoted', () => {
    const text = accountYaml().replace('pk_test', reference('KEY'))
    expect(problemsOf(text)).toMatchObject([{ line: 3, hint: expect.stringContaining('double quotes') }])
  })

  test('includes tags and aliases that lead nowhere', () => {
    expect(problemsOf('accounts: !secret x')).toMatchObject([{ line: 1, message: expect.stringContaining('tags') }])
    expect(problemsOf('accounts: *nobody')).toMatchObject([{ message: expect.stringContaining('anchor') }])
  })

  test('includes aliases that multiply', () => {
    const levels = Array.from({ length: 8 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)
    expect(problemsOf(['l0: &l0 x', ...levels].join('\n'))).toMatchObject([
      { message: expect.stringContaining('multiply') },
    ])
  })

  test('includes a second document', () => {
    expect(problemsOf(`${accountYaml()}---\na: 1\n`)).toMatchObject([
      { message: 'expected one document: remove the line ---' },
    ])
  })
})

describe('a key that stands twice', () => {
  test('is a problem that names both lines, beside all others', () => {
    const problems = problemsOf(accountYaml({ more: 'currency: EUR\ntimezone: Nowhere' }))
    expect(problems).toEqual([
      { path: 'accounts.main.timezone', line: 5, message: 'expected an IANA time zone such as Europe/Rome' },
      { path: 'accounts.main.currency', line: 14, message: 'the same key stands in line 4', hint: 'keep one of them' },
      { path: 'accounts.main.timezone', line: 15, message: 'the same key stands in line 5', hint: 'keep one of them' },
    ])
  })
})
