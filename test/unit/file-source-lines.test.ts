import { describe, expect, test } from 'vitest'
import { createIdMemory } from '../../src/sources/file/id-memory.ts'
import { createLineGroups } from '../../src/sources/file/line-groups.ts'
import type { RowValues } from '../../src/sources/file/map.ts'
import { linesConfig, readContent } from '../support/order-file.ts'

const HEADER = 'Id,Date,Email,Qty,Price'
const HELD_BACK = 'its order is held back until all its lines can be read'

function line(id: string, change: Partial<RowValues> = {}): RowValues {
  const placedAt = new Date('2026-01-01T00:00:00Z')
  return {
    id,
    cancellation: false,
    placedAt,
    changedAt: placedAt,
    currency: 'GBP',
    total: { units: 1, scale: 0 },
    email: '',
    emailRefused: false,
    customerId: '',
    phone: '',
    country: '',
    state: null,
    test: null,
    channel: '',
    components: [],
    refunded: null,
    refundedAt: null,
    ...change,
  }
}

describe('a file with several rows per order', () => {
  test('adds the lines of an order up, wherever they stand', async () => {
    const text = [
      HEADER,
      '1,2026-01-01 10:00,ada@example.com,2,1.50',
      '2,2026-01-01 11:00,bob@example.com,1,4',
      '1,2026-01-01 09:59,,3,0.10',
      '1,2026-01-01 10:01,ADA@example.com,1,1',
    ].join('\r\n')
    const { orders } = await readContent('lines.csv', text, linesConfig)
    expect(orders.map((order) => [order.externalId, order.totalMinor]).sort()).toEqual([
      ['1', 430],
      ['2', 400],
    ])
    const first = orders.find((order) => order.externalId === '1')
    expect(first?.placedAt).toEqual(new Date('2026-01-01T09:59:00Z'))
    expect(first?.updatedAt).toEqual(new Date(0))
    expect(first?.customer).toEqual({ email: 'ada@example.com' })
  })

  test('rounds the exact sum once, and not each line', async () => {
    const text = `${HEADER}\n${'1,2026-01-01,,1,0.004\n'.repeat(5)}`
    const { orders } = await readContent('lines.csv', text, linesConfig)
    expect(orders[0]?.totalMinor).toBe(2)
  })

  test('takes the total of a line where the file has one, and adds up the parts', async () => {
    const columns = {
      order: 'Id',
      placedAt: 'Date',
      total: 'Total',
      tax: 'Tax',
      refunded: 'Back',
      refundedAt: 'BackAt',
    }
    const text = 'Id,Date,Total,Tax,Back,BackAt\n1,2026-01-01,5,1,2,2026-01-03\n1,2026-01-01,7,,1,2026-01-02\n'
    const { orders } = await readContent('l.csv', text, (path) => linesConfig(path, { columns }))
    expect(orders[0]).toMatchObject({ totalMinor: 1200, taxMinor: 100 })
    expect(orders[0]?.refunds).toEqual([
      { externalId: 'refunded', refundedAt: new Date('2026-01-03T00:00:00Z'), amountMinor: 300 },
    ])
  })

  test('the lines of a cancellation make one refund', async () => {
    const text = `${HEADER}\nC1,2026-01-01,ada@example.com,-1,2.50\nC1,2026-01-01,ada@example.com,-2,1\n`
    const config = (path: string) => linesConfig(path, { cancellations: { order: { startsWith: 'C' } } })
    const { orders, refunds } = await readContent('l.csv', text, config)
    expect(orders).toEqual([])
    expect(refunds).toMatchObject([{ externalId: 'C1', amountMinor: 450, customer: { email: 'ada@example.com' } }])
  })

  test('a line that cannot be read holds its order back, and no other', async () => {
    const text = `${HEADER}\n1,2026-01-01,,1,2\n1,2026-01-01,,one,2\n2,2026-01-01,,1,3\n1,2026-01-01,,1,2\n`
    const { orders, rejected } = await readContent('lines.csv', text, linesConfig)
    expect(orders.map((order) => order.externalId)).toEqual(['2'])
    expect(rejected).toEqual([
      { place: 'lines.csv:3', field: 'Qty', reason: `expected a decimal number such as 12.50; ${HELD_BACK}` },
      {
        place: 'lines.csv:2 order 1',
        reason: 'held back: 1 of its 3 lines cannot be used, each listed by itself',
      },
    ])
  })

  test('a line with too few columns, or not UTF-8, still holds its order back', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\n1,2026-01-01,,1,2\n1,2026-01-01,\n2,2026-01-01,,1,2\n2,2026-01-01,`),
      Buffer.from([0xe9]),
      Buffer.from(',1,2\n'),
    ])
    const { orders, rejected } = await readContent('l.csv', bytes, linesConfig)
    expect(orders).toEqual([])
    expect(rejected.map((one) => one.place)).toEqual(['l.csv:3', 'l.csv:5', 'l.csv:2 order 1', 'l.csv:4 order 2'])
  })

  test('a line whose order is unknown says that an order may come out short', async () => {
    const { orders, rejected } = await readContent(
      'l.csv',
      `${HEADER}\n,2026-01-01,,1,2\n1,2026-01-01,,1,2\n`,
      linesConfig,
    )
    expect(orders).toHaveLength(1)
    expect(rejected[0]).toMatchObject({ place: 'l.csv:2', field: 'Id' })
    expect(rejected[0]?.reason).toContain('which order it belongs to is unknown')
  })

  test.each([
    ['customer', 'Email', ['ada@example.com', 'bob@example.com'], 'e-mail address'],
    ['shop customer', 'Cust', ['1', '2'], 'customer'],
    ['currency', 'Cur', ['GBP', 'EUR'], 'currency'],
    ['state', 'State', ['placed', 'cancelled'], 'state'],
    ['test mark', 'Test', ['yes', 'no'], 'mark for a test order'],
  ])('lines that name another %s hold their order back', async (_, column, values, named) => {
    const defaults: Record<string, string> = { Email: '', Cust: '', Cur: 'GBP', State: '', Test: '' }
    const rows = values.map((value) => {
      const cells = Object.values({ ...defaults, [column]: value })
      return `1,2026-01-01,${cells.join(',')},5`
    })
    const columns = {
      order: 'Id',
      placedAt: 'Date',
      email: 'Email',
      customer: 'Cust',
      state: 'State',
      test: 'Test',
      total: 'Total',
    }
    const text = ['Id,Date,Email,Cust,Cur,State,Test,Total', ...rows].join('\n')
    const config = (path: string) => linesConfig(path, { columns, currency: { column: 'Cur' } })
    const { orders, rejected } = await readContent('l.csv', text, config)
    expect(orders).toEqual([])
    expect(rejected).toEqual([
      { place: 'l.csv:3', reason: `expected the same ${named} as line 2 of the same order; ${HELD_BACK}` },
      { place: 'l.csv:2 order 1', reason: 'held back: 1 of its 2 lines cannot be used, each listed by itself' },
    ])
  })

  test('a malformed address on every line is one dead letter, and the order is kept', async () => {
    const text = `${HEADER}\n1,2026-01-01,ada@,1,2\n1,2026-01-01,ada@,1,2\n`
    const { orders, rejected } = await readContent('l.csv', text, linesConfig)
    expect(orders).toMatchObject([{ totalMinor: 400, customer: null }])
    expect(rejected.map(({ place, field }) => [place, field])).toEqual([['l.csv:2', 'Email']])
  })

  test('an order whose sum is negative is a dead letter', async () => {
    const { orders, rejected } = await readContent('l.csv', `${HEADER}\n1,2026-01-01,,-1,2\n`, linesConfig)
    expect(orders).toEqual([])
    expect(rejected[0]?.place).toBe('l.csv:2 order 1')
    expect(rejected[0]?.reason).toContain('expected a total of zero or more')
  })
})

describe('open orders', () => {
  test('are closed when there are too many, those first that had no line for longest', () => {
    const groups = createLineGroups(2)
    for (const [number, id] of ['a', 'b', 'a', 'c'].entries()) groups.add(number + 1, line(id))
    expect([...groups.overflow()].map((group) => group.values?.id)).toEqual(['b', 'a'])
    expect([...groups.end()].map((group) => group.values?.id)).toEqual(['c'])
  })

  test('that were closed refuse a late line, and it does not become an order of its own', () => {
    const groups = createLineGroups(1)
    groups.add(1, line('a'))
    groups.add(2, line('b'))
    const closed = [...groups.overflow()].map((group) => group.values?.id)
    expect(closed).toContain('a')
    expect(groups.add(3, line('a'))?.reason).toContain('sort the file by order')
    expect([...groups.end()].map((group) => group.values?.id)).not.toContain('a')
  })
})

describe('the memory of ids', () => {
  test('remembers at least half of its capacity, whatever the number of ids', () => {
    const memory = createIdMemory(1000)
    for (let id = 0; id < 10_000; id++) memory.add(`order ${id}`)
    const remembered = Array.from({ length: 10_000 }, (_, id) => memory.has(`order ${id}`))
    expect(remembered.slice(-500).every(Boolean)).toBe(true)
    expect(remembered.slice(0, 9000).some(Boolean)).toBe(false)
  })

  test('does not take ids that look alike for the same', () => {
    const memory = createIdMemory()
    for (let id = 0; id < 200_000; id += 2) memory.add(String(id))
    const wrong = Array.from({ length: 100_000 }, (_, at) => memory.has(String(at * 2 + 1))).filter(Boolean)
    expect(wrong).toEqual([])
  })
})
