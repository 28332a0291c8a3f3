/**
 * What the sandbox knows of Vendure's Admin API (3.7, seen on a running server). Input types name their fields in
 * Vendure's order, which is the order they are sorted by.
 */
export const SCHEMA = `
  scalar DateTime
  scalar Money
  enum SortOrder { ASC DESC }
  enum OrderType { Regular Seller Aggregate }

  type Query {
    orders(options: OrderListOptions): OrderList!
    globalSettings: GlobalSettings!
    activeChannel: Channel!
  }

  type GlobalSettings { serverConfig: ServerConfig! }
  type ServerConfig { moneyStrategyPrecision: Int! orderProcess: [OrderProcessState!]! }
  type OrderProcessState { name: String! to: [String!]! }
  type Channel { code: String! defaultCurrencyCode: String! }
  type OrderList { totalItems: Int! items: [Order!]! }

  type Order {
    id: ID!
    type: OrderType!
    state: String!
    active: Boolean!
    createdAt: DateTime!
    updatedAt: DateTime!
    orderPlacedAt: DateTime
    currencyCode: String!
    subTotal: Money!
    shipping: Money!
    shippingWithTax: Money!
    total: Money!
    totalWithTax: Money!
    customer: Customer
    billingAddress: OrderAddress
    shippingAddress: OrderAddress
    channels: [Channel!]!
    discounts: [Discount!]!
    payments: [Payment!]
    lines: [OrderLine!]!
  }

  type Customer { id: ID! emailAddress: String! phoneNumber: String user: User }
  type User { id: ID! }
  type OrderAddress { countryCode: String }
  type Discount { adjustmentSource: String! amount: Money! amountWithTax: Money! }
  type Payment { id: ID! state: String! amount: Money! updatedAt: DateTime! refunds: [Refund!]! }
  type Refund { id: ID! state: String! total: Money! createdAt: DateTime! updatedAt: DateTime! }
  type OrderLine {
    quantity: Int!
    orderPlacedQuantity: Int!
    unitPrice: Money!
    unitPriceWithTax: Money!
    linePrice: Money!
    linePriceWithTax: Money!
    proratedLinePrice: Money!
  }

  input OrderListOptions { skip: Int take: Int sort: OrderSortParameter filter: OrderFilterParameter }
  input OrderSortParameter { id: SortOrder createdAt: SortOrder updatedAt: SortOrder orderPlacedAt: SortOrder }
  input OrderFilterParameter {
    id: IDOperators
    createdAt: DateOperators
    updatedAt: DateOperators
    type: StringOperators
    orderPlacedAt: DateOperators
    state: StringOperators
    active: BooleanOperators
  }
  input IDOperators { eq: String notEq: String in: [String!] notIn: [String!] isNull: Boolean }
  input StringOperators { eq: String notEq: String }
  input BooleanOperators { eq: Boolean isNull: Boolean }
  input DateOperators { eq: DateTime before: DateTime after: DateTime between: DateRange isNull: Boolean }
  input DateRange { start: DateTime! end: DateTime! }
`
