/** All that is asked of the Admin API: fields that Vendure has had since 3.0. */

const ORDER = `
  id type state createdAt updatedAt orderPlacedAt currencyCode
  subTotal shipping shippingWithTax total totalWithTax
  customer { id emailAddress phoneNumber user { id } }
  billingAddress { countryCode }
  shippingAddress { countryCode }
  channels { code }
  discounts { adjustmentSource amount amountWithTax }
  payments { state amount updatedAt refunds { id state total createdAt updatedAt } }
  lines { quantity orderPlacedQuantity unitPrice unitPriceWithTax linePrice linePriceWithTax proratedLinePrice }
`

/** A page of whole orders. */
export const ORDERS = `query ($options: OrderListOptions) { orders(options: $options) { totalItems items { ${ORDER} } } }`

/** A page of ids with when they were placed. */
export const PLACED =
  'query ($options: OrderListOptions) { orders(options: $options) { totalItems items { id orderPlacedAt } } }'

/** How the server counts money and which states it knows; every key may ask. */
export const SERVER = `query {
  globalSettings { serverConfig { moneyStrategyPrecision orderProcess { name } } }
  activeChannel { code defaultCurrencyCode }
}`

/** How many placed orders there are; needs ReadOrder. */
export const COUNTS = `query {
  orders(options: { take: 1, filter: { active: { eq: false } } }) { totalItems }
  sellers: orders(options: { take: 1, filter: { active: { eq: false }, type: { eq: "Seller" } } }) { totalItems }
}`
