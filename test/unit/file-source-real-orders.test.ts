import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatMoney } from '../../src/core/money.ts'
import { createSource, joinPages, readAllPages } from '../support/order-file.ts'
import { REAL_SHOP_PATH, REAL_SHOP_SOURCE } from '../support/real-shop.ts'

describe('a real gift shop’s 541,909 lines', () => {
  test.skipIf(!existsSync(REAL_SHOP_PATH))('give the orders and the revenue that are published for it', async () => {
    const content = joinPages(await readAllPages(createSource(REAL_SHOP_SOURCE)))
    const identified = content.orders.filter((order) => order.customer !== null)
    const revenue = identified.reduce((sum, order) => sum + order.totalMinor, 0)
    expect(identified).toHaveLength(18_532)
    expect(new Set(identified.map((order) => order.customer?.email)).size).toBe(4338)
    expect(formatMoney(revenue, 'GBP')).toBe('£8,911,407.90')
    expect([content.orders.length, content.refunds.length, content.skipped]).toEqual([19_960, 3836, 2517])
    expect(content.rejected).toEqual([])
  })
})
