import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerRefund, OrderCustomer, SourceOrder } from '../../src/core/orders/order.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createCustomerStore } from '../../src/store/customers/customer-store.ts'
import { identityKeys } from '../../src/store/customers/identity-keys.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { NOTHING } from '../../src/store/profiles/profile-fingerprint.ts'
import { computeAll, openTestLedger, type TestLedger, toPage } from '../support/ledger.ts'
import { anyRecords, NOW } from '../support/ledger-arbitraries.ts'

interface Records {
  readonly orders: readonly SourceOrder[]
  readonly refunds: readonly CustomerRefund[]
}

const anyone: fc.Arbitrary<OrderCustomer> = fc
  .record(
    {
      email: fc.constantFrom('ann@shop.test', 'bea@shop.test', 'cem@shop.test', 'dan@shop.test'),
      externalId: fc.constantFrom('1', '2', '3'),
      phone: fc.constantFrom('+39 333 123 4567', '+39 333 765 4321'),
    },
    { requiredKeys: [] },
  )
  .map((customer) => ({ country: 'IT', ...customer }))

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

async function deliver(account: LedgerAccount, source: string, { orders, refunds }: Records): Promise<void> {
  const store = createOrderStore(ledger.db, account)
  for (let from = 0; from < Math.max(orders.length, refunds.length); from += 3) {
    const page = toPage(orders.slice(from, from + 3), refunds.slice(from, from + 3))
    await store.saveOrderPage(source, page, new Date(0))
  }
}

/** Addresses and phone numbers that records told. */
function toldBy({ orders, refunds }: Records): string[] {
  const keys = [...orders, ...refunds].flatMap(({ customer }) => identityKeys(customer, 0))
  return [...new Set(keys)].filter((key) => !key.startsWith('shop:')).sort()
}

async function identitiesOf({ accountId }: LedgerAccount): Promise<string[]> {
  const { rows } = await ledger.db.query<{ identity: string }>(
    `select identity from customer_identities where account_id = $1 and not starts_with(identity, 'shop:')`,
    [accountId],
  )
  return rows.map(({ identity }) => identity).sort()
}

/** Addresses under which customers are told, and those whose profiles are filled. */
async function addressesOf({ accountId }: LedgerAccount): Promise<string[]> {
  const { rows } = await ledger.db.query<{ email: string }>(
    `select email from customers where account_id = $1 and email is not null
     union select email from profile_states where account_id = $1 and desired <> $2`,
    [accountId, NOTHING],
  )
  return rows.map(({ email }) => `email:${email}`)
}

describe('forgetting a shop', () => {
  test('leaves exactly the addresses and phone numbers that the other shops told', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecords(anyone),
        anyRecords(anyone),
        fc.record({ keptFirst: fc.boolean(), computed: fc.boolean() }),
        async (kept, old, { keptFirst, computed }) => {
          const account = await ledger.openAccount()
          const aggregates = createAggregateStore(ledger.db, account)
          if (keptFirst) await deliver(account, 'kept', kept)
          await deliver(account, 'old', old)
          if (!keptFirst) await deliver(account, 'kept', kept)
          if (computed) await computeAll(aggregates, NOW)
          await createCustomerStore(ledger.db, account).eraseSource('old')
          await computeAll(aggregates, NOW)
          const told = toldBy(kept)
          expect(await identitiesOf(account)).toEqual(told)
          expect(told).toEqual(expect.arrayContaining(await addressesOf(account)))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('leaves an address to everybody of whom another shop told one', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords(anyone), anyRecords(anyone), async (kept, old) => {
        const account = await ledger.openAccount()
        await deliver(account, 'old', old)
        await deliver(account, 'kept', kept)
        await createCustomerStore(ledger.db, account).eraseSource('old')
        const { rows } = await ledger.db.query(
          `select from customers c where account_id = $1 and (email is null) = exists (
             select from customer_identities i
             where i.account_id = $1 and i.customer_id = c.customer_id and starts_with(i.identity, 'email:'))`,
          [account.accountId],
        )
        expect(rows).toHaveLength(0)
      }),
      { numRuns: 40 },
    )
  })
})
