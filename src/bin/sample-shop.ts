import type { SandboxShop } from '../cli/shop-kinds.ts'
import { createPrestashopShop } from '../sandbox/prestashop/index.ts'
import { generateShop } from '../sandbox/shop/generate.ts'
import type { ShopTruth } from '../sandbox/shop/truth.ts'
import { fillBook } from '../sandbox/shop-server/fill-book.ts'
import type { ShopServer, ShopServerOptions } from '../sandbox/shop-server/shop-server.ts'
import { createShopifyShop } from '../sandbox/shopify/index.ts'
import { createWoocommerceShop } from '../sandbox/woocommerce/index.ts'

const SHOPS: Readonly<Record<SandboxShop, (options: ShopServerOptions) => Promise<ShopServer>>> = {
  shopify: createShopifyShop,
  woocommerce: createWoocommerceShop,
  prestashop: createPrestashopShop,
}

/** A running shop of a platform with three years of sample orders, and what a perfect program would find in it. */
export async function openSampleShop(
  shop: SandboxShop,
  { port }: { port: number },
): Promise<ShopServer & { truth: ShopTruth }> {
  const server = await SHOPS[shop]({ port, timezone: 'Europe/Rome', currency: 'EUR' })
  return { ...server, truth: fillBook(server.book, generateShop({ to: startOfToday(), category: 'fashion' })) }
}

/** The end of the sample: what happens later today is not made up. */
export function startOfToday(): Date {
  return new Date(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`)
}
