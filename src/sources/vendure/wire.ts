import { z } from 'zod'

const id = z.union([z.string().min(1), z.int()]).transform(String)
const isoText = z.iso.datetime({ offset: true })
const instant = isoText.transform((text) => new Date(text))
/** Whole units of the server's money strategy. */
const money = z.int()

/** What of an order every list needs; without it a page cannot be read at all. */
export const orderRow = z.looseObject({ id, updatedAt: isoText, orderPlacedAt: isoText.nullable() })

/** An order of a list; what else it holds is checked when it is mapped. */
export type OrderRow = z.infer<typeof orderRow>

/** An order of a list of no more than ids. */
export const placedRow = z.object({ id, orderPlacedAt: isoText })

/** A page of a list. */
export const listOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ orders: z.object({ totalItems: z.int().min(0), items: z.array(row) }) })

const refund = z.object({ id, state: z.string(), total: money, createdAt: instant, updatedAt: instant })

/** Money given back; it hangs under the payment it came from. */
export type WireRefund = z.infer<typeof refund>

const payment = z.object({ state: z.string(), amount: money, updatedAt: instant, refunds: z.array(refund) })

const line = z.object({
  quantity: z.int().min(0),
  orderPlacedQuantity: z.int().min(0),
  unitPrice: money,
  unitPriceWithTax: money,
  linePrice: money,
  linePriceWithTax: money,
  proratedLinePrice: money,
})

const address = z.object({ countryCode: z.string().nullish() }).nullish()

/** The fields of an order that are asked for and needed. `…WithTax` is gross, the others of money are net. */
export const orderFields = z.object({
  id,
  type: z.enum(['Regular', 'Seller', 'Aggregate']),
  state: z.string(),
  createdAt: instant,
  updatedAt: instant,
  orderPlacedAt: instant.nullable(),
  currencyCode: z.string(),
  subTotal: money,
  shipping: money,
  shippingWithTax: money,
  total: money.min(0),
  totalWithTax: money.min(0),
  customer: z
    .object({ id, emailAddress: z.string(), phoneNumber: z.string().nullish(), user: z.object({ id }).nullable() })
    .nullable(),
  billingAddress: address,
  shippingAddress: address,
  channels: z.array(z.object({ code: z.string() })),
  discounts: z.array(z.object({ adjustmentSource: z.string(), amount: money, amountWithTax: money })),
  payments: z
    .array(payment)
    .nullable()
    .transform((payments) => payments ?? []),
  lines: z.array(line),
})

/** A checked order. */
export type OrderFields = z.infer<typeof orderFields>

/** What the server says about itself. */
export const serverFields = z.object({
  globalSettings: z.object({
    serverConfig: z.object({
      moneyStrategyPrecision: z.int().min(0).max(8),
      orderProcess: z.array(z.object({ name: z.string() })),
    }),
  }),
  activeChannel: z.object({ code: z.string(), defaultCurrencyCode: z.string() }),
})

/** How many orders there are, of all kinds and of sellers. */
export const countFields = z.object({
  orders: z.object({ totalItems: z.int() }),
  sellers: z.object({ totalItems: z.int() }),
})
