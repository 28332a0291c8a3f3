import type { SourceOrder } from '../../core/orders/order.ts'
import { booleanArray, instantArray, numberArray, textArray } from '../arrays.ts'
import { refundsFingerprint } from './refunds.ts'

/** What orders say, besides whose they are: one array for each column, for the parameters $3 to $19 of INCOMING_SQL. */
export interface OrderContent {
  readonly ids: readonly string[]
  readonly values: readonly string[]
}

/** What orders say, in their order. */
export function toContent(orders: readonly SourceOrder[]): OrderContent {
  const ids = orders.map((o) => o.externalId)
  return {
    ids,
    values: [
      textArray(ids),
      instantArray(orders.map((o) => o.placedAt)),
      instantArray(orders.map((o) => o.updatedAt)),
      textArray(orders.map((o) => o.currency)),
      numberArray(orders.map((o) => o.totalMinor)),
      numberArray(orders.map((o) => o.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0))),
      textArray(orders.map((o) => refundsFingerprint(o.refunds))),
      numberArray(orders.map((o) => o.subtotalMinor)),
      numberArray(orders.map((o) => o.discountMinor)),
      numberArray(orders.map((o) => o.taxMinor)),
      numberArray(orders.map((o) => o.shippingMinor)),
      numberArray(orders.map((o) => o.tipMinor)),
      numberArray(orders.map((o) => o.dutiesMinor)),
      numberArray(orders.map((o) => o.giftCardMinor)),
      textArray(orders.map((o) => o.state)),
      booleanArray(orders.map((o) => o.test)),
      textArray(orders.map((o) => o.channel)),
    ],
  }
}

/** Columns of `orders` that say what an order is, its key apart. */
export const COLUMNS = [
  'customer_id',
  'placed_at',
  'updated_at',
  'currency',
  'total_minor',
  'refunded_minor',
  'refunds_fingerprint',
  'subtotal_minor',
  'discount_minor',
  'tax_minor',
  'shipping_minor',
  'tip_minor',
  'duties_minor',
  'gift_card_minor',
  'state',
  'test',
  'addressed',
  'channel',
]

/**
 * The rows of a page: $1 account, $2 source, $3 to $19 its content, $20 customers, $21 whether they were addressed. In the
 * select list, twenty arrays are unnested in half the time they take in the `from` list.
 */
export const INCOMING_SQL = `
  select $1::integer as account_id, $2::integer as source_id, external_id, customer_id,
    to_timestamp(placed_ms / 1000.0) as placed_at, to_timestamp(updated_ms / 1000.0) as updated_at, currency,
    total_minor, refunded_minor, refunds_fingerprint, subtotal_minor, discount_minor, tax_minor, shipping_minor,
    tip_minor, duties_minor, gift_card_minor, state, test, addressed, channel
  from (
    select unnest($3::text[]) as external_id, unnest($4::float8[]) as placed_ms, unnest($5::float8[]) as updated_ms,
      unnest($6::text[]) as currency, unnest($7::bigint[]) as total_minor, unnest($8::bigint[]) as refunded_minor,
      unnest($9::uuid[]) as refunds_fingerprint, unnest($10::bigint[]) as subtotal_minor,
      unnest($11::bigint[]) as discount_minor, unnest($12::bigint[]) as tax_minor,
      unnest($13::bigint[]) as shipping_minor, unnest($14::bigint[]) as tip_minor,
      unnest($15::bigint[]) as duties_minor, unnest($16::bigint[]) as gift_card_minor, unnest($17::text[]) as state,
      unnest($18::boolean[]) as test, unnest($19::text[]) as channel, unnest($20::bigint[]) as customer_id,
      unnest($21::boolean[]) as addressed
  ) page`
