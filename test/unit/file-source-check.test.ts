import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { createFolder, createSource, linesConfig, ordersConfig, writeOrders } from '../support/order-file.ts'

function check(config: Record<string, unknown>): Promise<readonly Finding[]> {
  return createSource(config).check(new AbortController().signal)
}

describe('checking a file', () => {
  test('tells what its first rows give', async () => {
    const path = writeOrders('o.csv.gz', 'Id,Date,Email,Total\n1,2026-01-01,ada@example.com,5\n2,2026-01-01,,6\n')
    const findings = await check(ordersConfig(path))
    expect(findings).toMatchObject([{ level: 'ok', subject: 'source shop' }])
    expect(findings[0]?.message).toContain('first 2 rows give 2 orders (1 without an e-mail address)')
    expect(findings[0]?.message).toContain('currency GBP; instants without an offset are in Europe/London')
  })

  test('counts orders with a refund of their own', async () => {
    const rows = '1,2026-01-01,,5,2\n2,2026-01-01,,6,\n3,2026-01-01,,7,7\n'
    const config = ordersConfig(writeOrders('o.csv', `Id,Date,Email,Total,Back\n${rows}`))
    const columns = { ...(config['columns'] as object), refunded: 'Back' }
    expect((await check({ ...config, columns }))[0]?.message).toContain(
      '3 orders (3 without an e-mail address), 2 orders with a refund, 0 skipped rows',
    )
  })

  test('tells why rows would become dead letters', async () => {
    const rows = Array.from({ length: 150 }, (_, at) => `${at},${at < 3 ? 'yesterday' : '2026-01-01'},,5`)
    const findings = await check(ordersConfig(writeOrders('o.csv', `Id,Date,Email,Total\n${rows.join('\n')}`)))
    expect(findings.map((finding) => finding.level)).toEqual(['ok', 'warning'])
    expect(findings[0]?.message).toContain('first 100 rows give 97 orders')
    expect(findings[1]?.message).toContain('3 × Date: expected a date such as')
    expect(findings[1]?.message).toContain('(o.csv:2)')
  })

  test('warns when no order comes of its rows', async () => {
    const path = writeOrders('l.csv', 'Id,Date,Email,Qty,Price\n1,2026-01-01,,-1,5\n')
    const findings = await check(linesConfig(path, { skip: [{ column: 'Qty', lte: 0 }] }))
    expect(findings[0]).toMatchObject({ level: 'warning', action: expect.stringContaining('Look at `skip`:') })
  })

  test('finds a problem in rows of which none can be read, and says why', async () => {
    const rows = ['1,2026-01-01,,five', '2,2026-01-01,,5 apples', '3,yesterday,,5']
    const findings = await check(ordersConfig(writeOrders('o.csv', `Id,Date,Email,Total\n${rows.join('\n')}`)))
    expect(findings).toMatchObject([
      { level: 'problem', message: expect.stringMatching(/2 × Total: .*\(o\.csv:2\) · 1 × Date: .*\(o\.csv:4\)/) },
    ])
    expect(findings[0]?.code).toBeUndefined()
  })

  test('says that there are more reasons than it shows', async () => {
    const rows = Array.from({ length: 7 }, (_, at) => `${at},2026-01-01,,5${',x'.repeat(at + 1)}`)
    const [finding] = await check(ordersConfig(writeOrders('o.csv', `Id,Date,Email,Total\n${rows.join('\n')}`)))
    expect(finding?.message).toMatch(/· and 2 other reasons$/)
  })

  test('warns of orders in the future', async () => {
    const findings = await check(ordersConfig(writeOrders('o.csv', 'Id,Date,Email,Total\n1,2999-01-01,,5\n')))
    expect(findings[1]).toMatchObject({ level: 'warning', message: '1 of these orders is placed in the future' })
  })

  test('warns of a key that no JSON line has', async () => {
    const columns = { order: 'id', placedAt: 'at', email: 'e_mail', total: 'total' }
    const path = writeOrders('o.jsonl', '{"id":1,"at":"2026-01-01","email":"ada@example.com","total":5}\n')
    const findings = await check(ordersConfig(path, { columns }))
    expect(findings[1]).toMatchObject({ level: 'warning', message: 'none of its first rows has "e_mail"' })
  })

  test('warns of an empty file', async () => {
    const findings = await check(ordersConfig(writeOrders('o.csv', 'Id,Date,Email,Total\n')))
    expect(findings).toMatchObject([{ level: 'warning', message: 'o.csv has no rows' }])
  })

  test.each([
    ['is not there', 'none.csv', null, 'there is no such file: correct', 'E_CONFIG'],
    ['lacks a column', 'o.csv', 'Id,Date,Email\n1,2026-01-01,\n', 'has no column "Total"', 'E_RECORD'],
  ])('finds the problem that a pull would fail with when it %s', async (_, name, text, message, code) => {
    const path = text === null ? `${createFolder()}/${name}` : writeOrders(name, text)
    const findings = await check(ordersConfig(path))
    expect(findings).toMatchObject([{ level: 'problem', code, message: expect.stringContaining(message) }])
  })

  test.each(['-', '/dev/zero'])('leaves %s alone, which can be read only once', async (path) => {
    expect(await check(ordersConfig(path, { format: 'csv' }))).toMatchObject([{ level: 'note' }])
  })
})
