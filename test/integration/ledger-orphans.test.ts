import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { toOrder } from '../support/ledger.ts'
import { readWholeLedger } from '../support/whole-ledger.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const EMAIL = 'ann@example.com'
const order = (day: string, email: string | null) =>
  toOrder({
    externalId: '1',
    updatedAt: new Date(`${day}T12:00:00Z`),
    customer: email === null ? null : { email, externalId: 'A-77' },
  })

async function customersOf({ services }: Shop): Promise<(string | null)[]> {
  const { rows } = await rig.ledger.query<{ email: string | null }>(
    'select email from customers where account_id = $1 order by email',
    [services.ledgerAccount.accountId],
  )
  return rows.map(({ email }) => email)
}

describe('a customer whose orders the shop has made anonymous', () => {
  it('is gone from the ledger once the profile is cleared', async () => {
    const shop = await rig.openShop()
    await shop.sell([order('2026-03-01', EMAIL)])
    await shop.push()
    await shop.sell([order('2026-04-01', null)])
    expect(await customersOf(shop)).toEqual([])
    expect(await shop.push()).toMatchObject({ erased: 1 })
    expect(shop.klaviyo.state.propertiesOf(EMAIL)).toEqual({})
    expect(await readWholeLedger(rig.ledger)).not.toMatch(/ann@|A-77/)
  })

  it('is a customer again with the next order', async () => {
    const shop = await rig.openShop()
    await shop.sell([order('2026-03-01', EMAIL)])
    await shop.push()
    await shop.sell([order('2026-04-01', null)])
    await shop.sell([toOrder({ externalId: '2', customer: { email: EMAIL } })])
    expect(await shop.push()).toMatchObject({ confirmed: 1 })
    expect(shop.klaviyo.state.propertiesOf(EMAIL)).toMatchObject({ order_count: 1 })
  })

  it('stays while another order of theirs stays, even one that does not count', async () => {
    const shop = await rig.openShop()
    await shop.sell([
      order('2026-03-01', EMAIL),
      toOrder({ externalId: '2', state: 'deleted', customer: { email: EMAIL } }),
    ])
    await shop.sell([order('2026-04-01', null)])
    expect(await customersOf(shop)).toEqual([EMAIL])
  })
})
