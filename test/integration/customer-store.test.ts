import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RecordError } from '../../src/core/errors.ts'
import type { OrderCustomer } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createCustomerStore } from '../../src/store/customers/customer-store.ts'
import { createPendingErasureStore } from '../../src/store/customers/pending-erasures.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { NOTHING } from '../../src/store/profiles/profile-fingerprint.ts'
import { computeAll, computeStoreNumbers, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { loadAggregates, loadPeriods } from '../support/stored-ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

interface Bought {
  readonly id: string
  readonly customer: OrderCustomer | null
  readonly day?: string
  readonly source?: string
}

async function buy(account: LedgerAccount, ...bought: readonly Bought[]): Promise<void> {
  const store = createOrderStore(ledger.db, account)
  for (const { id, customer, day = '2026-03-01', source = 'web' } of bought) {
    const order = toOrder({ externalId: id, customer, placedAt: new Date(`${day}T12:00:00Z`) })
    await store.saveOrderPage(source, toPage([order]), new Date(0))
  }
}

const compute = (account: LedgerAccount) => computeAll(createAggregateStore(ledger.db, account), NOW)

/** Ids of orders by the address of their customer; '' without an address, null without a customer. */
async function ordersByCustomer({ accountId }: LedgerAccount): Promise<[string | null, string[]][]> {
  const { rows } = await ledger.db.query<{ email: string | null; ids: string[] }>(
    `select case when o.customer_id is not null then coalesce(c.email, '') end as email,
       array_agg(o.external_id order by o.external_id) as ids
     from orders o left join customers c using (account_id, customer_id)
     where o.account_id = $1 group by o.customer_id, c.email order by c.email`,
    [accountId],
  )
  return rows.map(({ email, ids }) => [email, ids])
}

describe('merging two customers of a shop', () => {
  it('makes one of them, with the address heard last', async () => {
    const account = await ledger.openAccount()
    await buy(
      account,
      { id: '1', customer: { email: 'new@shop.test', externalId: 'K' }, day: '2026-03-01' },
      { id: '2', customer: { email: 'old@shop.test', externalId: 'G' }, day: '2026-02-01' },
    )
    await compute(account)
    expect(await createCustomerStore(ledger.db, account).mergeShopCustomers('web', 'G', 'K')).toBe(true)
    await compute(account)
    expect(await ordersByCustomer(account)).toEqual([['new@shop.test', ['1', '2']]])
    expect(await loadAggregates(ledger.db, account)).toMatchObject({ 'new@shop.test': { orderCount: 2 } })
    const { rows } = await ledger.db.query('select desired from profile_states where account_id = $1 and email = $2', [
      account.accountId,
      'old@shop.test',
    ])
    expect(rows).toEqual([{ desired: NOTHING }])
  })

  it('tells the months of both anew', async () => {
    const account = await ledger.openAccount()
    await buy(
      account,
      { id: '1', customer: { email: 'a@shop.test', externalId: 'A' }, day: '2026-01-10' },
      { id: '2', customer: { email: 'b@shop.test', externalId: 'B' }, day: '2026-02-10' },
    )
    await compute(account)
    await createCustomerStore(ledger.db, account).mergeShopCustomers('web', 'A', 'B')
    await compute(account)
    await computeStoreNumbers(ledger.db, account)
    expect(await loadPeriods(ledger.db, account, 'period')).toMatchObject([
      { period: '2026-01-01', kind: 'new', orders: 1 },
      { period: '2026-02-01', kind: 'recurring', orders: 1 },
    ])
  })

  it('may be told twice', async () => {
    const account = await ledger.openAccount()
    const store = createCustomerStore(ledger.db, account)
    await buy(account, { id: '1', customer: { externalId: 'A' } }, { id: '2', customer: { externalId: 'B' } })
    expect([await store.mergeShopCustomers('web', 'A', 'B'), await store.mergeShopCustomers('web', 'A', 'B')]).toEqual([
      true,
      false,
    ])
    expect(await ordersByCustomer(account)).toEqual([['', ['1', '2']]])
  })

  it('keeps an address of the other when one has none', async () => {
    const account = await ledger.openAccount()
    await buy(
      account,
      { id: '1', customer: { externalId: 'A' } },
      { id: '2', customer: { email: 'b@shop.test', externalId: 'B' } },
    )
    await createCustomerStore(ledger.db, account).mergeShopCustomers('web', 'A', 'B')
    expect(await ordersByCustomer(account)).toEqual([['b@shop.test', ['1', '2']]])
  })

  it.each([
    ['kept', 'gone'],
    ['gone', 'kept'],
  ])('recognises later orders of the %s id when only the %s one was known', async (later, known) => {
    const account = await ledger.openAccount()
    await buy(account, { id: '1', customer: { email: 'a@shop.test', externalId: known } })
    expect(await createCustomerStore(ledger.db, account).mergeShopCustomers('web', 'kept', 'gone')).toBe(false)
    await buy(account, { id: '2', customer: { externalId: later } })
    expect(await ordersByCustomer(account)).toEqual([['a@shop.test', ['1', '2']]])
  })

  it('concerns that shop only', async () => {
    const account = await ledger.openAccount()
    await buy(account, { id: '1', customer: { externalId: 'A' } }, { id: '2', customer: { externalId: 'B' } })
    expect(await createCustomerStore(ledger.db, account).mergeShopCustomers('till', 'A', 'B')).toBe(false)
    expect(await ordersByCustomer(account)).toHaveLength(2)
  })

  it('leaves alone who was forgotten', async () => {
    const account = await ledger.openAccount()
    const store = createCustomerStore(ledger.db, account)
    await buy(account, { id: '1', customer: { externalId: 'A' } }, { id: '2', customer: { externalId: 'B' } })
    await store.erase({ source: 'web', externalId: 'B' })
    expect(await store.mergeShopCustomers('web', 'A', 'B')).toBe(false)
    await buy(account, { id: '3', customer: { externalId: 'B' } })
    expect(await ordersByCustomer(account)).toEqual([
      ['', ['1']],
      [null, ['2', '3']],
    ])
  })
})

describe('erasing', () => {
  it('knows a person by one address and forgets all of them, in every shop', async () => {
    const account = await ledger.openAccount()
    await buy(
      account,
      { id: '1', customer: { email: 'old@shop.test', externalId: 'A' } },
      { id: '2', customer: { email: 'new@shop.test', externalId: 'A' }, day: '2026-04-01' },
      { id: '3', customer: { email: 'new@shop.test', externalId: '9' }, source: 'till' },
      { id: '4', customer: { email: 'other@shop.test' } },
    )
    const receipt = await createCustomerStore(ledger.db, account).erase({ email: ' OLD@shop.test ' })
    expect(receipt).toMatchObject({ repeated: false, customers: 1, orders: 3, refunds: 0, identities: 4 })
    expect(await ordersByCustomer(account)).toEqual([
      ['other@shop.test', ['4']],
      [null, ['1', '2', '3']],
    ])
  })

  it.each<[string, OrderCustomer, string]>([
    ['its address', { email: 'Ann@shop.test' }, 'web'],
    ['its id and another address', { email: 'second@shop.test', externalId: 'A' }, 'web'],
    ['its address in another shop', { email: 'ann@shop.test', externalId: '77' }, 'till'],
  ])('leaves a later order with %s anonymous', async (_what, customer, source) => {
    const account = await ledger.openAccount()
    await buy(account, { id: '1', customer: { email: 'ann@shop.test', externalId: 'A' } })
    await createCustomerStore(ledger.db, account).erase({ email: 'ann@shop.test' })
    await buy(account, { id: '2', customer, source, day: '2026-05-01' })
    expect(await ordersByCustomer(account)).toEqual([[null, ['1', '2']]])
  })

  it('keeps a person out who was never heard of', async () => {
    const account = await ledger.openAccount()
    const receipt = await createCustomerStore(ledger.db, account).erase({ email: 'ann@shop.test' })
    expect(receipt).toMatchObject({ repeated: false, customers: 0, orders: 0, identities: 0 })
    await buy(account, { id: '1', customer: { email: 'ann@shop.test' } })
    expect(await ordersByCustomer(account)).toEqual([[null, ['1']]])
  })

  it('says when it had been done before, with the same tombstone', async () => {
    const account = await ledger.openAccount()
    const store = createCustomerStore(ledger.db, account)
    const first = await store.erase({ email: 'ann@shop.test' })
    const second = await store.erase({ email: 'Ann@Shop.test' })
    expect([first.repeated, second.repeated]).toEqual([false, true])
    expect(second.tombstone).toBe(first.tombstone)
    expect(second.erasedAt).toEqual(first.erasedAt)
  })

  it('tells the instant that is stored also where only a part of it had been asked for before', async () => {
    const account = await ledger.openAccount()
    const store = createCustomerStore(ledger.db, account)
    const address = await store.erase({ email: 'ann@shop.test' })
    const both = { email: 'ann@shop.test', source: 'web', externalId: 'A' }
    const first = await store.erase(both)
    const second = await store.erase(both)
    expect([first.repeated, second.repeated]).toEqual([false, true])
    expect(first.erasedAt.getTime()).toBeGreaterThan(address.erasedAt.getTime())
    expect(second.erasedAt).toEqual(first.erasedAt)
  })

  it('sets a tombstone that no other account shares', async () => {
    const [one, other] = [await ledger.openAccount(), await ledger.openAccount()]
    const tombstones = [one, other].map((account) =>
      createCustomerStore(ledger.db, account).erase({ email: 'ann@shop.test' }),
    )
    const [a, b] = await Promise.all(tombstones)
    expect(a?.tombstone).toMatch(/^[0-9a-f]{64}$/)
    expect(a?.tombstone).not.toBe(b?.tombstone)
  })

  it('concerns its account only', async () => {
    const [one, other] = [await ledger.openAccount(), await ledger.openAccount()]
    for (const account of [one, other]) await buy(account, { id: '1', customer: { email: 'ann@shop.test' } })
    await createCustomerStore(ledger.db, one).erase({ email: 'ann@shop.test' })
    expect(await ordersByCustomer(other)).toEqual([['ann@shop.test', ['1']]])
  })

  it.each([{}, { email: 'nobody' }, { externalId: 'A' }, { source: 'web', externalId: ' ' }])(
    'refuses %o, which names nobody',
    async (person) => {
      const account = await ledger.openAccount()
      await expect(createCustomerStore(ledger.db, account).erase(person)).rejects.toBeInstanceOf(RecordError)
    },
  )
})

describe('forgetting everybody of a shop', () => {
  it('leaves who bought elsewhere known from there, removes the others, and moves no total', async () => {
    const account = await ledger.openAccount()
    const store = createCustomerStore(ledger.db, account)
    await buy(
      account,
      { id: '1', customer: { email: 'both@shop.test', externalId: 'B' }, source: 'old' },
      { id: '2', customer: { email: 'both@shop.test' }, source: 'new' },
      { id: '3', customer: { email: 'gone@shop.test', externalId: 'G' }, source: 'old' },
    )
    await compute(account)
    expect(await store.eraseSource('old')).toMatchObject({
      customers: 2,
      removed: 1,
      orders: 2,
      refunds: 0,
      identities: 3,
      profiles: { clear: 1, delete: 0 },
    })
    await compute(account)
    expect(await ordersByCustomer(account)).toEqual([
      ['both@shop.test', ['2']],
      [null, ['1', '3']],
    ])
    expect(Object.keys(await loadAggregates(ledger.db, account))).toEqual(['both@shop.test'])
    const { rows } = await ledger.db.query('select identity from customer_identities where account_id = $1', [
      account.accountId,
    ])
    expect(rows).toEqual([{ identity: 'email:both@shop.test' }])
  })

  it('takes the address that only that shop told from who bought elsewhere, and clears its profile', async () => {
    const account = await ledger.openAccount()
    await buy(
      account,
      { id: '1', customer: { email: 'k@shop.test' }, source: 'keep', day: '2026-01-01' },
      { id: '2', customer: { email: 'k@shop.test', externalId: 'K' }, source: 'old', day: '2026-02-01' },
      { id: '3', customer: { email: 'only-old@shop.test', externalId: 'K' }, source: 'old', day: '2026-03-01' },
    )
    await compute(account)
    expect(Object.keys(await loadAggregates(ledger.db, account))).toEqual(['only-old@shop.test'])
    expect(await createCustomerStore(ledger.db, account).eraseSource('old')).toMatchObject({
      customers: 1,
      removed: 0,
      orders: 2,
      identities: 2,
      profiles: { clear: 1, delete: 0 },
    })
    await compute(account)
    expect(await ordersByCustomer(account)).toEqual([
      ['k@shop.test', ['1']],
      [null, ['2', '3']],
    ])
    const pending = createPendingErasureStore(ledger.db, account)
    expect(await pending.loadPendingErasures('', 10)).toEqual([{ email: 'only-old@shop.test', action: 'clear' }])
    const { rows } = await ledger.db.query(
      'select email, desired <> $2 as filled from profile_states where account_id = $1',
      [account.accountId, NOTHING],
    )
    expect(rows).toEqual([{ email: 'k@shop.test', filled: true }])
  })

  it('leaves whom another shop told of later, and takes it along when that is forgotten, too', async () => {
    const account = await ledger.openAccount()
    const store = createCustomerStore(ledger.db, account)
    await buy(
      account,
      { id: '1', customer: { email: 'a@shop.test', externalId: 'A' }, source: 'old' },
      { id: '2', customer: { email: 'b@shop.test', externalId: 'A' }, source: 'old' },
      { id: '3', customer: { email: 'b@shop.test' }, source: 'new' },
      { id: '4', customer: { email: 'a@shop.test', externalId: 'N' }, source: 'last' },
    )
    expect(await store.eraseSource('old')).toMatchObject({ customers: 1, removed: 0, identities: 1 })
    expect(await store.eraseSource('new')).toMatchObject({ customers: 1, removed: 0, identities: 1 })
    expect(await ordersByCustomer(account)).toEqual([
      ['a@shop.test', ['4']],
      [null, ['1', '2', '3']],
    ])
  })

  it('leaves nobody an address where only that shop told one', async () => {
    const account = await ledger.openAccount()
    await buy(
      account,
      { id: '1', customer: { email: 'a@shop.test', externalId: 'A' }, source: 'old' },
      { id: '2', customer: { externalId: 'N' }, source: 'new' },
      { id: '3', customer: { email: 'a@shop.test', externalId: 'N' }, source: 'new' },
    )
    // As in a ledger that is older than the memory of who told what.
    await ledger.db.query(`update customer_identities set told_by = '{}' where account_id = $1`, [account.accountId])
    await createCustomerStore(ledger.db, account).eraseSource('old')
    expect(await ordersByCustomer(account)).toEqual([
      ['', ['2', '3']],
      [null, ['1']],
    ])
    await buy(account, { id: '3', customer: { email: 'a@shop.test', externalId: 'N' }, source: 'new' })
    expect(await ordersByCustomer(account)).toEqual([
      ['a@shop.test', ['2', '3']],
      [null, ['1']],
    ])
  })

  it('keeps what the shop asks of a person until a person has seen to it', async () => {
    const account = await ledger.openAccount()
    const store = createCustomerStore(ledger.db, account)
    await buy(account, { id: '1', customer: { email: 'ann@shop.test' }, source: 'old' })
    await store.noteTask('old', { place: 'data request 1', what: 'customer 1 asks what is stored of them' })
    await store.noteTask('old', { place: 'data request 2', what: 'customer 2 asks what is stored of them' })
    const { rows } = await ledger.db.query<{ number: number }>(
      'select number from dead_letters where account_id = $1 order by number',
      [account.accountId],
    )
    const [first, second] = rows.map(({ number }) => number)
    await store.finishTask(first ?? 0)
    expect(await store.eraseSource('old')).toMatchObject({ tasks: 1 })
    expect(await store.finishTask(second ?? 0)).toBe(true)
  })

  it('lets people come back with the shop', async () => {
    const account = await ledger.openAccount()
    const order = { id: '1', customer: { email: 'back@shop.test', externalId: 'B' } }
    await buy(account, order)
    await compute(account)
    await createCustomerStore(ledger.db, account).eraseSource('web')
    await compute(account)
    await buy(account, { ...order, id: '2' })
    await compute(account)
    expect(await ordersByCustomer(account)).toEqual([
      ['back@shop.test', ['2']],
      [null, ['1']],
    ])
  })

  it('has the profiles of who bought nowhere else deleted where that is configured', async () => {
    const account = await ledger.openAccount()
    const { settings } = account
    const deleting = {
      ...account,
      settings: { ...settings, profiles: { ...settings.profiles, onErase: 'delete' } },
    } as const
    await buy(
      account,
      { id: '1', customer: { email: 'both@shop.test', externalId: 'B' }, source: 'old' },
      { id: '2', customer: { email: 'both@shop.test' }, source: 'new' },
      { id: '3', customer: { email: 'gone@shop.test', externalId: 'G' }, source: 'old' },
    )
    await compute(account)
    const receipt = await createCustomerStore(ledger.db, deleting).eraseSource('old')
    expect(receipt?.profiles).toEqual({ clear: 0, delete: 1 })
    await compute(account)
    const pending = createPendingErasureStore(ledger.db, account)
    expect(await pending.loadPendingErasures('', 10)).toEqual([{ email: 'gone@shop.test', action: 'delete' }])
  })

  it('has no profile deleted of somebody who buys elsewhere before that is done', async () => {
    const account = await ledger.openAccount()
    const { settings } = account
    const deleting = {
      ...account,
      settings: { ...settings, profiles: { ...settings.profiles, onErase: 'delete' } },
    } as const
    await buy(account, { id: '1', customer: { email: 'back@shop.test' }, source: 'old' })
    await compute(account)
    await createCustomerStore(ledger.db, deleting).eraseSource('old')
    await buy(account, { id: '1', customer: { email: 'back@shop.test' }, source: 'new' })
    await compute(account)
    expect(await createPendingErasureStore(ledger.db, account).loadPendingErasures('', 10)).toEqual([])
  })

  it('tells when there never was such a shop', async () => {
    const account = await ledger.openAccount()
    expect(await createCustomerStore(ledger.db, account).eraseSource('never')).toBeNull()
  })
})
