import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { z } from 'zod'
import { type BookTraits, createBook } from '../shop-server/book.ts'
import { createShopClock } from '../shop-server/shop-clock.ts'
import { actOutFaults, createShopFaults } from '../shop-server/shop-faults.ts'
import type { ShopServer, ShopServerOptions } from '../shop-server/shop-server.ts'
import { createAdminApi } from './admin-api.ts'
import { CHANNEL_CODE, CUSTOM_STATES, type ShownOrder, toShown } from './shown-order.ts'

/** A second save writes the changed instant back after every transition: payments and refunds move nothing. */
const TRAITS: BookTraits = {
  precisionMs: 1,
  movesUpdated: {
    edit: true,
    cancel: true,
    pay: false,
    refund: false,
    touch: false,
    destroy: false,
    'change-email': false,
  },
}

const API_KEY = 'sandbox-key:1f0c'
const CHANNEL_TOKEN = 'sandbox-channel'
/** Express reads no longer bodies; Vendure makes a plain 500 of it. */
const LONGEST_BODY_BYTES = 102_400

const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() })

/** A Vendure server that shows the book through its Admin API, read-only: with microseconds, carts and sellers' parts. */
export async function createVendureShop(options: ShopServerOptions = {}): Promise<ShopServer> {
  const clock = options.clock ?? createShopClock()
  const book = createBook(clock, TRAITS)
  const faults = createShopFaults()
  const customers = new Map<string, number>()
  const customerIdOf = (email: string) => {
    const id = customers.get(email) ?? customers.size + 1
    customers.set(email, id)
    return id
  }
  const rows = (): readonly ShownOrder[] => [...book.orders.values()].flatMap((order) => toShown(order, customerIdOf))
  const answer = createAdminApi({
    rows,
    currency: options.currency ?? 'EUR',
    faults,
    onList: () => options.onList?.(),
  })

  const app = Fastify({ bodyLimit: LONGEST_BODY_BYTES, forceCloseConnections: true })
  actOutFaults(app, faults)
  app.setErrorHandler((_, __, reply) => reply.code(500).send({ status: 500, statusCode: 500, message: '' }))
  app.addHook('onSend', async (_, reply) => void reply.header('date', clock.now().toUTCString()))
  app.post('/admin-api', async (request, reply) => {
    const { query, variables } = question.parse(request.body)
    const token = request.headers['vendure-token']
    const caller = {
      isAllowed: request.headers['vendure-api-key'] === API_KEY,
      channel: token === undefined ? '__default_channel__' : token === CHANNEL_TOKEN ? CHANNEL_CODE : null,
    }
    const { status, body } = await answer(caller, query, variables ?? {})
    return reply.code(status).send(body)
  })

  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    book,
    clock,
    faults,
    source: { type: 'vendure', url, apiKey: API_KEY, channel: CHANNEL_TOKEN, states: CUSTOM_STATES },
    close: () => app.close(),
  }
}
