import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant } from '../../src/core/instant.ts'
import { addDecimals, multiplyDecimals, parseDecimal, toMinor } from '../../src/core/money.ts'
import { addAmounts, amountToMinor, multiplyAmounts, parseAmount } from '../../src/sources/file/amount.ts'
import { createCsvRecords } from '../../src/sources/file/csv-records.ts'
import { createFileSource } from '../../src/sources/file/index.ts'
import { createInstantReader } from '../../src/sources/file/instant-reader.ts'
import { createLineSplitter, type Line } from '../../src/sources/file/line-splitter.ts'
import { fileSourceConfig } from '../../src/sources/file/schema.ts'
import { createSource, joinPages, ordersConfig, readAllPages, writeOrders } from '../support/order-file.ts'

/** What a function gives or, when it throws, that it does. */
function outcomeOf<T>(run: () => T): T | 'refused' {
  try {
    return run()
  } catch {
    return 'refused'
  }
}

const digits = fc.stringMatching(/^\d{0,18}$/)
const amountText = fc.oneof(
  fc.tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.'), digits).map((parts) => parts.join('')),
  fc
    .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 5 }))
    .map(([units, scale]) => (units / 10 ** scale).toFixed(scale)),
  fc.double({ noNaN: true }).map(String),
  fc.string({ maxLength: 6 }),
)
const currency = fc.constantFrom('GBP', 'JPY', 'KWD', 'CLF')

describe('amounts', () => {
  test('are read, multiplied, added and rounded as core’s decimals are', () => {
    fc.assert(
      fc.property(amountText, amountText, amountText, currency, (a, b, c, code) => {
        const fast = () => {
          const sum = addAmounts(multiplyAmounts(parseAmount(a, false), parseAmount(b, false)), parseAmount(c, false))
          return amountToMinor(sum, code)
        }
        const exact = () =>
          toMinor(addDecimals(multiplyDecimals(parseDecimal(a), parseDecimal(b)), parseDecimal(c)), code)
        // toMinor may give −0, which is the same amount.
        const expected = outcomeOf(exact)
        expect(outcomeOf(fast)).toBe(expected === 0 ? 0 : expected)
      }),
      { numRuns: 20_000 },
    )
  })

  test('with a decimal comma are read as core reads them, save that a point is refused', () => {
    fc.assert(
      fc.property(amountText, (text) => {
        const comma = text.replace('.', ',')
        const exact = () => toMinor(parseDecimal(comma, { decimalComma: true }), 'GBP')
        const expected = comma.includes('.') ? 'refused' : outcomeOf(exact)
        expect(outcomeOf(() => amountToMinor(parseAmount(comma, true), 'GBP'))).toBe(expected === 0 ? 0 : expected)
      }),
      { numRuns: 5000 },
    )
  })
})

const ZONES = ['Europe/London', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca', 'UTC']
const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'))
const instantText = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1890, max: 2060 }), fc.integer({ min: 0, max: 9999 })),
    fc.oneof(fc.constantFrom('03', '10', '11'), two(13)),
    two(32),
    two(24),
    two(60),
    two(60),
    fc.constantFrom('', 'T', ' ', 't'),
    fc.constantFrom('', 's', 's.123', 's,5', 's.123456', 's.12'),
    fc.constantFrom('', '', '', 'Z', 'z', '+02:00', '-0330', ' Z'),
  )
  .map(([year, month, day, hour, minute, second, separator, precision, zone]) => {
    const date = `${String(year).padStart(4, '0')}-${month}-${day}`
    if (separator === '') return `${date}${zone}`
    return `${date}${separator}${hour}:${minute}${precision.replace('s', `:${second}`)}${zone}`
  })

describe('instants', () => {
  test.each(ZONES)('in %s are read as core reads them', (zone) => {
    const read = createInstantReader(zone)
    fc.assert(
      fc.property(instantText, (text) => {
        const expected = outcomeOf(() => parseInstant(text, zone).getTime())
        expect(outcomeOf(() => read(text).getTime())).toBe(expected)
      }),
      { numRuns: 4000 },
    )
  })
})

/** The same bytes in arbitrary pieces. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}

const pieceSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

function linesOf(pieces: readonly Buffer[], maxBytes?: number): Line[] {
  const splitter = createLineSplitter(maxBytes)
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()]
}

describe('lines', () => {
  test('are the same wherever the bytes are cut, be they UTF-8, too long or not', () => {
    const bytes = fc.oneof(
      fc.array(fc.oneof(fc.constantFrom(...Buffer.from('ab\n\r é€')), fc.integer({ min: 0, max: 255 }))),
      fc.string({ unit: fc.constantFrom('a', 'é', '€', '\n'), maxLength: 30 }).map((text) => [...Buffer.from(text)]),
    )
    fc.assert(
      fc.property(bytes, pieceSizes, (content, sizes) => {
        const whole = Buffer.from(content)
        const expected = linesOf([whole], 12)
        expect(linesOf(cut(whole, sizes), 12)).toEqual(expected)
        const ends =
          content.filter((byte) => byte === 10).length + (content.at(-1) === 10 || content.length === 0 ? 0 : 1)
        expect(expected.map((line) => line.number)).toEqual(Array.from({ length: ends }, (_, at) => at + 1))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('CSV records', () => {
  const cell = fc.oneof(fc.stringMatching(/^[ab,;"\n é]{0,6}$/), fc.string({ maxLength: 5 }))
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))

  test('are those that csv-parse reads', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        pieceSizes,
        (rows, delimiter, end, sizes) => {
          const text = rows.map((row) => row.map((value) => quoteCell(value, delimiter)).join(delimiter) + end).join('')
          const records = createCsvRecords(delimiter)
          const lines = linesOf(cut(Buffer.from(text), sizes))
          const found = [...records.push(lines), ...records.end()]
          const expected: string[][] = parse(text, { delimiter, record_delimiter: end, relax_quotes: true })
          expect(found.map((record) => record.flaw)).toEqual(found.map(() => undefined))
          expect(found.map((record) => record.fields)).toEqual(expected)
        },
      ),
      { numRuns: 3000 },
    )
  })
})

function quoteCell(value: string, delimiter: string): string {
  const plain = !/["\r\n]/.test(value) && !value.includes(delimiter) && value !== ''
  return plain ? value : `"${value.replaceAll('"', '""')}"`
}

interface ModelOrder {
  readonly id: string
  readonly email: string
  readonly placedAt: Date
  /** Quantity and unit price in pennies of each line. */
  readonly lines: readonly (readonly [quantity: number, pennies: number])[]
}

const modelOrders = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[A-Za-z0-9#"; ,é-]{1,12}$/).filter((id) => id.trim() === id && id !== ''),
    email: fc.constantFrom('', 'ada@example.com', 'Bob@Example.com', 'zoë@example.com'),
    placedAt: fc.date({ min: new Date('2001-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }),
    lines: fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 99_999 })), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  { selector: (order) => order.id, minLength: 1, maxLength: 12 },
)

const layout = fc.record({
  format: fc.constantFrom('csv', 'tsv', 'jsonl'),
  rows: fc.constantFrom('orders', 'lines'),
  gzip: fc.boolean(),
  bom: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  seed: fc.infiniteStream(fc.nat()).map((stream) => Array.from({ length: 60 }, () => stream.next().value ?? 0)),
})

function totalPennies(order: ModelOrder): number {
  return order.lines.reduce((sum, [quantity, pennies]) => sum + quantity * pennies, 0)
}

function toTable(orders: readonly ModelOrder[], rows: string, seed: readonly number[]): string[][] {
  const at = (order: ModelOrder) => [order.id, order.placedAt.toISOString(), order.email]
  const table =
    rows === 'orders'
      ? orders.map((order) => [...at(order), (totalPennies(order) / 100).toFixed(2)])
      : orders.flatMap((order) =>
          order.lines.map(([quantity, price]) => [...at(order), String(quantity), (price / 100).toFixed(2)]),
        )
  return table
    .map((row, index) => ({ row, rank: seed[index] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row)
}

function toText(header: readonly string[], table: readonly string[][], format: string, lineEnd: string): string {
  if (format === 'jsonl') {
    return table
      .map((row) => JSON.stringify(Object.fromEntries(header.map((name, at) => [name, row[at]]))) + lineEnd)
      .join('')
  }
  const delimiter = format === 'tsv' ? '\t' : ','
  return [header, ...table]
    .map((row) => row.map((value) => quoteCell(value, delimiter)).join(delimiter) + lineEnd)
    .join('')
}

describe('a file', () => {
  test('gives back the orders that were written into it, in any format and order of rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        modelOrders,
        layout,
        pieceSizes,
        async (orders, { format, rows, gzip, bom, lineEnd, seed }, sizes) => {
          const header = rows === 'orders' ? ['Id', 'Date', 'Email', 'Total'] : ['Id', 'Date', 'Email', 'Qty', 'Price']
          const text = (bom ? '\ufeff' : '') + toText(header, toTable(orders, rows, seed), format, lineEnd)
          const amount = rows === 'orders' ? { total: 'Total' } : { quantity: 'Qty', unitPrice: 'Price' }
          const columns = { order: 'Id', placedAt: 'Date', email: 'Email', ...amount }
          const bytes = gzip ? gzipSync(text) : Buffer.from(text)
          const config = fileSourceConfig.parse(ordersConfig('-', { format, rows, columns }))
          const stdin = Readable.from(cut(bytes, sizes), { objectMode: false })
          const content = joinPages(await readAllPages(createFileSource('shop', config, { stdin })))
          const found = content.orders.map((order) => [
            order.externalId,
            order.customer?.email ?? '',
            order.placedAt.getTime(),
            order.totalMinor,
          ])
          const expected = orders.map((order) => [order.id, order.email, order.placedAt.getTime(), totalPennies(order)])
          expect(content.rejected).toEqual([])
          expect(found.sort()).toEqual(expected.sort())
        },
      ),
      { numRuns: 400 },
    )
  })

  test('gives the same orders and dead letters wherever a reading was interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 16_000 }),
        fc.integer({ min: 2, max: 50 }),
        fc.nat(),
        async (count, everyBad, stop) => {
          const rows = Array.from(
            { length: count },
            (_, at) => `${at},${at % everyBad === 0 ? 'never' : '2026-01-01'},,5`,
          )
          const source = createSource(ordersConfig(writeOrders('o.csv', `Id,Date,Email,Total\n${rows.join('\n')}\n`)))
          const whole = await readAllPages(source)
          const saved = whole.slice(0, stop % whole.length)
          const rest = await readAllPages(source, saved.at(-1)?.cursor ?? null)
          const ids = [...saved, ...rest].flatMap((page) => page.orders.map((order) => order.externalId))
          expect(ids).toEqual(joinPages(whole).orders.map((order) => order.externalId))
          expect(joinPages(rest).rejected).toEqual(joinPages(whole).rejected)
          expect(rest.at(-1)?.cursor).toEqual(whole.at(-1)?.cursor)
        },
      ),
      { numRuns: 25 },
    )
  })
})
