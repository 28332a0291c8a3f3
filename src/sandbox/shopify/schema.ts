import { buildSchema } from 'graphql'

/**
 * The part of the Admin API 2026-10 that the sandbox has: names, types and arguments as in Shopify's own schema, so that
 * what Shopify would refuse is refused here.
 */
const SHOPIFY_SDL = `
scalar DateTime
scalar Decimal
scalar URL
scalar UnsignedInt64
enum CurrencyCode { ${currencyCodes()} }
enum CountryCode { ${countryCodes()} }
enum OrderSortKeys {
  CREATED_AT CURRENT_TOTAL_PRICE CUSTOMER_NAME DESTINATION FINANCIAL_STATUS FULFILLMENT_STATUS ID ORDER_NUMBER PO_NUMBER
  PROCESSED_AT RELEVANCE TOTAL_ITEMS_QUANTITY TOTAL_PRICE UPDATED_AT
}
enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }
enum OrderTransactionKind { AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID }
enum OrderTransactionStatus { AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN }
enum CountPrecision { AT_LEAST EXACT }
enum BulkOperationStatus { CANCELED CANCELING COMPLETED CREATED EXPIRED FAILED RUNNING }
enum BulkOperationErrorCode { ACCESS_DENIED INTERNAL_SERVER_ERROR TIMEOUT }
enum BulkOperationUserErrorCode { INVALID LIMIT_REACHED OPERATION_IN_PROGRESS }
enum WebhookSubscriptionFormat { JSON XML }
enum WebhookSubscriptionTopic {
  ORDERS_CREATE ORDERS_UPDATED ORDERS_PAID ORDERS_CANCELLED ORDERS_EDITED ORDERS_DELETE REFUNDS_CREATE CUSTOMERS_MERGE
  CUSTOMERS_DELETE BULK_OPERATIONS_FINISH
}
interface Node { id: ID! }
type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
type MoneyBag { presentmentMoney: MoneyV2! shopMoney: MoneyV2! }
type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }
type Count { count: Int! precision: CountPrecision! }
type CustomerEmailAddress { emailAddress: String! }
type CustomerPhoneNumber { phoneNumber: String! }
type Customer implements Node {
  id: ID!
  defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber
}
type PurchasingCompany { contact: CompanyContact }
type CompanyContact implements Node { id: ID! }
union PurchasingEntity = Customer | PurchasingCompany
type MailingAddress implements Node { id: ID! countryCodeV2: CountryCode }
type TaxLine { priceSet: MoneyBag! }
type ShippingLine { originalPriceSet: MoneyBag! discountedPriceSet: MoneyBag! taxLines: [TaxLine!]! }
type LineItem implements Node {
  id: ID!
  isGiftCard: Boolean!
  quantity: Int!
  discountedTotalSet(withCodeDiscounts: Boolean = false): MoneyBag!
}
type LineItemEdge { cursor: String! node: LineItem! }
type LineItemConnection { edges: [LineItemEdge!]! nodes: [LineItem!]! pageInfo: PageInfo! }
type OrderTransaction implements Node {
  id: ID!
  kind: OrderTransactionKind!
  status: OrderTransactionStatus!
  createdAt: DateTime!
  processedAt: DateTime
  amountSet: MoneyBag!
}
type Order implements Node {
  id: ID!
  name: String!
  createdAt: DateTime!
  processedAt: DateTime!
  updatedAt: DateTime!
  cancelledAt: DateTime
  test: Boolean!
  displayFinancialStatus: OrderDisplayFinancialStatus
  sourceName: String
  email: String
  phone: String
  currencyCode: CurrencyCode!
  taxesIncluded: Boolean!
  customer: Customer
  displayAddress: MailingAddress
  purchasingEntity: PurchasingEntity
  totalPriceSet: MoneyBag!
  subtotalPriceSet: MoneyBag
  totalDiscountsSet: MoneyBag
  totalTaxSet: MoneyBag
  totalTipReceivedSet: MoneyBag!
  originalTotalDutiesSet: MoneyBag
  totalRefundedSet: MoneyBag!
  shippingLine: ShippingLine
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  transactions(capturable: Boolean, first: Int, manuallyResolvable: Boolean): [OrderTransaction!]!
  transactionsCount: Count
}
type OrderEdge { cursor: String! node: Order! }
type OrderConnection { edges: [OrderEdge!]! nodes: [Order!]! pageInfo: PageInfo! }
type ShopPlan { publicDisplayName: String! }
type Shop implements Node {
  id: ID!
  name: String!
  myshopifyDomain: String!
  createdAt: DateTime!
  currencyCode: CurrencyCode!
  ianaTimezone: String!
  plan: ShopPlan!
}
type AccessScope { handle: String! }
type AppInstallation implements Node { id: ID! accessScopes: [AccessScope!]! }
type BulkOperation implements Node {
  id: ID!
  status: BulkOperationStatus!
  errorCode: BulkOperationErrorCode
  objectCount: UnsignedInt64!
  rootObjectCount: UnsignedInt64!
  url: URL
  partialDataUrl: URL
}
type ApiVersion { handle: String! }
type WebhookSubscription implements Node {
  id: ID!
  topic: WebhookSubscriptionTopic!
  uri: String!
  format: WebhookSubscriptionFormat!
  apiVersion: ApiVersion!
}
type WebhookSubscriptionConnection { nodes: [WebhookSubscription!]! pageInfo: PageInfo! }
type QueryRoot {
  orders(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, savedSearchId: ID,
    sortKey: OrderSortKeys = PROCESSED_AT
  ): OrderConnection!
  order(id: ID!): Order
  nodes(ids: [ID!]!): [Node]!
  ordersCount(limit: Int = 10000, query: String, savedSearchId: ID): Count
  shop: Shop!
  currentAppInstallation: AppInstallation!
  bulkOperation(id: ID!): BulkOperation
  webhookSubscriptions(after: String, before: String, first: Int, last: Int): WebhookSubscriptionConnection!
}
type BulkOperationUserError { code: BulkOperationUserErrorCode field: [String!] message: String! }
type BulkOperationRunQueryPayload { bulkOperation: BulkOperation userErrors: [BulkOperationUserError!]! }
type UserError { field: [String!] message: String! }
type WebhookSubscriptionCreatePayload { userErrors: [UserError!]! webhookSubscription: WebhookSubscription }
type WebhookSubscriptionDeletePayload { deletedWebhookSubscriptionId: ID userErrors: [UserError!]! }
input WebhookSubscriptionInput { uri: String format: WebhookSubscriptionFormat }
type Mutation {
  bulkOperationRunQuery(groupObjects: Boolean! = false, query: String!): BulkOperationRunQueryPayload
  webhookSubscriptionCreate(
    topic: WebhookSubscriptionTopic!, webhookSubscription: WebhookSubscriptionInput!
  ): WebhookSubscriptionCreatePayload
  webhookSubscriptionDelete(id: ID!): WebhookSubscriptionDeletePayload
}
schema { query: QueryRoot mutation: Mutation }
`

/** Built once: it holds no state. */
export const SHOPIFY_SCHEMA = buildSchema(SHOPIFY_SDL)

/** Those a sandbox shop or its customers may have. */
function currencyCodes(): string {
  return 'EUR GBP USD CHF SEK DKK NOK PLN JPY KWD BHD CAD AUD'
}

function countryCodes(): string {
  return 'AT AU BE CA CH DE DK ES FI FR GB IE IT JP KW LU NL NO PL PT SE US'
}
