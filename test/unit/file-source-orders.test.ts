import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createFileSource } from '../../src/sources/file/index.ts'
import { fileSourceConfig } from '../../src/sources/file/schema.ts'
import { joinPages, ordersConfig, readAllPages, readContent } from '../support/order-file.ts'

const HEADER = 'Id,Date,Email,Total'

describe('a file with one row per order', () => {
  test('gives each row as an order', async () => {
    const text = `${HEADER}\n4711,2026-01-31 10:00,ada@example.com,12.50\n`
    expect(await readContent('orders.csv', text, ordersConfig)).toEqual({
      orders: [
        {
          externalId: '4711',
          placedAt: new Date('2026-01-31T10:00:00Z'),
          updatedAt: new Date(0),
          currency: 'GBP',
          totalMinor: 1250,
          state: 'placed',
          test: false,
          customer: { email: 'ada@example.com' },
          refunds: [],
        },
      ],
      refunds: [],
      rejected: [],
      skipped: 0,
    })
  })

  test('keeps every part of the total, the refund, the state and the customer', async () => {
    const text = [
      'Id,Date,Changed,Email,Customer,Phone,Country,Total,Sub,Disc,Tax,Ship,Tip,Duty,Gift,Back,BackAt,State,Test,Channel',
      '1,2026-01-01,2026-02-01T00:00:00Z,a@b.example,c9,+44 20 7946 0000,GB,10,9,-2,1,2,0.5,0.25,3,4,2026-03-01,Voided,yes,pos',
    ].join('\n')
    const columns = {
      order: 'Id',
      placedAt: 'Date',
      updatedAt: 'Changed',
      email: 'Email',
      customer: 'Customer',
      phone: 'Phone',
      country: 'Country',
      total: 'Total',
      subtotal: 'Sub',
      discount: 'Disc',
      tax: 'Tax',
      shipping: 'Ship',
      tip: 'Tip',
      duties: 'Duty',
      giftCard: 'Gift',
      refunded: 'Back',
      refundedAt: 'BackAt',
      state: 'State',
      test: 'Test',
      channel: 'Channel',
    }
    const { orders } = await readContent('orders.csv', text, (path) =>
      ordersConfig(path, { columns, states: { paid: 'placed', voided: 'cancelled' } }),
    )
    expect(orders).toEqual([
      {
        externalId: '1',
        placedAt: new Date('2026-01-01T00:00:00Z'),
        updatedAt: new Date('2026-02-01T00:00:00Z'),
        currency: 'GBP',
        totalMinor: 1000,
        subtotalMinor: 900,
        discountMinor: 200,
        taxMinor: 100,
        shippingMinor: 200,
        tipMinor: 50,
        dutiesMinor: 25,
        giftCardMinor: 300,
        state: 'cancelled',
        test: true,
        channel: 'pos',
        customer: { email: 'a@b.example', externalId: 'c9', phone: '+44 20 7946 0000', country: 'GB' },
        refunds: [{ externalId: 'refunded', refundedAt: new Date('2026-03-01T00:00:00Z'), amountMinor: 400 }],
      },
    ])
  })

  test('a part that the row leaves empty is absent, and one that is 0 is 0', async () => {
    const columns = { order: 'Id', placedAt: 'Date', total: 'Total', tax: 'Tax', shipping: 'Ship' }
    const text = 'Id,Date,Total,Tax,Ship\n1,2026-01-01,5,,0\n'
    const { orders } = await readContent('o.csv', text, (path) => ordersConfig(path, { columns }))
    expect(orders[0]).not.toHaveProperty('taxMinor')
    expect(orders[0]?.shippingMinor).toBe(0)
  })

  test('wall-clock times are read in the time zone of the configuration', async () => {
    const text = `${HEADER}\n1,2026-07-01 00:30,,5\n`
    const { orders } = await readContent('o.csv', text, (path) => ordersConfig(path, { timezone: 'Europe/Rome' }))
    expect(orders[0]?.placedAt).toEqual(new Date('2026-06-30T22:30:00Z'))
  })

  test('a template joins columns, and is empty when one of them is', async () => {
    const text = 'Id,Date,User,Domain,Total\n1,2026-01-01,ada,example.com,5\n2,2026-01-01,,example.com,5\n'
    const columns = { order: 'S-{Id}', placedAt: 'Date', email: '{User}@{Domain}', total: 'Total' }
    const { orders } = await readContent('o.csv', text, (path) => ordersConfig(path, { columns }))
    expect(orders.map((order) => [order.externalId, order.customer?.email])).toEqual([
      ['S-1', 'ada@example.com'],
      ['S-2', undefined],
    ])
  })

  test('an order that names nobody is anonymous, even when it has a country', async () => {
    const text = 'Id,Date,Email,Country,Total\n1,2026-01-01,,GB,5\n'
    const columns = { order: 'Id', placedAt: 'Date', email: 'Email', country: 'Country', total: 'Total' }
    const { orders } = await readContent('o.csv', text, (path) => ordersConfig(path, { columns }))
    expect(orders[0]?.customer).toBeNull()
  })

  test('the currency can come from a column, and decides the decimals', async () => {
    const text = 'Id,Date,Total,Cur\n1,2026-01-01,500,jpy\n2,2026-01-01,1.2345,KWD\n3,2026-01-01,5,Pounds\n'
    const columns = { order: 'Id', placedAt: 'Date', total: 'Total' }
    const content = await readContent('o.csv', text, (path) =>
      ordersConfig(path, { columns, currency: { column: 'Cur' } }),
    )
    expect(content.orders.map((order) => [order.currency, order.totalMinor])).toEqual([
      ['JPY', 500],
      ['KWD', 1235],
    ])
    expect(content.rejected).toEqual([
      { place: 'o.csv:4', field: 'Cur', reason: 'expected a currency code such as EUR (ISO 4217)' },
    ])
  })

  test('a decimal comma is read where the configuration says so, and a grouping point is refused', async () => {
    const text = 'Id;Date;Email;Total\n1;2026-01-01;;12,50\n2;2026-01-01;;1.234\n'
    const content = await readContent('o.csv', text, (path) => ordersConfig(path, { decimalComma: true }))
    expect(content.orders.map((order) => order.totalMinor)).toEqual([1250])
    expect(content.rejected.map(({ place, field }) => [place, field])).toEqual([['o.csv:3', 'Total']])
  })

  test.each([
    [{ column: 'Total', lte: 5 }, ['3']],
    [{ column: 'Total', lt: 5 }, ['2', '3']],
    [{ column: 'Total', gt: 5 }, ['1', '2', '4']],
    [{ column: 'Total', gte: 5 }, ['1', '4']],
    [{ column: 'Total', eq: 5 }, ['1', '3', '4']],
    [{ column: 'Email', eq: 'x@example.com' }, ['1', '2', '4']],
    [{ column: 'Id', in: ['1', 2] }, ['3', '4']],
    [{ column: 'Email', empty: true }, ['3']],
    [{ column: 'Email', empty: false }, ['1', '2', '4']],
  ])('skip %j leaves %j', async (rule, left) => {
    const text = `${HEADER}\n1,2026-01-01,,4.99\n2,2026-01-01,,5.00\n3,2026-01-01,x@example.com,6\n4,2026-01-01,,-1\n`
    const config = (path: string) =>
      ordersConfig(path, { skip: [rule], cancellations: { column: 'Total', equals: -1 } })
    const { orders, refunds, skipped } = await readContent('o.csv', text, config)
    const ids = [...orders, ...refunds].map((one) => one.externalId)
    expect(ids).toEqual(left)
    expect(skipped).toBe(4 - left.length)
  })

  test('a cancellation is a refund of its customer', async () => {
    const text = `${HEADER}\nC1,2026-01-02,ada@example.com,-7.25\n`
    const config = (path: string) => ordersConfig(path, { cancellations: { order: { startsWith: 'C' } } })
    const { orders, refunds } = await readContent('o.csv', text, config)
    expect(orders).toEqual([])
    expect(refunds).toEqual([
      {
        externalId: 'C1',
        refundedAt: new Date('2026-01-02T00:00:00Z'),
        updatedAt: new Date('1970-01-01T00:00:00Z'),
        currency: 'GBP',
        amountMinor: 725,
        customer: { email: 'ada@example.com' },
      },
    ])
  })

  test.each([
    ['equals', { column: 'Kind', equals: 'credit' }],
    ['in', { column: 'Kind', in: ['credit', 'return'] }],
  ])('a cancellation can be told by a column (%s)', async (_, cancellations) => {
    const columns = { order: 'Id', placedAt: 'Date', total: 'Total' }
    const text = 'Id,Date,Total,Kind\n1,2026-01-01,5,sale\n2,2026-01-01,-5,credit\n'
    const { orders, refunds } = await readContent('o.csv', text, (path) =>
      ordersConfig(path, { columns, cancellations }),
    )
    expect([orders.length, refunds.length]).toEqual([1, 1])
  })

  test('of several versions of an order the latest changed stays, when a column says when', async () => {
    const columns = { order: 'Id', placedAt: 'Date', updatedAt: 'Changed', total: 'Total' }
    const text = 'Id,Date,Changed,Total\n1,2026-01-01,2026-01-03,7\n1,2026-01-01,2026-01-02,5\n'
    const { orders, rejected } = await readContent('o.csv', text, (path) => ordersConfig(path, { columns }))
    expect(orders.map((order) => order.totalMinor)).toEqual([700])
    expect(rejected).toEqual([])
  })
})

describe('JSON Lines', () => {
  test('give keys and paths of keys, numbers by their shortest text, and ids beyond 2^53 as written', async () => {
    const text = [
      '{"id":820982911946154508,"at":"2026-01-01T00:00:00Z","customer":{"email":"ada@example.com"},"total":0.1}',
      '{"id":2,"at":"2026-01-01T00:00:00Z","customer":null,"total":"19.99","x.y":"pos"}',
    ].join('\n')
    const columns = { order: 'id', placedAt: 'at', email: 'customer.email', total: 'total', channel: 'x.y' }
    const { orders } = await readContent('o.jsonl', text, (path) => ordersConfig(path, { columns }))
    expect(orders.map((one) => [one.externalId, one.customer?.email, one.totalMinor, one.channel])).toEqual([
      ['820982911946154508', 'ada@example.com', 10, undefined],
      ['2', undefined, 1999, 'pos'],
    ])
  })

  test.each([
    ['not JSON', '{"id":1', { place: 'o.jsonl:1', reason: 'expected one JSON object in this line' }],
    ['a list', '[1]', { place: 'o.jsonl:1', reason: 'expected one JSON object in this line' }],
    [
      'an object where a value belongs',
      '{"Id":1,"Date":"2026-01-01","Total":{"amount":5}}',
      { place: 'o.jsonl:1', field: 'Total', reason: 'expected a single value, found an object or a list' },
    ],
    [
      'no total',
      '{"Id":1,"Date":"2026-01-01"}',
      { place: 'o.jsonl:1', field: 'Total', reason: 'expected a value, found none' },
    ],
  ])('with %s is a dead letter', async (_, line, expected) => {
    const good = '{"Id":2,"Date":"2026-01-01","Total":5}'
    const { orders, rejected } = await readContent('o.jsonl', `${line}\n\n${good}\n`, ordersConfig)
    expect(rejected).toEqual([expected])
    expect(orders).toHaveLength(1)
  })
})

describe('where the bytes come from', () => {
  test('compressed bytes are known by their beginning, not by their name', async () => {
    const text = gzipSync(`${HEADER}\n1,2026-01-01,,5\n`)
    const { orders } = await readContent('orders.csv', text, ordersConfig)
    expect(orders).toHaveLength(1)
  })

  test('standard input is read, and always from its beginning', async () => {
    const text = gzipSync(`${HEADER}\n1,2026-01-01,,5\nx,,,\n`)
    const config = fileSourceConfig.parse(ordersConfig('-', { format: 'csv' }))
    const bytes = Readable.from([text.subarray(0, 1), text.subarray(1)], { objectMode: false })
    const pages = await readAllPages(createFileSource('shop', config, { stdin: bytes }), { v: 1 })
    expect(joinPages(pages).orders).toHaveLength(1)
    expect(joinPages(pages).rejected[0]?.place).toBe('stdin:3')
    expect(pages.at(-1)?.completesReread).toBeUndefined()
  })
})
