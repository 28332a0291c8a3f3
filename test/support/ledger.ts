import { computeStore } from '../../src/app/compute-store.ts'
import type { AccountSettings } from '../../src/core/account.ts'
import type { AggregateStore } from '../../src/core/customers/aggregate-store.ts'
import type { CustomerRefund, SourceOrder } from '../../src/core/orders/order.ts'
import type { ValuedOrder } from '../../src/core/orders/order-value.ts'
import type { OrderPage } from '../../src/core/orders/page.ts'
import { POLICIES } from '../../src/core/orders/policy.ts'
import { PROPERTY_NAMES } from '../../src/core/profiles/property-names.ts'
import { type LedgerAccount, openAccount } from '../../src/store/account.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createStoreNumbersStore } from '../../src/store/numbers/store-numbers.ts'
import { createTestDatabase } from './test-database.ts'

/** A ledger of one test file: accounts are cheap, so every run of a property takes a new one. */
export interface TestLedger {
  readonly url: string
  readonly db: Database
  openAccount(settings?: Partial<AccountSettings>): Promise<LedgerAccount>
  close(): Promise<void>
}

/** Call it in `beforeAll`, and `close` in `afterAll`. */
export async function openTestLedger(): Promise<TestLedger> {
  const database = await createTestDatabase()
  const db = openDatabase(database.url)
  let accounts = 0
  return {
    url: database.url,
    db,
    openAccount(settings = {}) {
      accounts += 1
      return openAccount(db, { ...SETTINGS, ...settings, key: `account-${accounts}` })
    },
    async close() {
      await db.close()
      await database.drop()
    },
  }
}

/** Settings of an account that nothing is special about. */
export const SETTINGS: AccountSettings = {
  key: 'main',
  currency: 'EUR',
  timezone: 'Europe/Rome',
  policy: POLICIES.net,
  rates: [],
  bands: { at: [50, 150], margin: null, minStayDays: null },
  profiles: { mode: 'create', prefix: '', properties: PROPERTY_NAMES, onErase: 'clear' },
  segments: [],
  campaigns: 'off',
  hasBandFamily: false,
  following: null,
  schedule: { sync: null },
}

/** An order of 10.00 EUR by nobody, unless said otherwise. */
export function toOrder(order: Partial<SourceOrder> & { externalId: string }): SourceOrder {
  const placedAt = order.placedAt ?? new Date('2026-03-01T12:00:00Z')
  return {
    placedAt,
    updatedAt: placedAt,
    currency: 'EUR',
    totalMinor: 1_000,
    state: 'placed',
    test: false,
    customer: null,
    refunds: [],
    ...order,
  }
}

/** A page that ends where it says. */
export function toPage(
  orders: readonly SourceOrder[],
  refunds: readonly CustomerRefund[] = [],
  cursor: OrderPage['cursor'] = { at: 'end' },
): OrderPage {
  return { orders, refunds, rejected: [], skipped: 0, cursor }
}

/** What `compute-aggregates` does, in steps of `limit` customers. */
export async function computeAll(aggregates: AggregateStore, now: Date, limit = 1_000): Promise<void> {
  await aggregates.markOutdated(now)
  while ((await aggregates.computeCustomers(now, limit)).taken > 0);
}

/** What `compute-store` does. */
export async function computeStoreNumbers(db: Database, account: LedgerAccount): Promise<void> {
  const { signal } = new AbortController()
  await computeStore({ storeNumbers: createStoreNumbersStore(db, account) }, { onProgress: () => undefined, signal })
}

/** What the oracle looks at. */
export function toValuedOrder(order: SourceOrder): ValuedOrder {
  return { ...order, refundedMinor: order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0) }
}
