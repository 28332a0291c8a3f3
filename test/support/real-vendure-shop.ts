import { createVendureCaller } from './real-vendure-api.ts'

/** Prices with tax in cents: coffee at 7 %, a grinder and an odd part at 19 %. */
export const PRICES = [1290, 8999, 333] as const

/** A cart that only waits for its payment. */
export interface RealCart {
  pay(method: 'card' | 'authorize-only'): Promise<RealOrder>
}

/** An order as the server told of it when it was placed. */
export interface RealOrder {
  readonly id: string
  /** In cents, with tax. */
  readonly total: number
  readonly paymentId: string
  readonly lines: readonly { readonly id: string; readonly quantity: number }[]
}

/** A channel of a real server with three products, and everything that can happen in it. Amounts in cents. */
export interface RealVendureShop {
  /** Settings of the source that reads it. */
  readonly source: Readonly<Record<string, unknown>>
  /** Who is `registered` has an account; pieces by product. */
  fillCart(email: string, registered: boolean, pieces: readonly number[], coupon?: string): Promise<RealCart>
  draft(): Promise<string>
  settle(order: RealOrder): Promise<void>
  /** Without `isSettled` the refund stays pending. */
  refund(order: RealOrder, amount: number, isSettled: boolean): Promise<void>
  /** One piece of the first line. */
  cancelPiece(order: RealOrder): Promise<void>
  cancel(order: RealOrder): Promise<void>
  ship(order: RealOrder): Promise<void>
  /** Changes the pieces of the first line; what is missing is paid, what is too much is given back. */
  modify(order: RealOrder, pieces: number): Promise<void>
  /** Changes nothing but the order's history. */
  note(order: Pick<RealOrder, 'id'>): Promise<void>
  /** Of a customer, and thereby of all their orders. */
  changeEmail(order: Pick<RealOrder, 'id'>, email: string): Promise<void>
}

const PASSWORD = 'correct horse'
const ERROR = '... on ErrorResult { errorCode message }'
const ADDRESS = { fullName: 'A Person', streetLine1: 'Via Roma 1', city: 'Wien', postalCode: '1010', countryCode: 'AT' }

/** Sets a channel up that the server does not have yet. */
export async function createRealVendureShop(url: string, channel = 'real-store'): Promise<RealVendureShop> {
  const root = createVendureCaller(`${url}/admin-api`)
  const logIn = `mutation { login(username: "superadmin", password: "superadmin") { ... on CurrentUser { id } ${ERROR} } }`
  await root.ask(logIn)
  const { id: channelId } = await createChannel(root, channel)
  const admin = createVendureCaller(`${url}/admin-api`, channel)
  await admin.ask(logIn)
  const variants = await createProducts(admin)
  await admin.ask(
    `mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { ... on Promotion { id } ${ERROR} } }`,
    {
      input: {
        enabled: true,
        couponCode: 'TEN',
        conditions: [],
        actions: [{ code: 'order_percentage_discount', arguments: [{ name: 'discount', value: '10' }] }],
        translations: [{ languageCode: 'en', name: 'ten per cent' }],
      },
    },
  )
  const apiKey = await createKey(admin, channelId, channel)
  const accounts = new Set<string>()

  async function register(email: string): Promise<void> {
    if (accounts.has(email)) return
    accounts.add(email)
    await admin.ask(
      `mutation ($input: CreateCustomerInput!, $password: String) {
        createCustomer(input: $input, password: $password) { ... on Customer { id } ${ERROR} } }`,
      { input: { firstName: 'A', lastName: 'Person', emailAddress: email }, password: PASSWORD },
    )
  }

  async function toState(id: string, state: string): Promise<void> {
    await admin.ask(
      `mutation ($id: ID!, $state: String!) {
        transitionOrderToState(id: $id, state: $state) { ... on Order { id } ${ERROR} } }`,
      { id, state },
    )
  }

  async function settleRefund(id: string): Promise<void> {
    await admin.ask(
      `mutation ($input: SettleRefundInput!) { settleRefund(input: $input) { ... on Refund { id state } ${ERROR} } }`,
      { input: { id, transactionId: `back-${id}` } },
    )
  }

  return {
    source: { type: 'vendure', url, apiKey, channel },

    async fillCart(email, registered, pieces, coupon) {
      const shop = createVendureCaller(`${url}/shop-api`, channel)
      if (registered) {
        await register(email)
        await shop.ask(
          `mutation ($user: String!, $password: String!) {
            login(username: $user, password: $password) { ... on CurrentUser { id } ${ERROR} } }`,
          { user: email, password: PASSWORD },
        )
      }
      for (const [index, quantity] of pieces.entries()) {
        if (quantity === 0) continue
        await shop.ask(
          `mutation ($id: ID!, $quantity: Int!) {
            addItemToOrder(productVariantId: $id, quantity: $quantity) { ... on Order { id } ${ERROR} } }`,
          { id: variants[index], quantity },
        )
      }
      if (!registered) {
        await shop.ask(
          `mutation ($input: CreateCustomerInput!) { setCustomerForOrder(input: $input) { ... on Order { id } ${ERROR} } }`,
          { input: { firstName: 'A', lastName: 'Guest', emailAddress: email } },
        )
      }
      await shop.ask(
        `mutation ($input: CreateAddressInput!) { setOrderShippingAddress(input: $input) { ... on Order { id } ${ERROR} } }`,
        { input: ADDRESS },
      )
      if (coupon !== undefined) {
        await shop.ask(
          `mutation ($code: String!) { applyCouponCode(couponCode: $code) { ... on Order { id } ${ERROR} } }`,
          { code: coupon },
        )
      }
      const { eligibleShippingMethods } = await shop.ask<{ eligibleShippingMethods: readonly { id: string }[] }>(
        '{ eligibleShippingMethods { id } }',
      )
      await shop.ask(
        `mutation ($id: [ID!]!) { setOrderShippingMethod(shippingMethodId: $id) { ... on Order { id } ${ERROR} } }`,
        { id: [eligibleShippingMethods[0]?.id] },
      )
      await shop.ask(`mutation { transitionOrderToState(state: "ArrangingPayment") { ... on Order { id } ${ERROR} } }`)
      return {
        async pay(method) {
          const { addPaymentToOrder: paid } = await shop.ask<{ addPaymentToOrder: PaidOrder }>(
            `mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) {
              ... on Order { id totalWithTax payments { id } lines { id quantity } } ${ERROR} } }`,
            { input: { method, metadata: {} } },
          )
          return {
            id: paid.id,
            total: paid.totalWithTax,
            paymentId: paid.payments[0]?.id ?? '',
            lines: paid.lines,
          }
        },
      }
    },

    async draft() {
      const { createDraftOrder } = await admin.ask<{ createDraftOrder: { id: string } }>(
        'mutation { createDraftOrder { id } }',
      )
      return createDraftOrder.id
    },

    async settle({ paymentId }) {
      await admin.ask(`mutation ($id: ID!) { settlePayment(id: $id) { ... on Payment { id } ${ERROR} } }`, {
        id: paymentId,
      })
    },

    async refund({ paymentId }, amount, isSettled) {
      const { refundOrder } = await admin.ask<{ refundOrder: { id: string } }>(
        `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { ... on Refund { id } ${ERROR} } }`,
        { input: { paymentId, amount, shipping: 0, adjustment: 0, reason: 'asked for' } },
      )
      if (isSettled) await settleRefund(refundOrder.id)
    },

    async cancelPiece({ id, lines }) {
      await admin.ask(
        `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { ... on Order { id } ${ERROR} } }`,
        { input: { orderId: id, lines: [{ orderLineId: lines[0]?.id, quantity: 1 }], reason: 'one too many' } },
      )
    },

    async cancel({ id }) {
      await admin.ask(
        `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { ... on Order { id } ${ERROR} } }`,
        { input: { orderId: id, cancelShipping: true, reason: 'changed their mind' } },
      )
    },

    async ship({ lines }) {
      const handler = {
        code: 'manual-fulfillment',
        arguments: [
          { name: 'method', value: 'post' },
          { name: 'trackingCode', value: '1' },
        ],
      }
      const input = { handler, lines: lines.map((line) => ({ orderLineId: line.id, quantity: line.quantity })) }
      const { addFulfillmentToOrder } = await admin.ask<{ addFulfillmentToOrder: { id: string } }>(
        `mutation ($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { ... on Fulfillment { id } ${ERROR} } }`,
        { input },
      )
      await admin.ask(
        `mutation ($id: ID!) {
          transitionFulfillmentToState(id: $id, state: "Shipped") { ... on Fulfillment { id } ${ERROR} } }`,
        { id: addFulfillmentToOrder.id },
      )
    },

    async note({ id }) {
      await admin.ask('mutation ($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }', {
        input: { id, note: 'seen', isPublic: false },
      })
    },

    async changeEmail({ id }, email) {
      const { order } = await admin.ask<{ order: { customer: { id: string } } }>(
        'query ($id: ID!) { order(id: $id) { customer { id } } }',
        { id },
      )
      await admin.ask(
        `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { ... on Customer { id } ${ERROR} } }`,
        { input: { id: order.customer.id, emailAddress: email } },
      )
    },

    async modify({ id, lines, paymentId }, pieces) {
      const [line] = lines
      const difference = (pieces - (line?.quantity ?? 0)) * PRICES[0]
      await toState(id, 'Modifying')
      const refunds = difference < 0 ? { refunds: [{ paymentId, amount: -difference }] } : {}
      await admin.ask(
        `mutation ($input: ModifyOrderInput!) { modifyOrder(input: $input) { ... on Order { id } ${ERROR} } }`,
        {
          input: {
            dryRun: false,
            orderId: id,
            adjustOrderLines: [{ orderLineId: line?.id, quantity: pieces }],
            ...refunds,
          },
        },
      )
      if (difference > 0) {
        await toState(id, 'ArrangingAdditionalPayment')
        await admin.ask(
          `mutation ($input: ManualPaymentInput!) { addManualPaymentToOrder(input: $input) { ... on Order { id } ${ERROR} } }`,
          { input: { orderId: id, method: 'cash', transactionId: 'more', metadata: {} } },
        )
      }
      await toState(id, 'PaymentSettled')
      const { order } = await admin.ask<{ order: { payments: readonly { refunds: readonly OpenRefund[] }[] } }>(
        'query ($id: ID!) { order(id: $id) { payments { refunds { id state } } } }',
        { id },
      )
      for (const refund of order.payments.flatMap((payment) => payment.refunds)) {
        if (refund.state === 'Pending') await settleRefund(refund.id)
      }
    },
  }
}

interface PaidOrder {
  readonly id: string
  readonly totalWithTax: number
  readonly payments: readonly { readonly id: string }[]
  readonly lines: readonly { readonly id: string; readonly quantity: number }[]
}

interface OpenRefund {
  readonly id: string
  readonly state: string
}

type Items = Readonly<Record<string, { readonly items: readonly { readonly id: string; readonly name: string }[] }>>

type Caller = ReturnType<typeof createVendureCaller>

async function createChannel(root: Caller, name: string): Promise<{ id: string }> {
  const lists = await root.ask<Items>(`{
    zones { items { id name } }
    shippingMethods { items { id name } }
    paymentMethods { items { id name } }
    stockLocations { items { id name } }
  }`)
  const idsOf = (list: string) => lists[list]?.items.map(({ id }) => id) ?? []
  const zone = lists['zones']?.items.find(({ name }) => name === 'Europe')?.id
  const { createChannel: channel } = await root.ask<{ createChannel: { id: string } }>(
    `mutation ($input: CreateChannelInput!) { createChannel(input: $input) { ... on Channel { id } ${ERROR} } }`,
    {
      input: {
        code: name,
        token: name,
        defaultLanguageCode: 'en',
        pricesIncludeTax: true,
        defaultCurrencyCode: 'EUR',
        availableCurrencyCodes: ['EUR'],
        defaultTaxZoneId: zone,
        defaultShippingZoneId: zone,
      },
    },
  )
  const assign = (what: string, ids: readonly string[]) =>
    root.ask(`mutation ($input: Assign${what}sToChannelInput!) { assign${what}sToChannel(input: $input) { id } }`, {
      input: { channelId: channel.id, [`${what[0]?.toLowerCase()}${what.slice(1)}Ids`]: ids },
    })
  await assign('ShippingMethod', idsOf('shippingMethods'))
  await assign('PaymentMethod', idsOf('paymentMethods'))
  await assign('StockLocation', idsOf('stockLocations'))
  return channel
}

async function createProducts(admin: Caller): Promise<readonly string[]> {
  const { taxCategories } = await admin.ask<Items>('{ taxCategories { items { id name } } }')
  const category = (name: string) => taxCategories?.items.find((one) => one.name.startsWith(name))?.id
  const ids: string[] = []
  for (const [index, price] of PRICES.entries()) {
    const translations = [{ languageCode: 'en', name: `Product ${index}`, slug: `product-${index}`, description: '' }]
    const { createProduct } = await admin.ask<{ createProduct: { id: string } }>(
      'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }',
      { input: { enabled: true, translations } },
    )
    const { createProductVariants } = await admin.ask<{ createProductVariants: readonly { id: string }[] }>(
      'mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }',
      {
        input: [
          {
            productId: createProduct.id,
            sku: `P-${index}`,
            price,
            taxCategoryId: category(index === 0 ? 'Reduced' : 'Standard'),
            stockOnHand: 1000,
            trackInventory: 'FALSE',
            translations: [{ languageCode: 'en', name: `Product ${index}` }],
          },
        ],
      },
    )
    ids.push(createProductVariants[0]?.id ?? '')
  }
  return ids
}

/** A key that may read orders and customers of the channel, and nothing else. */
async function createKey(admin: Caller, channelId: string, channel: string): Promise<string> {
  const { createRole } = await admin.ask<{ createRole: { id: string } }>(
    'mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }',
    {
      input: {
        code: `reader-${channel}`,
        description: 'reads orders',
        permissions: ['ReadOrder', 'ReadCustomer'],
        channelIds: [channelId],
      },
    },
  )
  const { createApiKey } = await admin.ask<{ createApiKey: { apiKey: string } }>(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey } }',
    { input: { roleIds: [createRole.id], translations: [{ languageCode: 'en', name: 'sync' }] } },
  )
  return createApiKey.apiKey
}
