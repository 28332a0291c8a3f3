import { appendFileSync, chmodSync, mkdirSync, readdirSync, readlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { AbortedError, ConfigError, RecordError } from '../../src/core/errors.ts'
import { createFileSource } from '../../src/sources/file/index.ts'
import { fileSourceConfig } from '../../src/sources/file/schema.ts'
import {
  createFolder,
  createSource,
  joinPages,
  linesConfig,
  ordersConfig,
  readAllPages,
  readContent,
  writeOrders,
} from '../support/order-file.ts'

const HEADER = 'Id,Date,Email,Total'
const ROW = ',2026-01-01,ada@example.com,5'

function ids(content: { orders: readonly { externalId: string }[] }): string[] {
  return content.orders.map((order) => order.externalId)
}

async function failureOf(
  config: Record<string, unknown>,
  kind: typeof ConfigError | typeof RecordError = RecordError,
): Promise<string> {
  const failure = await readAllPages(createSource(config)).catch((thrown: unknown) => thrown)
  expect(failure).toBeInstanceOf(kind)
  return failure instanceof kind ? failure.message : ''
}

function openDescriptors(path: string): number {
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  return targets.filter((target) => target === path).length
}

describe('a CSV', () => {
  test('may begin with a byte order mark and end its lines with CR LF', async () => {
    const content = await readContent('o.csv', `\ufeff${HEADER}\r\n1${ROW}\r\n2${ROW}\r\n`, ordersConfig)
    expect(ids(content)).toEqual(['1', '2'])
    expect(content.rejected).toEqual([])
  })

  test('may quote delimiters, quotes and line ends; a later line keeps its own number', async () => {
    const text = `${HEADER},Note\n"1"${ROW},"a, ""b""\r\nand c"\n2,never,,5,\n`
    const content = await readContent('o.csv', text, ordersConfig)
    expect(ids(content)).toEqual(['1'])
    expect(content.rejected.map(({ place, field }) => [place, field])).toEqual([['o.csv:4', 'Date']])
  })

  test.each([';', '\t', '|'])('may be separated by %j, which its header tells', async (delimiter) => {
    const text = `${HEADER}\n1,2026-01-01,,5\n`.replaceAll(',', delimiter)
    expect(ids(await readContent('o.csv', text, ordersConfig))).toEqual(['1'])
  })

  test('read with a wrong delimiter is refused, with the columns found and the likely delimiter', async () => {
    const path = writeOrders('o.csv', `${HEADER}\n1${ROW}\n`)
    const message = await failureOf(ordersConfig(path, { delimiter: ';' }))
    expect(message).toContain('o.csv has no columns "Id", "Date", "Email", "Total"')
    expect(message).toContain('Found: "Id,Date,Email,Total"')
    expect(message).toContain('separated by ",", not ";"')
  })

  test('without a column is refused before any row, naming what is missing and what is near', async () => {
    const path = writeOrders('o.csv', 'id,Date,E-mail,Total\n1,2026-01-01,,5\n')
    const message = await failureOf(ordersConfig(path))
    expect(message).toContain('has no columns "Id", "Email". ')
    expect(message).toMatch(/Found: "id", "Date", "E-mail", "Total"$/)
    expect(message).toContain('Did you mean "id" for "Id", "E-mail" for "Email"?')
  })

  test('without a header line is refused without showing its data', async () => {
    const message = await failureOf(ordersConfig(writeOrders('o.csv', '4711,2026-01-01,ada@example.com,5\n')))
    expect(message).not.toMatch(/ada|4711/)
  })

  test('with a wanted column twice is refused', async () => {
    const message = await failureOf(ordersConfig(writeOrders('o.csv', `${HEADER},Total\n1${ROW},6\n`)))
    expect(message).toContain('more than one column "Total"')
  })

  test('with lone carriage returns is refused and says so', async () => {
    const message = await failureOf(ordersConfig(writeOrders('o.csv', `${HEADER}\r1${ROW}\r`)))
    expect(message).toContain('lone carriage return')
  })

  test('in UTF-16 is refused and says so', async () => {
    const path = writeOrders('o.csv', Buffer.from(`\ufeff${HEADER}\n1${ROW}\n`, 'utf16le'))
    expect(await failureOf(ordersConfig(path))).toContain('expected UTF-8')
  })

  test.each([
    ['a quote that is never closed', '2,"2026-01-01,,5', 'a quote is opened in this line and never closed'],
    ['text behind a closing quote', '2,"2026-01-01"x,,5', 'expected a delimiter after a closing quote'],
    ['too few columns', '2,2026-01-01', 'expected 4 columns as in the header line, found 2'],
    ['too many columns', '2,2026-01-01,,5,00', 'expected 4 columns as in the header line, found 5'],
    ['a NUL byte', '2\0,2026-01-01,,5', 'expected text without NUL'],
    ['an id without end', `${'9'.repeat(501)},2026-01-01,,5`, 'expected at most 500 characters'],
    ['no order', ',2026-01-01,,5', 'expected a value, found none'],
    ['a date that does not exist', '2,2026-02-30,,5', 'no such date|calendar'],
    ['a number with grouping', '2,2026-01-01,,"1,234"', 'expected a decimal number'],
    ['a negative total', '2,2026-01-01,,-5', 'expected a total of zero or more'],
    ['an amount beyond reason', '2,2026-01-01,,99999999999999999999', 'too large'],
  ])('with %s loses that row and no other', async (_, row, reason) => {
    const content = await readContent('o.csv', `${HEADER}\n1${ROW}\n${row}\n3${ROW}\n4${ROW}\n`, ordersConfig)
    expect(ids(content)).toEqual(['1', '3', '4'])
    expect(content.rejected.map((one) => one.place)).toEqual(['o.csv:3'])
    expect(content.rejected[0]?.reason).toMatch(new RegExp(reason))
  })

  test('with a byte that is not UTF-8 loses that row, even where nobody reads the column', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER},Note\n1${ROW},é\n2${ROW},`),
      Buffer.from([0xe9]),
      Buffer.from(`\n3${ROW},\n`),
    ])
    const content = await readContent('o.csv', bytes, ordersConfig)
    expect(ids(content)).toEqual(['1', '3'])
    expect(content.rejected).toEqual([
      { place: 'o.csv:3', reason: 'expected UTF-8 text: save or convert the file as UTF-8' },
    ])
  })

  test('may hold blank lines and rows that end with empty columns', async () => {
    const content = await readContent('o.csv', `\n${HEADER}\n\n1${ROW},,\n,,,\n2${ROW}\n`, ordersConfig)
    expect(ids(content)).toEqual(['1', '2'])
    expect(content.rejected).toEqual([])
  })

  test('with a stray quote at its end loses only that row, however long the file goes on', async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => `${at}${ROW}`)
    const content = await readContent('o.csv', `${HEADER}\nx,"${ROW}\n${rows.join('\n')}\n`, ordersConfig)
    expect(content.orders).toHaveLength(60_000)
    expect(content.rejected.map((one) => one.place)).toEqual(['o.csv:2'])
  })

  test('with an order twice keeps the first and names the second', async () => {
    const content = await readContent('o.csv', `${HEADER}\n1${ROW}\n1,2026-01-01,,6\n`, ordersConfig)
    expect(content.orders.map((order) => order.totalMinor)).toEqual([500])
    expect(content.rejected[0]?.place).toBe('o.csv:3')
    expect(content.rejected[0]?.reason).toContain('rows: lines')
  })

  test('with a malformed address keeps the order without it, and says so', async () => {
    const content = await readContent('o.csv', `${HEADER}\n1,2026-01-01,ada example.com,5\n`, ordersConfig)
    expect(content.orders).toMatchObject([{ externalId: '1', totalMinor: 500, customer: null }])
    expect(content.rejected).toMatchObject([{ place: 'o.csv:2', field: 'Email' }])
    expect(content.rejected[0]?.reason).toContain('expected an e-mail address')
  })

  test('with a word for a state that nobody explained loses that row', async () => {
    const columns = { order: 'Id', placedAt: 'Date', total: 'Total', state: 'State' }
    const text = 'Id,Date,Total,State\n1,2026-01-01,5,Paid\n2,2026-01-01,5,odd\n3,2026-01-01,5,\n'
    const content = await readContent('o.csv', text, (path) =>
      ordersConfig(path, { columns, states: { paid: 'placed' } }),
    )
    expect(ids(content)).toEqual(['1', '3'])
    expect(content.rejected).toEqual([
      { place: 'o.csv:3', field: 'State', reason: 'expected a state named under `states`' },
    ])
  })

  test('a cancellation whose total is not negative is a dead letter', async () => {
    const config = (path: string) => ordersConfig(path, { cancellations: { order: { startsWith: 'C' } } })
    const content = await readContent('o.csv', `${HEADER}\nC1${ROW}\n`, config)
    expect(content.refunds).toEqual([])
    expect(content.rejected).toEqual([{ place: 'o.csv:2', reason: 'expected a cancellation to have a negative total' }])
  })
})

describe('a file', () => {
  test.each([
    ['o.csv', ''],
    ['o.csv', `${HEADER}\n`],
    ['o.jsonl', '\n\n'],
    ['o.csv.gz', ''],
  ])('%s that holds %j is an empty page and a dead letter', async (name, text) => {
    const pages = await readAllPages(createSource(ordersConfig(writeOrders(name, text))))
    expect(pages).toHaveLength(1)
    expect(pages[0]).toMatchObject({
      orders: [],
      rejected: [{ place: name, reason: 'the file is empty: expected at least one row' }],
      completesReread: true,
    })
  })

  test('that is not there, is a directory or may not be read says what to do', async () => {
    const folder = createFolder()
    expect(await failureOf(ordersConfig(join(folder, 'none.csv')), ConfigError)).toContain('there is no such file')
    mkdirSync(join(folder, 'sub.csv'))
    expect(await failureOf(ordersConfig(join(folder, 'sub.csv')), ConfigError)).toContain('is a directory')
  })

  test.skipIf(process.getuid?.() === 0)('that may not be read says so', async () => {
    const path = writeOrders('o.csv', HEADER)
    chmodSync(path, 0)
    expect(await failureOf(ordersConfig(path), ConfigError)).toContain('may not be read')
  })

  test('whose gzip data are cut off or damaged is refused', async () => {
    const whole = gzipSync(`${HEADER}\n${Array.from({ length: 20_000 }, (_, at) => `${at}${ROW}`).join('\n')}`)
    const cut = writeOrders('o.csv', whole.subarray(0, whole.length / 2))
    expect(await failureOf(ordersConfig(cut))).toContain('too early')
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, 100, 200)
    expect(await failureOf(ordersConfig(writeOrders('o.csv', damaged)))).toContain('damaged')
  })

  test('that becomes shorter while it is read is refused', async () => {
    const path = writeOrders(
      'o.csv',
      `${HEADER}\n${Array.from({ length: 40_000 }, (_, at) => `${at}${ROW}`).join('\n')}`,
    )
    const pages = createSource(ordersConfig(path)).readOrders(null, new AbortController().signal)
    const reading = (async () => {
      for await (const _page of pages) truncateSync(path, 10)
    })()
    await expect(reading).rejects.toThrow('became shorter')
  })

  test('that grows while it is read gives its last half line the next time', async () => {
    const path = writeOrders(
      'o.csv',
      `${HEADER}\n${Array.from({ length: 6000 }, (_, at) => `${at}${ROW}`).join('\n')}\n6000,2026-01-01,,1`,
    )
    const source = createSource(ordersConfig(path))
    const pages = []
    for await (const page of source.readOrders(null, new AbortController().signal)) {
      if (pages.length === 0) appendFileSync(path, '00.00\n')
      pages.push(page)
    }
    expect(joinPages(pages).orders).toHaveLength(6000)
    const again = joinPages(await readAllPages(source, pages.at(-1)?.cursor))
    expect(again.orders.find((order) => order.externalId === '6000')?.totalMinor).toBe(10_000)
  })

  test('a line without end costs one dead letter and no memory', async () => {
    const endless = Buffer.alloc(65_536, 'x')
    let before = 0
    let peak = 0
    async function* bytes(): AsyncGenerator<Buffer> {
      yield Buffer.from('{"Id":1,"Date":"2026-01-01","Total":5}\n')
      before = process.memoryUsage().rss
      for (let at = 0; at < 3200; at++) {
        yield endless
        if (at % 100 === 0) peak = Math.max(peak, process.memoryUsage().rss)
      }
      yield Buffer.from('\n{"Id":2,"Date":"2026-01-01","Total":5}\n')
    }
    const config = fileSourceConfig.parse(ordersConfig('-', { format: 'jsonl' }))
    const source = createFileSource('shop', config, { stdin: Readable.from(bytes(), { objectMode: false }) })
    const content = joinPages(await readAllPages(source))
    expect(ids(content)).toEqual(['1', '2'])
    expect(content.rejected).toEqual([{ place: 'stdin:2', reason: 'expected a line of at most 1 MB' }])
    // 200 MB went through.
    expect(peak - before).toBeLessThan(100_000_000)
  })

  test('is closed when the reader stops early', async () => {
    const text = `${HEADER}\n${Array.from({ length: 30_000 }, (_, at) => `${at}${ROW}`).join('\n')}`
    for (const path of [writeOrders('o.csv', text), writeOrders('o.csv.gz', text)]) {
      let during = 0
      for await (const _page of createSource(ordersConfig(path)).readOrders(null, new AbortController().signal)) {
        during = openDescriptors(path)
        break
      }
      expect([during, openDescriptors(path)]).toEqual([1, 0])
    }
  })

  test('standard input is let go when the reader stops early', async () => {
    const text = `${HEADER}\n${Array.from({ length: 30_000 }, (_, at) => `${at}${ROW}`).join('\n')}`
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const pieces = Array.from({ length: 100 }, (_, at) =>
        bytes.subarray((at * bytes.length) / 100, ((at + 1) * bytes.length) / 100),
      )
      const stdin = Readable.from(pieces, { objectMode: false })
      const config = fileSourceConfig.parse(ordersConfig('-', { format: 'csv' }))
      for await (const _page of createFileSource('shop', config, { stdin }).readOrders(
        null,
        new AbortController().signal,
      ))
        break
      expect(stdin.destroyed).toBe(true)
    }
  })

  test('is left when the signal fires between two pages', async () => {
    const path = writeOrders(
      'o.csv.gz',
      `${HEADER}\n${Array.from({ length: 30_000 }, (_, at) => `${at}${ROW}`).join('\n')}`,
    )
    const abort = new AbortController()
    const reading = (async () => {
      for await (const _page of createSource(ordersConfig(path)).readOrders(null, abort.signal)) abort.abort()
    })()
    await expect(reading).rejects.toBeInstanceOf(AbortedError)
    expect(openDescriptors(path)).toBe(0)
  })

  test('standard input that says nothing is left when the signal fires', async () => {
    const abort = new AbortController()
    const silent = new Readable({ read: () => queueMicrotask(() => abort.abort()) })
    const config = fileSourceConfig.parse(ordersConfig('-', { format: 'csv' }))
    const pages = createFileSource('shop', config, { stdin: silent }).readOrders(null, abort.signal)
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(AbortedError)
  })

  test('no dead letter holds a value of its row', async () => {
    const secret = 'secret'
    const lines = [
      `${secret}@,${secret},${secret},${secret}`,
      `1,2026-01-01,${secret}@,${secret}`,
      `1,2026-01-01,${secret}`,
    ]
    const text = `Id,Date,Email,Total\n${lines.join('\n')}\n`
    const path = join(createFolder(), 'o.csv')
    writeFileSync(path, text)
    const { rejected } = joinPages(await readAllPages(createSource(ordersConfig(path))))
    expect(rejected).toHaveLength(3)
    expect(JSON.stringify(rejected)).not.toContain(secret)
    const asLines = text.replace('Total', 'Qty').replace('Email', 'Email,Price')
    writeFileSync(path, asLines)
    const held = joinPages(await readAllPages(createSource(linesConfig(path)))).rejected
    expect(JSON.stringify(held)).not.toContain(secret)
  })
})
