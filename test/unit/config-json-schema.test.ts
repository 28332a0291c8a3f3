import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { VARIABLE_NAMES } from '../../config/environment.ts'
import { JSON_SCHEMA_FILE, type JsonSchema, toConfigJsonSchema } from '../../config/json-schema.ts'
import { configTemplate } from '../../config/template.ts'
import { CONFIG_SOURCES } from '../../src/cli/shop-kinds.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { accountYaml, reference } from '../support/account-yaml.ts'

const ROOT = join(import.meta.dirname, '../..')
const readRoot = (name: string) => readFileSync(join(ROOT, name), 'utf8')

function accepts(text: string): boolean {
  const ajv = new Ajv2020({ strict: false })
  ajvFormats.default(ajv)
  return ajv.compile(JSON.parse(readRoot(JSON_SCHEMA_FILE)))(parse(text))
}

/** Every key that a schema knows, at any depth. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([keyword, inner]) => {
    if (keyword !== 'properties') return keysOf(inner)
    return [...Object.keys(inner), ...Object.values(inner).flatMap(keysOf)]
  })
}

describe('the JSON Schema for editors', () => {
  test('is current (if not: npm run schema)', () => {
    expect(JSON.parse(readRoot(JSON_SCHEMA_FILE))).toEqual(toConfigJsonSchema(SOURCE_TYPES))
  })

  test('accepts our example and the file that init writes', () => {
    expect(accepts(readRoot('scontrino.example.yaml'))).toBe(true)
    for (const source of CONFIG_SOURCES) expect(accepts(configTemplate({ source }))).toBe(true)
  })

  test.each(['foo: 1', 'bands: [1]', 'profiles: all', 'segments: [{ key: a }]', 'aov: { tax: maybe }'])(
    'refuses %s',
    (more) => {
      expect(accepts(accountYaml())).toBe(true)
      expect(accepts(accountYaml({ more }))).toBe(false)
    },
  )

  test('refuses an unknown key of a source', () => {
    expect(accepts(accountYaml().replace('rows:', 'colour: red\n        rows:'))).toBe(false)
  })

  test('accepts a variable where only certain words are allowed', () => {
    expect(accepts(accountYaml({ more: `profiles: "${reference('MODE')}"` }))).toBe(true)
  })

  test('describes every key of an account', () => {
    const account = toConfigJsonSchema(SOURCE_TYPES).properties?.['accounts']?.additionalProperties as JsonSchema
    const silent = Object.entries(account.properties ?? {}).filter(([, { description }]) => description === undefined)
    expect(silent).toEqual([])
  })
})

describe('docs/configuration.md and the pages of the sources', () => {
  const pages = Object.keys(SOURCE_TYPES).map((type) => `docs/sources/${type}.md`)
  const texts = ['docs/configuration.md', ...pages].map((page) => readRoot(page))
  const words = new Set(texts.join('\n').match(/[A-Za-z_][A-Za-z0-9_]*/g))

  test('mention every key of the file', () => {
    const keys = keysOf(toConfigJsonSchema(SOURCE_TYPES))
    expect(keys).toContain('apiKey')
    expect(keys.filter((key) => !words.has(key))).toEqual([])
  })

  test('mention every variable of the environment, as does .env.example', () => {
    const example = readRoot('.env.example')
    expect(VARIABLE_NAMES.filter((name) => !words.has(name) || !example.includes(`${name}=`))).toEqual([])
  })
})
