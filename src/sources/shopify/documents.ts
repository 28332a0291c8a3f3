/**
 * What is read of an order, 35 points by the documented costs (an object 1, a connection by its `first`): 25 orders stay
 * under the 1,000 that one query may cost. Amounts are `shopMoney`, the shop's currency when the order was placed.
 */
const ORDER_FIELDS = `
  id createdAt processedAt updatedAt cancelledAt test displayFinancialStatus sourceName email phone
  currencyCode taxesIncluded
  customer { id defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
  displayAddress { countryCodeV2 }
  purchasingEntity { __typename }
  totalPriceSet { shopMoney { amount currencyCode } }
  subtotalPriceSet { shopMoney { amount currencyCode } }
  totalDiscountsSet { shopMoney { amount currencyCode } }
  totalTaxSet { shopMoney { amount currencyCode } }
  totalTipReceivedSet { shopMoney { amount currencyCode } }
  originalTotalDutiesSet { shopMoney { amount currencyCode } }
  totalRefundedSet { shopMoney { amount currencyCode } }
  shippingLine {
    originalPriceSet { shopMoney { amount currencyCode } }
    discountedPriceSet { shopMoney { amount currencyCode } }
    taxLines { priceSet { shopMoney { amount currencyCode } } }
  }
`

const TRANSACTION_FIELDS = 'id kind status createdAt processedAt amountSet { shopMoney { amount currencyCode } }'

/** So many lines of an order are looked at for gift cards before it is asked for alone. */
export const FIRST_LINES = 5

const PAGED_FIELDS = `${ORDER_FIELDS} lineItems(first: ${FIRST_LINES}) { nodes { isGiftCard } }`

/** So many orders fit into one query. */
export const ORDERS_PER_QUERY = 25

/** One page of orders; `sortKey` has to be given, the default sorts by another instant than the search asks for. */
export const ORDERS_PAGE = `query OrdersPage($first: Int!, $after: String, $query: String!, $sortKey: OrderSortKeys!) {
  orders(first: $first, after: $after, query: $query, sortKey: $sortKey) {
    pageInfo { hasNextPage endCursor }
    nodes { ${PAGED_FIELDS} }
  }
}`

/** Single orders by id; null for one the shop does not show. */
export const ORDERS_BY_ID = `query OrdersById($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Order { ${PAGED_FIELDS} } }
}`

/** So many transactions of an order are asked for at once. */
export const FIRST_TRANSACTIONS = 30

/** Refunding transactions of several orders, 92 points each. */
export const TRANSACTIONS_BY_ID = `query OrderTransactions($ids: [ID!]!, $first: Int!) {
  nodes(ids: $ids) {
    ... on Order { id transactionsCount { count } transactions(first: $first) { ${TRANSACTION_FIELDS} } }
  }
}`

/** Lines of one order, for its gift cards. */
export const LINES_OF_ORDER = `query OrderLines($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 200, after: $after) {
      nodes { isGiftCard discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount currencyCode } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

/** The first order of a search. */
export const FIRST_ORDER = `query FirstOrder($query: String, $sortKey: OrderSortKeys!) {
  orders(first: 1, query: $query, sortKey: $sortKey) { nodes { id createdAt processedAt } }
}`

/** How many orders a search finds; Shopify counts to 25,000. */
export const COUNT_ORDERS = `query CountOrders($query: String) {
  ordersCount(query: $query, limit: null) { count precision }
}`

/** The shop and what the key may do in it. */
export const SHOP_ACCESS = `query ShopAccess {
  shop { name myshopifyDomain createdAt currencyCode ianaTimezone plan { publicDisplayName } }
  currentAppInstallation { accessScopes { handle } }
}`

/** Starts an export; ungrouped, since grouping costs Shopify time and is not needed. */
export const START_EXPORT = `mutation StartExport($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: false) {
    bulkOperation { id status }
    userErrors { code field message }
  }
}`

/** How far an export is. */
export const EXPORT_STATE = `query ExportState($id: ID!) {
  bulkOperation(id: $id) { id status errorCode rootObjectCount url }
}`

/** The query of an export: no connection may stand within a list, so lines are the only children. */
export function exportQuery(search: string): string {
  return `{
  orders(query: ${JSON.stringify(search)}) {
    edges { node {
      __typename ${ORDER_FIELDS}
      transactions { ${TRANSACTION_FIELDS} }
      lineItems { edges { node {
        __typename id isGiftCard
        discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount currencyCode } }
      } } }
    } }
  }
}`
}

/** The webhooks of this app in this shop, without those of its configuration file; and which it may have. */
export const SUBSCRIPTIONS_PAGE = `query Subscriptions($after: String) {
  webhookSubscriptions(first: 100, after: $after) {
    nodes { id topic uri }
    pageInfo { hasNextPage endCursor }
  }
  currentAppInstallation { accessScopes { handle } }
}`

/** Lets Shopify tell an address of one kind of event. */
export const CREATE_SUBSCRIPTION = `mutation CreateSubscription($topic: WebhookSubscriptionTopic!, $uri: String!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`

/** Ends one. */
export const DELETE_SUBSCRIPTION = `mutation DeleteSubscription($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
}`
