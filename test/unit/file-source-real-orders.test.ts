import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatMoney } from '../../src/core/money.ts'
import { createSource, joinPages, readAllPages } from '../support/order-file.ts'

const PATH = resolve(import.meta.dirname, '../../../shared/data/uci_online_retail.csv.gz')

describe('a real gift shop’s 541,909 lines', () => {
  test.skipIf(!existsSync(PATH))('give the orders and the revenue that are published for it', async () => {
    const config = {
      type: 'file',
      path: PATH,
      rows: 'lines',
      timezone: 'Europe/London',
      currency: 'GBP',
      columns: {
        order: 'InvoiceNo',
        placedAt: 'InvoiceDate',
        email: '{CustomerID}@example.com',
        quantity: 'Quantity',
        unitPrice: 'UnitPrice',
      },
      cancellations: { order: { startsWith: 'C' } },
      skip: [{ column: 'UnitPrice', lte: 0 }],
    }
    const content = joinPages(await readAllPages(createSource(config)))
    const identified = content.orders.filter((order) => order.customer !== null)
    const revenue = identified.reduce((sum, order) => sum + order.totalMinor, 0)
    expect(identified).toHaveLength(18_532)
    expect(new Set(identified.map((order) => order.customer?.email)).size).toBe(4338)
    expect(formatMoney(revenue, 'GBP')).toBe('£8,911,407.90')
    expect([content.orders.length, content.refunds.length, content.skipped]).toEqual([19_960, 3836, 2517])
    expect(content.rejected).toEqual([])
  })
})
