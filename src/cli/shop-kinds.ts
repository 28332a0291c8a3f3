/** Shops that come with the program, to rehearse against. */
export const SANDBOX_SHOPS = ['shopify', 'woocommerce', 'prestashop'] as const
/** As people write them. */
export const SHOP_TITLES = { shopify: 'Shopify', woocommerce: 'WooCommerce', prestashop: 'PrestaShop' } as const
export type SandboxShop = (typeof SANDBOX_SHOPS)[number]

/** What a first configuration can be written for. */
export const CONFIG_SOURCES = ['file', ...SANDBOX_SHOPS, 'vendure'] as const
export type ConfigSource = (typeof CONFIG_SOURCES)[number]

/** What the demo can read its orders from. */
export const DEMO_SHOPS = ['file', ...SANDBOX_SHOPS] as const
export type DemoShop = (typeof DEMO_SHOPS)[number]
