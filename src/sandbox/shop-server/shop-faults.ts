import type { FastifyInstance } from 'fastify'

/** What goes wrong with one of the next requests. `ignore-filter`: the list is answered as if nothing had been asked. */
export type ShopFault =
  | { readonly kind: 'drop' }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'malformed-record' }
  | { readonly kind: 'ignore-filter' }

/** Faults that wait for their requests, first come first served. */
export interface ShopFaults {
  /** Strikes `times` requests (default one) whose path contains `path` (default any). */
  add(fault: ShopFault, where?: { readonly path?: string; readonly times?: number }): void
  clear(): void
  /** Counted down when found. `kinds`: only these, for faults that a route has to act out itself. */
  strike(path: string, kinds: readonly ShopFault['kind'][]): ShopFault | null
}

/** No faults yet. */
export function createShopFaults(): ShopFaults {
  const waiting: { fault: ShopFault; path: string; left: number }[] = []
  return {
    add: (fault, { path = '', times = 1 } = {}) => void waiting.push({ fault, path, left: times }),
    clear: () => void waiting.splice(0),
    strike(path, kinds) {
      const index = waiting.findIndex((one) => kinds.includes(one.fault.kind) && path.includes(one.path))
      const found = waiting[index]
      if (found === undefined) return null
      found.left -= 1
      if (found.left === 0) waiting.splice(index, 1)
      return found.fault
    },
  }
}

/** Acts out what every server can: lost connections, torn answers, statuses, pages of a proxy, delays. */
export function actOutFaults(app: FastifyInstance, faults: ShopFaults): void {
  app.addHook('onRequest', async (request, reply) => {
    const fault = faults.strike(request.url, ['drop', 'status', 'html', 'delay'])
    if (fault?.kind === 'drop') request.raw.socket.destroy()
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    if (fault?.kind === 'html') {
      return reply.code(fault.status).type('text/html').send('<html><body>Something stands in between.</body></html>')
    }
    if (fault?.kind === 'status') {
      if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds))
      return reply.code(fault.status).send({ message: 'a fault of the sandbox' })
    }
    return undefined
  })
  app.addHook('onSend', async (request, _reply, payload) => {
    const isTorn = typeof payload === 'string' && faults.strike(request.url, ['truncate']) !== null
    return isTorn ? (payload as string).slice(0, payload.length / 2) : payload
  })
}
