import type { ShopServerOptions } from '../shop-server/shop-server.ts'

/** How to start a WooCommerce shop. */
export interface WoocommerceShopOptions extends ShopServerOptions {
  /** `hpos`: tables of its own, the default of new shops. `posts`: where WordPress keeps everything, as in old ones. */
  readonly storage?: 'hpos' | 'posts'
  /** The shop believes to be under https, as behind a proxy that ends TLS: then it takes Basic and keys in the address. */
  readonly behindTls?: boolean
  /** `false`: permalinks are “Plain”, and the web server knows no `/wp-json`. */
  readonly permalinks?: boolean
  /** `false`: WooCommerce before 9.0, which has no `/refunds`. */
  readonly refundList?: boolean
  /** `false`: refunds leave the order's date alone, as with some gateways and versions. */
  readonly refundsMoveOrders?: boolean
  /** WooCommerce's status → the shop's own, as a plug-in renames it. */
  readonly renamedStatuses?: Readonly<Record<string, string>>
}

/** The key of every sandbox shop. */
export const SANDBOX_KEY = {
  consumerKey: 'ck_5a4d9b0c3e7f1a2b6d8c4e0f9a1b3c5d7e2f4a60',
  consumerSecret: 'cs_0f6e2d4c8b1a3957e6d5c4b3a29180f7e6d5c4b3',
} as const

/** The secret of the webhooks of every sandbox shop. */
export const SANDBOX_WEBHOOK_SECRET = 'woocommerce-sandbox-webhook-secret'
