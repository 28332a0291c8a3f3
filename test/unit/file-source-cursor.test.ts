import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createSource, joinPages, linesConfig, ordersConfig, readAllPages, writeOrders } from '../support/order-file.ts'

const TEXT = 'Id,Date,Email,Total\n1,2026-01-01,ada@example.com,5\n2,2026-01-01,,6\nbad,,,\n'

function manyOrders(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => (at % 1000 === 7 ? 'bad,,,' : `${at},2026-01-01,,5`))
  return `Id,Date,Email,Total\n${rows.join('\n')}\n`
}

function touch(path: string): void {
  utimesSync(path, new Date(), new Date('2030-01-01T00:00:00Z'))
}

describe('reading a file again', () => {
  test('gives no page when nothing has changed', async () => {
    const source = createSource(ordersConfig(writeOrders('o.csv', TEXT)))
    const first = await readAllPages(source)
    expect(first.at(-1)).toMatchObject({ completesReread: true, cursor: { v: 1, complete: true, rowsDone: 3 } })
    expect(await readAllPages(source, first.at(-1)?.cursor)).toEqual([])
  })

  test('survives the cursor being kept as JSON', async () => {
    const source = createSource(ordersConfig(writeOrders('o.csv', TEXT)))
    const cursor = (await readAllPages(source)).at(-1)?.cursor
    expect(await readAllPages(source, JSON.parse(JSON.stringify(cursor)))).toEqual([])
  })

  test('gives no orders when the file was only touched, and remembers its new time', async () => {
    const path = writeOrders('o.csv', TEXT)
    const source = createSource(ordersConfig(path))
    const first = await readAllPages(source)
    touch(path)
    const second = await readAllPages(source, first.at(-1)?.cursor)
    expect(second).toMatchObject([{ orders: [], refunds: [], rejected: [], skipped: 0 }])
    expect(second[0]?.completesReread).toBeUndefined()
    expect(await readAllPages(source, second[0]?.cursor)).toEqual([])
  })

  test('gives everything when the file has grown', async () => {
    const path = writeOrders('o.csv', TEXT)
    const source = createSource(ordersConfig(path))
    const first = await readAllPages(source)
    appendFileSync(path, '3,2026-01-02,,7\n')
    const second = await readAllPages(source, first.at(-1)?.cursor)
    expect(joinPages(second).orders.map((order) => order.externalId)).toEqual(['1', '2', '3'])
    expect(second.at(-1)?.completesReread).toBe(true)
  })

  test('gives everything when the content has changed under the same size', async () => {
    const path = writeOrders('o.csv', TEXT)
    const source = createSource(ordersConfig(path))
    const first = await readAllPages(source)
    writeFileSync(path, readFileSync(path, 'utf8').replace(',6', ',7'))
    touch(path)
    const second = joinPages(await readAllPages(source, first.at(-1)?.cursor))
    expect(second.orders.map((order) => order.totalMinor)).toEqual([500, 700])
  })

  test('gives everything when the configuration has changed', async () => {
    const path = writeOrders('o.csv', TEXT)
    const first = await readAllPages(createSource(ordersConfig(path)))
    const changed = createSource(ordersConfig(path, { currency: 'EUR' }))
    const second = joinPages(await readAllPages(changed, first.at(-1)?.cursor))
    expect(second.orders.map((order) => order.currency)).toEqual(['EUR', 'EUR'])
  })

  test.each([[{}], [{ v: 2, complete: true }], [{ v: 1, size: 'x' }]])(
    'gives everything when the cursor is not understood: %j',
    async (cursor) => {
      const source = createSource(ordersConfig(writeOrders('o.csv', TEXT)))
      expect(joinPages(await readAllPages(source, cursor)).orders).toHaveLength(2)
    },
  )
})

describe('a reading that was interrupted', () => {
  test('is taken up behind the saved rows, and names every dead letter again', async () => {
    const source = createSource(ordersConfig(writeOrders('o.csv', manyOrders(12_000))))
    const whole = await readAllPages(source)
    const sizes = whole.map((page) => page.orders.length + page.rejected.length)
    expect(sizes.slice(0, 3)).toEqual([4000, 4000, 4000])
    const rest = await readAllPages(source, whole[0]?.cursor)
    expect(joinPages(rest).orders).toEqual(joinPages(whole.slice(1)).orders)
    expect(joinPages(rest).rejected).toEqual(joinPages(whole).rejected)
    expect(rest.at(-1)).toMatchObject({ completesReread: true, cursor: whole.at(-1)?.cursor ?? {} })
  })

  test('starts again when the file has changed since', async () => {
    const path = writeOrders('o.csv', manyOrders(6000))
    const source = createSource(ordersConfig(path))
    const [first] = await readAllPages(source)
    appendFileSync(path, '9999,2026-01-01,,5\n')
    expect(joinPages(await readAllPages(source, first?.cursor)).orders[0]?.externalId).toBe('0')
  })

  test('starts again when several rows make one order', async () => {
    const rows = Array.from({ length: 6000 }, (_, at) => `${at},2026-01-01,,1,5`)
    const path = writeOrders('l.csv', `Id,Date,Email,Qty,Price\n${rows.join('\n')}\n`)
    const source = createSource(linesConfig(path))
    const whole = await readAllPages(source)
    expect(whole).toHaveLength(2)
    expect(joinPages(await readAllPages(source, whole[0]?.cursor)).orders).toHaveLength(6000)
  })
})

describe('progress', () => {
  test('is told in bytes of the file as it is stored, and ends at its size', async () => {
    const path = writeOrders('o.csv.gz', manyOrders(12_000))
    const pages = await readAllPages(createSource(ordersConfig(path)))
    const size = readFileSync(path).length
    expect(pages.at(-1)?.progress).toEqual({ done: size, total: size, unit: 'bytes' })
  })

  test('shows even while every row is skipped', async () => {
    const text = `Id,Date,Email,Total\n${'1,2026-01-01,,5\n'.repeat(250_000)}`
    const config = ordersConfig(writeOrders('o.csv', text), { skip: [{ column: 'Total', eq: 5 }] })
    const pages = await readAllPages(createSource(config))
    expect(pages.map((page) => page.skipped)).toEqual([100_000, 100_000, 50_000])
  })
})
