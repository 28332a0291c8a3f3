import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  NoDeprecatedCustomRule,
  parse,
  validate,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { requestedCost } from '../../src/sandbox/shopify/cost.ts'
import { SHOPIFY_SCHEMA } from '../../src/sandbox/shopify/schema.ts'
import * as documents from '../../src/sources/shopify/documents.ts'
import { PROJECT_DIR } from '../architecture/project-files.ts'

const path = join(PROJECT_DIR, '../shared/specs/shopify-admin-2026-10.graphql.gz')
const isMissing = !existsSync(path)

const SEARCH = "processed_at:>='2026-01-01T00:00:00Z' AND processed_at:<'2026-02-01T00:00:00Z'"
const named = Object.entries(documents).flatMap(([name, value]): [string, string][] =>
  typeof value === 'string' ? [[name, value]] : [],
)
const all: [string, string][] = [...named, ['exportQuery', documents.exportQuery(SEARCH)]]

let built: GraphQLSchema | null = null
function realSchema(): GraphQLSchema {
  built ??= buildSchema(gunzipSync(readFileSync(path)).toString('utf8'), { assumeValid: true })
  return built
}

describe('a document of ours', () => {
  it('is among those looked at', () => {
    expect(all.length).toBeGreaterThan(10)
  })

  it.skipIf(isMissing).each(all)('is valid in Shopify’s own schema: %s', (_, text) => {
    expect(validate(realSchema(), parse(text)).map((error) => error.message)).toEqual([])
  })

  it.skipIf(isMissing).each(all)('uses nothing that is deprecated: %s', (_, text) => {
    const complaints = validate(realSchema(), parse(text), [NoDeprecatedCustomRule])
    expect(complaints.map((error) => error.message)).toEqual([])
  })

  it.each(all)('is valid in the sandbox’s schema: %s', (_, text) => {
    expect(validate(SHOPIFY_SCHEMA, parse(text)).map((error) => error.message)).toEqual([])
  })

  it.each([
    ['ORDERS_PAGE', { first: documents.ORDERS_PER_QUERY }],
    ['ORDERS_BY_ID', { ids: Array.from({ length: documents.ORDERS_PER_QUERY }, () => 'id') }],
    ['TRANSACTIONS_BY_ID', { ids: Array.from({ length: 10 }, () => 'id'), first: documents.FIRST_TRANSACTIONS }],
    ['TRANSACTIONS_BY_ID', { ids: ['id'], first: 250 }],
    ['LINES_OF_ORDER', {}],
    ['SUBSCRIPTIONS_PAGE', {}],
  ])('costs no more than a query may: %s %o', (name, variables) => {
    const text = new Map(all).get(name) ?? ''
    const cost = requestedCost(SHOPIFY_SCHEMA, parse(text), variables)
    expect(cost).toBeGreaterThan(0)
    expect(cost).toBeLessThan(1000)
  })
})

describe('the sandbox’s schema', () => {
  it.skipIf(isMissing)('has only what Shopify’s has, of the same type', () => {
    const differing: string[] = []
    for (const type of Object.values(SHOPIFY_SCHEMA.getTypeMap())) {
      const real = realSchema().getType(type.name)
      if (type.name.startsWith('__') || type.name === 'String') continue
      if (real === undefined) differing.push(type.name)
      if (isObjectType(type) && isObjectType(real)) {
        for (const [name, field] of Object.entries(type.getFields())) {
          const counterpart = real.getFields()[name]
          if (String(counterpart?.type) !== String(field.type)) differing.push(`${type.name}.${name}`)
          for (const arg of field.args) {
            const realArg = counterpart?.args.find((one) => one.name === arg.name)
            if (String(realArg?.type) !== String(arg.type) || realArg?.defaultValue !== arg.defaultValue) {
              differing.push(`${type.name}.${name}(${arg.name})`)
            }
          }
        }
      }
      if (isEnumType(type) && isEnumType(real)) {
        const known = real.getValues().map((value) => value.name)
        for (const value of type.getValues())
          if (!known.includes(value.name)) differing.push(`${type.name}.${value.name}`)
      }
      if (isInputObjectType(type) && isInputObjectType(real)) {
        for (const [name, field] of Object.entries(type.getFields())) {
          if (String(real.getFields()[name]?.type) !== String(field.type)) differing.push(`${type.name}.${name}`)
        }
      }
    }
    expect(differing).toEqual([])
  })
})
