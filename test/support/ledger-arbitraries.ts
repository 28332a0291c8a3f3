import fc from 'fast-check'
import type { ExchangeRate } from '../../src/core/account.ts'
import { WINDOW_MS } from '../../src/core/customers/aggregates.ts'
import type {
  CustomerRefund,
  OrderCustomer,
  OrderRefund,
  OrderState,
  SourceOrder,
} from '../../src/core/orders/order.ts'
import type { AovPolicy } from '../../src/core/orders/policy.ts'

/** The instant around which borders of the twelve months' window are sought. */
export const NOW = new Date('2026-06-15T10:30:00.123Z')

const inclusion = fc.constantFrom('include', 'exclude')
const counting = fc.constantFrom('count', 'exclude')

/** Any policy, component by component. */
export const anyPolicy: fc.Arbitrary<AovPolicy> = fc.record({
  name: fc.constant('any'),
  tax: inclusion,
  shipping: inclusion,
  tips: inclusion,
  duties: inclusion,
  giftCards: inclusion,
  refunds: fc.constantFrom('deduct', 'ignore'),
  zeroValueOrders: counting,
  cancelled: counting,
  pending: counting,
})

/** Currencies of three exponents; no rate is ever made for USD. */
export const anyCurrency = fc.constantFrom('EUR', 'GBP', 'JPY', 'KWD')
const orderCurrency = fc.constantFrom('EUR', 'EUR', 'GBP', 'JPY', 'KWD', 'USD')

const rate = fc.record({
  currency: fc.constantFrom('EUR', 'GBP', 'JPY', 'KWD'),
  validFrom: fc.constantFrom('2024-01-01', '2025-06-15', '2026-03-29', '2026-06-15'),
  rate: fc.oneof(
    fc.record({ units: fc.bigInt({ min: 1n, max: 99_999n }), scale: fc.integer({ min: 0, max: 6 }) }),
    fc.constantFrom({ units: 5n, scale: 1 }, { units: 1n, scale: 0 }, { units: 85_512n, scale: 5 }),
  ),
})

/** Rates into `currency`, at most one per currency and date, as the configuration ensures. */
export function anyRates(currency: string): fc.Arbitrary<ExchangeRate[]> {
  return fc
    .uniqueArray(rate, { maxLength: 8, selector: (one) => `${one.currency} ${one.validFrom}` })
    .map((rates) => rates.filter((one) => one.currency !== currency))
}

/** Instants that tie, lie on the window's border at NOW, on a rate's first day, or anywhere in three years. */
export const anyInstant: fc.Arbitrary<Date> = fc.oneof(
  fc.integer({ min: -1, max: 1 }).map((ms) => new Date(NOW.getTime() - WINDOW_MS + ms)),
  fc.integer({ min: -1, max: 1 }).map((ms) => new Date(NOW.getTime() + ms)),
  fc.constantFrom('2026-03-28T23:00:00Z', '2025-06-14T22:00:00Z', '2026-03-01T12:00:00Z').map((text) => new Date(text)),
  fc
    .date({ min: new Date('2023-12-20T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => new Date(date)),
)

const minor = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2_000_000 }), fc.constant(0))
const component = fc.option(minor, { nil: undefined })

const state: fc.Arbitrary<OrderState> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('placed' as const) },
  { weight: 1, arbitrary: fc.constantFrom('pending', 'cancelled', 'failed', 'draft', 'deleted') },
)

const refunds: fc.Arbitrary<OrderRefund[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<OrderRefund[]>([]) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.record({ refundedAt: anyInstant, amountMinor: minor }), { maxLength: 3 })
      .map((list) => list.map((one, index) => ({ ...one, externalId: `r${index}` }))),
  },
)

/** An order in all its parts except who bought it and its id. */
const anyOrderContent: fc.Arbitrary<Omit<SourceOrder, 'externalId' | 'customer'>> = fc
  .record({
    placedAt: anyInstant,
    updatedAt: anyInstant,
    currency: orderCurrency,
    totalMinor: minor,
    state,
    test: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
    refunds,
    components: fc.record({
      subtotalMinor: component,
      discountMinor: component,
      taxMinor: component,
      shippingMinor: component,
      tipMinor: component,
      dutiesMinor: component,
      giftCardMinor: component,
    }),
    refundedInFull: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
  })
  .map(({ components, refundedInFull, ...order }) => ({
    ...order,
    ...Object.fromEntries(Object.entries(components).filter(([, value]) => value !== undefined)),
    refunds: refundedInFull
      ? [{ externalId: 'all', refundedAt: order.placedAt, amountMinor: order.totalMinor }]
      : order.refunds,
  }))

/** Refunds that name no order, without their ids. */
const anyRefundContent: fc.Arbitrary<Omit<CustomerRefund, 'externalId' | 'customer'>> = fc.record({
  refundedAt: anyInstant,
  updatedAt: anyInstant,
  currency: orderCurrency,
  amountMinor: minor,
})

/** Orders and refunds of a few customers, ids given. */
export function anyRecords(
  customer: fc.Arbitrary<OrderCustomer | null>,
): fc.Arbitrary<{ orders: SourceOrder[]; refunds: CustomerRefund[] }> {
  const order = fc.tuple(anyOrderContent, customer).map(([content, who]) => ({ ...content, customer: who }))
  const refund = fc.tuple(anyRefundContent, customer).map(([content, who]) => ({ ...content, customer: who }))
  return fc
    .record({ orders: fc.array(order, { maxLength: 14 }), refunds: fc.array(refund, { maxLength: 3 }) })
    .map((all) => ({
      orders: all.orders.map((one, index) => ({ ...one, externalId: `o${index}` })),
      refunds: all.refunds.map((one, index) => ({ ...one, externalId: `c${index}` })),
    }))
}
