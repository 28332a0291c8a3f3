import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fileSourceConfig, formatOf } from '../../src/sources/file/schema.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { linesConfig, ordersConfig } from '../support/order-file.ts'
import { REAL_SHOP_SOURCE } from '../support/real-shop.ts'

const ORDERS = { order: 'Id', placedAt: 'Date', total: 'Total' }
const LINES = { order: 'Id', placedAt: 'Date' }

function problemsOf(config: Record<string, unknown>): string[] {
  const parsed = fileSourceConfig.safeParse(config)
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

describe('the configuration of a file', () => {
  test.each([
    ['orders.csv', 'csv'],
    ['orders.TSV', 'tsv'],
    ['a/b.csv.gz', 'csv'],
    ['orders.ndjson', 'jsonl'],
    ['orders.jsonl.gz', 'jsonl'],
    ['orders.txt', null],
    ['-', null],
  ])('knows the format of %s: %s', (path, format) => {
    expect(formatOf({ path })).toBe(format)
  })

  test('prefers the format that is set', () => {
    expect(formatOf({ path: 'orders.csv', format: 'jsonl' })).toBe('jsonl')
  })

  test.each([
    ['no format for standard input', ordersConfig('-'), 'format: expected csv, tsv or jsonl'],
    ['orders without a total', ordersConfig('o.csv', { columns: LINES }), 'columns.total: rows: orders needs'],
    [
      'orders with a quantity',
      ordersConfig('o.csv', { columns: { ...ORDERS, quantity: 'Q' } }),
      'columns.quantity: only',
    ],
    ['lines without an amount', linesConfig('l.csv', { columns: LINES }), 'columns: rows: lines needs'],
    [
      'lines with half an amount',
      linesConfig('l.csv', { columns: { ...LINES, quantity: 'Q' } }),
      'columns.unitPrice: ',
    ],
    [
      'lines with two amounts',
      linesConfig('l.csv', { columns: { ...ORDERS, quantity: 'Q', unitPrice: 'P' } }),
      'columns: rows: lines needs',
    ],
    ['states without a column', ordersConfig('o.csv', { states: { paid: 'placed' } }), 'states: needs columns.state'],
    [
      'an instant of a refund without its amount',
      ordersConfig('o.csv', { columns: { ...ORDERS, refundedAt: 'At' } }),
      'columns.refundedAt: needs refunded',
    ],
    ['a delimiter for JSON', ordersConfig('o.jsonl', { delimiter: ';' }), 'delimiter: only a csv'],
    ['a decimal comma for JSON', ordersConfig('o.jsonl', { decimalComma: true }), 'decimalComma: numbers in JSON'],
    ['an unknown time zone', ordersConfig('o.csv', { timezone: 'Mars/Base' }), 'timezone: expected an IANA'],
    ['an unknown currency', ordersConfig('o.csv', { currency: 'pounds' }), 'currency: '],
    [
      'two questions in one skip rule',
      ordersConfig('o.csv', { skip: [{ column: 'A', lt: 1, gt: 2 }] }),
      'skip.0: exactly|skip.0: expected exactly one',
    ],
    [
      'a broken template',
      ordersConfig('o.csv', { columns: { ...ORDERS, email: '{Id@x.example' } }),
      'columns.email: expected',
    ],
    ['an unknown setting', ordersConfig('o.csv', { colour: 'red' }), 'Unrecognized key'],
    ['another encoding', ordersConfig('o.csv', { encoding: 'latin1' }), 'encoding: '],
  ])('refuses %s', (_, config, problem) => {
    const problems = problemsOf(config)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(problem))
  })

  test('accepts the example of the guide', () => {
    expect(problemsOf(REAL_SHOP_SOURCE)).toEqual([])
  })

  test('describes every setting for an editor', () => {
    const schema = z.toJSONSchema(SOURCE_TYPES.file.configSchema, { io: 'input' })
    const described = z.object({ properties: z.record(z.string(), z.looseObject({ description: z.string().min(10) })) })
    const { properties } = described.parse(schema)
    expect(Object.keys(properties)).toContain('cancellations')
    expect(() => described.parse(properties['columns'])).not.toThrow()
  })
})
