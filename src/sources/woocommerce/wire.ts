import { z } from 'zod'

/** Text in the API; some plugins make it a number. */
const amount = z.union([z.string(), z.number().transform(String)])
const id = z.int().positive()
/** The API's instants are UTC without saying so, and whole seconds. */
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/, 'expected an instant such as 2026-11-21T10:00:00')

/** What is read of an order; asked for by these names. Every amount but `total` is without tax. */
export const wireOrder = z.object({
  id,
  status: z.string().min(1),
  currency: z.string(),
  date_created_gmt: instant,
  /** Null for an order that never changed, in old shops. */
  date_modified_gmt: instant.nullable(),
  total: amount,
  total_tax: amount,
  shipping_total: amount,
  discount_total: amount,
  /** 0: a guest. */
  customer_id: z.int().min(0),
  created_via: z.string().nullish(),
  billing: z.object({ email: z.string().nullish(), phone: z.string().nullish(), country: z.string().nullish() }),
  /** `subtotal` is before discounts. */
  line_items: z.array(z.object({ subtotal: amount })),
  fee_lines: z.array(z.object({ total: amount })),
  /** Only ids: neither the refunds' instants nor amounts in the order's own decimals are here. */
  refunds: z.array(z.object({ id })),
})

/** An order as the API gives it. */
export type WireOrder = z.infer<typeof wireOrder>

/** The values of `_fields` for orders: what else there is stays in the shop. */
export const ORDER_FIELDS = [...Object.keys(wireOrder.shape), 'date_created', 'date_modified'].join(',')

/** A refund, from `/refunds` or `/orders/{id}/refunds`; only the former names its order. */
export const wireRefund = z.object({
  id,
  parent_id: id.optional(),
  date_created_gmt: instant,
  /** Positive, unlike the same refund's `total` within its order. */
  amount,
})

/** A refund as the API gives it. */
export type WireRefund = z.infer<typeof wireRefund>

/** The body of an error of WordPress. */
export const wireError = z.object({ code: z.string() })

/** What a list's record needs to have a place in it. */
export const wireListed = z.object({ id, parent_id: id.optional().catch(undefined) })

const day = z.string().catch('')

/** The instants of a list's record, in UTC and in the shop's wall-clock time; '' where there is none. */
export const wireInstants = z.object({
  date_created: day,
  date_created_gmt: day,
  date_modified: day,
  date_modified_gmt: day,
})
