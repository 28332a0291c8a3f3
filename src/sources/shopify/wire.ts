import { z } from 'zod'

/** An amount in the shop's currency, as a decimal text: `"1000.0"` also in yen. */
const bag = z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })

/** A `MoneyBag` of the answer. */
export type WireBag = z.infer<typeof bag>

/** A transaction of an order; money went back where its kind is REFUND and its status SUCCESS. */
export const wireTransaction = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  createdAt: z.string(),
  processedAt: z.string().nullable(),
  amountSet: bag,
})

/** See `wireTransaction`. */
export type WireTransaction = z.infer<typeof wireTransaction>

/** What of a line tells how much of an order bought gift cards. */
export const wireLine = z.object({ isGiftCard: z.boolean(), discountedTotalSet: bag })

/** An order as the documents ask for it. */
export const wireOrder = z.object({
  id: z.string().regex(/\/\d{1,20}$/, 'expected a global id'),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullable(),
  test: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  sourceName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  currencyCode: z.string(),
  taxesIncluded: z.boolean(),
  customer: z
    .object({
      id: z.string(),
      defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
      defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable(),
    })
    .nullable(),
  displayAddress: z.object({ countryCodeV2: z.string().nullable() }).nullable(),
  purchasingEntity: z.object({ __typename: z.string() }).nullable(),
  totalPriceSet: bag,
  subtotalPriceSet: bag.nullable(),
  totalDiscountsSet: bag.nullable(),
  totalTaxSet: bag.nullable(),
  totalTipReceivedSet: bag,
  originalTotalDutiesSet: bag.nullable(),
  totalRefundedSet: bag,
  shippingLine: z
    .object({ originalPriceSet: bag, discountedPriceSet: bag, taxLines: z.array(z.object({ priceSet: bag })) })
    .nullable(),
})

/** See `wireOrder`. */
export type WireOrder = z.infer<typeof wireOrder>
