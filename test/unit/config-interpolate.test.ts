import { describe, expect, test } from 'vitest'
import { interpolate } from '../../config/interpolate.ts'
import { accountYaml, loadAccount, problemsOf, reference } from '../support/account-yaml.ts'

describe('a reference to an environment variable', () => {
  test('is replaced by the content of the variable', () => {
    const { value, problems } = interpolate({ a: { b: [reference('NAME')] } }, { NAME: 'content' })
    expect(value).toEqual({ a: { b: ['content'] } })
    expect(problems).toEqual([])
  })

  test('is replaced inside a longer text, as often as it occurs', () => {
    const text = `http://${reference('HOST')}:${reference('PORT')}/`
    expect(interpolate([text], { HOST: 'shop', PORT: '80' }).value).toEqual(['http://shop:80/'])
  })

  test.each([
    ['unset', {}],
    ['empty', { NAME: '' }],
  ])('leaves its key out when it is the whole value and the variable is %s', (_, variables) => {
    const result = interpolate({ a: reference('NAME'), b: 1 }, variables)
    expect(result.value).toEqual({ b: 1 })
    expect(result.absent).toEqual([{ path: ['a'], variable: 'NAME' }])
    expect(result.problems).toEqual([])
  })

  test('is a problem when the variable is unset inside a longer text', () => {
    const { problems } = interpolate({ a: `x ${reference('NAME')}` }, { NAME: '' })
    expect(problems).toEqual([
      {
        path: ['a'],
        message: 'the environment variable NAME is not set or empty',
        hint: 'set NAME, in the environment or in a file .env',
      },
    ])
  })

  test('is a problem when the variable is unset and the reference is an item of a list', () => {
    expect(interpolate([reference('NAME')], {}).problems).toHaveLength(1)
  })

  test.each(['${', reference(''), reference('1A'), reference('A-B'), '${A'])(
    'is a problem when it is written %s',
    (text) => {
      expect(interpolate({ a: `x${text}` }, { A: 'content' }).problems).toEqual([
        { path: ['a'], message: 'expected a variable name and } after ${', hint: 'write $${ for a plain ${' },
      ])
    },
  )

  test('can be escaped', () => {
    const { value } = interpolate({ a: `$${reference('NAME')} $NAME {NAME}` }, { NAME: 'content' })
    expect(value).toEqual({ a: `${reference('NAME')} $NAME {NAME}` })
  })

  test('is not looked for in the content of a variable', () => {
    const variables = { NAME: reference('OTHER'), OTHER: 'content' }
    expect(interpolate({ a: reference('NAME') }, variables).value).toEqual({ a: reference('OTHER') })
  })

  test('is not looked for in keys', () => {
    expect(interpolate({ [reference('NAME')]: 1 }, { NAME: 'content' }).value).toEqual({ [reference('NAME')]: 1 })
  })

  test('cannot change the structure of the file', () => {
    const key = 'x", baseUrl: "http://evil'
    const text = accountYaml().replace('pk_test', `"${reference('KEY')}"`)
    const [problem] = problemsOf(text, { KEY: key })
    expect(problem?.path).toBe('accounts.main.klaviyo.apiKey')
  })

  test('gives an optional key its default when the variable is unset', () => {
    const text = accountYaml().replace('pk_test }', `pk_test, baseUrl: "${reference('BASE')}" }`)
    expect(loadAccount(text).klaviyo.baseUrl).toBe('https://a.klaviyo.com')
  })

  test('names the variable and the key when a required one is left without', () => {
    const text = accountYaml().replace('pk_test', `"${reference('KEY')}"`)
    expect(problemsOf(text)).toEqual([
      {
        path: 'accounts.main.klaviyo.apiKey',
        line: 3,
        message: 'missing, because the environment variable KEY is not set or empty',
        hint: 'set KEY, in the environment or in a file .env',
      },
    ])
  })

  test('names the variable also in the entry of a source', () => {
    const text = accountYaml({ path: `"${reference('FILE')}"` })
    expect(problemsOf(text)).toMatchObject([
      { path: 'accounts.main.sources.shop.path', line: 9, message: expect.stringContaining('variable FILE') },
    ])
  })

  test('does not hide that its key is unknown', () => {
    const text = accountYaml({ more: `timezon: "${reference('ZONE')}"` }).replace(
      'rows: orders',
      `rows: orders\n        delimitr: "${reference('D')}"`,
    )
    expect(problemsOf(text)).toMatchObject([
      { path: 'accounts.main.sources.shop.delimitr', line: 11, hint: 'did you mean delimiter?' },
      { path: 'accounts.main.timezon', line: 15, hint: 'did you mean timezone?' },
    ])
  })
})
