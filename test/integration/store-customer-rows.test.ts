import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AbortedError } from '../../src/core/errors.ts'
import { readCustomerLines } from '../../src/store/customers/customer-lines.ts'
import { oneOrderEach, openRig, type Rig } from '../support/account-rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

describe('reading all customers', () => {
  it('gives each once, by address, over several pages', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(5_001))
    const emails: string[] = []
    for await (const rows of readCustomerLines(rig.ledger, shop.services.ledgerAccount, new AbortController().signal)) {
      emails.push(...rows.map(({ email }) => email))
    }
    expect(new Set(emails).size).toBe(5_001)
    expect(emails).toHaveLength(5_001)
  })

  it('does not end as if whole when it is stopped between two pages', async () => {
    const shop = await rig.openShop()
    await shop.sell(oneOrderEach(5_001))
    const stop = new AbortController()
    const pages = readCustomerLines(rig.ledger, shop.services.ledgerAccount, stop.signal)
    expect((await pages.next()).done).toBe(false)
    stop.abort()
    await expect(pages.next()).rejects.toThrow(AbortedError)
  })
})
