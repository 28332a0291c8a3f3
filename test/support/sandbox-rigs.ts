import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toMajorText } from '../../src/core/money.ts'
import { createPrestashopShop } from '../../src/sandbox/prestashop/index.ts'
import { type BookOrder, createBook } from '../../src/sandbox/shop-server/book.ts'
import { createShopClock } from '../../src/sandbox/shop-server/shop-clock.ts'
import { createShopFaults } from '../../src/sandbox/shop-server/shop-faults.ts'
import type { ShopServer, ShopServerOptions } from '../../src/sandbox/shop-server/shop-server.ts'
import { createShopifyShop } from '../../src/sandbox/shopify/index.ts'
import { createVendureShop } from '../../src/sandbox/vendure/index.ts'
import { createWoocommerceShop } from '../../src/sandbox/woocommerce/index.ts'
import type { RigOptions, ShopRig } from './shop-rig.ts'

/** Past what a number can hold exactly. */
const shopifyIdOf = (id: number) => String(820_982_000_000_000_000n + BigInt(id))
/** Points per second: on a clock that stands still no bucket fills up again. */
const UNTHROTTLED = 1_000_000
const AT_ONCE = 'at once'
const SWEEP = 'by the sweep'

const SHOPIFY = {
  type: 'shopify',
  idOf: shopifyIdOf,
  wrongKey: { clientSecret: 'wrong-secret-0815' },
  smallPages: {},
  severalPages: 260,
} as const
const openShopify = (options: RigOptions) => createShopifyShop({ ...toSandbox(options), restoreRate: UNTHROTTLED })

const WOOCOMMERCE = { type: 'woocommerce', idOf: String, smallPages: {}, severalPages: 230 } as const
const SEEN_OF_WOOCOMMERCE = {
  edit: AT_ONCE,
  pay: AT_ONCE,
  cancel: AT_ONCE,
  refund: AT_ONCE,
  touch: AT_ONCE,
  'change-email': AT_ONCE,
  trash: AT_ONCE,
  restore: AT_ONCE,
  'delete-refund': SWEEP,
  destroy: SWEEP,
} as const

/** Every platform with a server. The table by which the docs tell how late a change is seen. */
export const SHOP_RIGS: readonly ShopRig<ShopServer>[] = [
  {
    ...SHOPIFY,
    name: 'shopify',
    open: openShopify,
    seen: {
      edit: AT_ONCE,
      pay: AT_ONCE,
      cancel: AT_ONCE,
      refund: AT_ONCE,
      touch: AT_ONCE,
      'change-email': AT_ONCE,
      destroy: SWEEP,
    },
  },
  {
    ...SHOPIFY,
    name: 'shopify, by bulk exports',
    open: async (options) => withSource(await openShopify(options), { bulkFrom: 1 }),
    seen: { edit: AT_ONCE, cancel: AT_ONCE, refund: AT_ONCE, destroy: SWEEP },
    exports: true,
  },
  {
    ...WOOCOMMERCE,
    name: 'woocommerce',
    open: (options) => createWoocommerceShop(toSandbox(options)),
    seen: SEEN_OF_WOOCOMMERCE,
    wrongKey: { consumerSecret: 'cs_wrong0815' },
  },
  {
    ...WOOCOMMERCE,
    name: 'woocommerce, with posts storage',
    open: (options) => createWoocommerceShop({ ...toSandbox(options), storage: 'posts', refundsMoveOrders: false }),
    seen: { ...SEEN_OF_WOOCOMMERCE, edit: SWEEP, touch: SWEEP, 'change-email': SWEEP },
    wrongKey: { consumerKey: 'ck_wrong0815' },
  },
  {
    name: 'prestashop',
    type: 'prestashop',
    open: (options) => createPrestashopShop(toSandbox(options)),
    idOf: String,
    seen: {
      edit: AT_ONCE,
      pay: AT_ONCE,
      cancel: AT_ONCE,
      refund: AT_ONCE,
      touch: AT_ONCE,
      'delete-refund': SWEEP,
      destroy: SWEEP,
    },
    wrongKey: { key: 'WRONG0815WRONG0815WRONG0815WRONG' },
    smallPages: {},
    severalPages: 430,
  },
  {
    name: 'vendure',
    type: 'vendure',
    open: (options) => createVendureShop(toSandbox(options)),
    idOf: String,
    seen: {
      edit: AT_ONCE,
      cancel: AT_ONCE,
      pay: SWEEP,
      refund: SWEEP,
      touch: SWEEP,
      'change-email': SWEEP,
      destroy: SWEEP,
    },
    wrongKey: { apiKey: 'wrong-key-0815' },
    smallPages: { pageSize: 3 },
    severalPages: 20,
  },
]

/** Sandboxes stand still while a hook does what needs no waiting. */
function toSandbox({ startedAt, onList, ...options }: RigOptions): ShopServerOptions {
  return {
    ...options,
    clock: createShopClock(startedAt),
    ...(onList !== undefined && { onList: () => void onList() }),
  }
}

function withSource(shop: ShopServer, changes: Readonly<Record<string, unknown>>): ShopServer {
  return { ...shop, source: { ...shop.source, ...changes } }
}

/** A shop that hands its book out as a file. It has no server, so that nothing goes wrong there. */
export interface FileShop extends ShopServer {
  /** Writes the book down as it is. `spoil`: the order whose amount cannot be read. */
  publish(spoil?: number): void
}

/** A file shop in a folder of its own. */
export function openFileShop({ clock = createShopClock() }: ShopServerOptions = {}): FileShop {
  const always = { edit: true, pay: true, cancel: true, refund: true, touch: true, 'change-email': true }
  const book = createBook(clock, { precisionMs: 1, movesUpdated: always })
  const folder = mkdtempSync(join(tmpdir(), 'scontrino-shop-'))
  const path = join(folder, 'orders.csv')
  const columns = {
    order: 'Id',
    placedAt: 'Date',
    email: 'Email',
    total: 'Total',
    refunded: 'Refunded',
    state: 'Status',
  }
  return {
    url: 'file:',
    book,
    clock,
    faults: createShopFaults(),
    source: { type: 'file', path, rows: 'orders', timezone: 'UTC', currency: { column: 'Currency' }, columns },
    publish(spoil) {
      const rows = [...book.orders.values()].map((order) => toRow(order, order.id === spoil))
      writeFileSync(path, ['Id,Date,Email,Total,Currency,Refunded,Status', ...rows, ''].join('\n'))
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

function toRow(order: BookOrder, isSpoilt: boolean): string {
  const { id, placedAt, email, totalMinor, currency, refunds, state } = order
  const refunded = refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)
  const total = isSpoilt ? 'n/a' : toMajorText(totalMinor, currency)
  return [id, placedAt.toISOString(), email ?? '', total, currency, toMajorText(refunded, currency), state].join(',')
}
