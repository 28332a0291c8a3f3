import { writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadEnvironment, readVariables, VARIABLE_NAMES } from '../../config/environment.ts'
import { ConfigError, type ConfigProblem } from '../../src/core/errors.ts'
import { writeConfig } from '../support/write-config.ts'

function problemsOf(variables: Record<string, string>): readonly ConfigProblem[] {
  try {
    loadEnvironment(variables)
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems
    throw thrown
  }
  return []
}

describe('proxies that are trusted', () => {
  test.each(['true', '0', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'proxy.example', '10.0.0.1,', '1'])(
    'are never everybody, and nothing that is no address: %s',
    (text) => {
      const [problem] = problemsOf({ SCONTRINO_HTTP_TRUST_PROXY: text })
      expect(problem?.message).toContain('expected addresses and networks')
    },
  )
})

describe('the environment', () => {
  test('needs nothing to be set', () => {
    expect(loadEnvironment({})).toEqual({
      databaseUrl: null,
      redisUrl: null,
      apiToken: null,
      http: { host: '127.0.0.1', port: 8080, trustProxy: [] },
      publicUrl: null,
      dataDir: resolve('.scontrino'),
      logLevel: 'info',
    })
  })

  test('takes what is set', () => {
    const environment = loadEnvironment({
      DATABASE_URL: 'postgres://user:password@db.internal:5432/scontrino?sslmode=require',
      REDIS_URL: 'rediss://cache.internal:6379/2',
      SCONTRINO_API_TOKEN: 'a-token-of-24-characters',
      SCONTRINO_HTTP_HOST: '::',
      SCONTRINO_HTTP_PORT: '0',
      SCONTRINO_HTTP_TRUST_PROXY: '10.0.0.0/8, ::1,loopback',
      SCONTRINO_PUBLIC_URL: 'https://scontrino.example.com/',
      SCONTRINO_DATA_DIR: '/var/lib/scontrino',
      LOG_LEVEL: 'debug',
    })
    expect(environment).toEqual({
      databaseUrl: 'postgres://user:password@db.internal:5432/scontrino?sslmode=require',
      redisUrl: 'rediss://cache.internal:6379/2',
      apiToken: 'a-token-of-24-characters',
      http: { host: '::', port: 0, trustProxy: ['10.0.0.0/8', '::1', 'loopback'] },
      publicUrl: 'https://scontrino.example.com',
      dataDir: '/var/lib/scontrino',
      logLevel: 'debug',
    })
  })

  test('counts an empty variable as not set', () => {
    const empty = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, '']))
    expect(loadEnvironment(empty)).toEqual(loadEnvironment({}))
  })

  test('tells every problem at once, by the name of the variable', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://x',
      REDIS_URL: 'localhost',
      SCONTRINO_API_TOKEN: 'short',
      SCONTRINO_HTTP_HOST: 'a b',
      SCONTRINO_HTTP_PORT: '65536',
      LOG_LEVEL: 'verbose',
    })
    expect(problems.map(({ path }) => path)).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'SCONTRINO_API_TOKEN',
      'SCONTRINO_HTTP_HOST',
      'SCONTRINO_HTTP_PORT',
      'LOG_LEVEL',
    ])
    expect(problems.every(({ message }) => message.startsWith('expected '))).toBe(true)
  })

  test('guesses which word was meant', () => {
    expect(problemsOf({ LOG_LEVEL: 'warning' })).toEqual([
      {
        path: 'LOG_LEVEL',
        message: 'expected one of trace, debug, info, warn, error, fatal, silent',
        hint: 'did you mean warn?',
      },
    ])
  })

  test('never shows what a variable holds', () => {
    const secret = fc.stringMatching(/^#[0-9a-f]{12,40}$/)
    fc.assert(
      fc.property(fc.constantFrom(...VARIABLE_NAMES), secret, (name, content) => {
        expect(JSON.stringify(problemsOf({ [name]: content, LOG_LEVEL: content }))).not.toContain(content)
      }),
    )
  })

  test('is completed by a file .env, which never wins', () => {
    const path = join(dirname(writeConfig('')), '.env')
    writeFileSync(path, 'SCONTRINO_TEST_ONLY_IN_FILE="from the file"\nPATH=nowhere\n')
    const variables = readVariables(path)
    expect(variables['SCONTRINO_TEST_ONLY_IN_FILE']).toBe('from the file')
    expect(variables['PATH']).not.toBe('nowhere')
  })

  test('does without a file .env', () => {
    expect(readVariables(join(dirname(writeConfig('')), '.env'))['PATH']).toBeDefined()
  })

  test('says when the file .env cannot be read', () => {
    expect(() => readVariables(dirname(writeConfig('')))).toThrow(ConfigError)
  })
})
