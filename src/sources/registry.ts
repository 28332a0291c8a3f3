import { createFileSource } from './file/index.ts'
import { fileSourceConfig } from './file/schema.ts'
import { createPrestashopSource } from './prestashop/index.ts'
import { prestashopSourceConfig } from './prestashop/schema.ts'
import { createShopifySource } from './shopify/index.ts'
import { shopifySourceConfig } from './shopify/schema.ts'
import { defineSourceType } from './source-type.ts'
import { createVendureSource } from './vendure/index.ts'
import { vendureSourceConfig } from './vendure/schema.ts'
import { createWoocommerceSource } from './woocommerce/index.ts'
import { woocommerceSourceConfig } from './woocommerce/schema.ts'

/**
 * Every kind of source: the `type` of its configuration → its zod schema, and what makes the source from the name it
 * has in the configuration and its settings. A new shop platform is one folder here and one line.
 */
export const SOURCE_TYPES = {
  file: defineSourceType(fileSourceConfig, (name, config) => createFileSource(name, config)),
  shopify: defineSourceType(shopifySourceConfig, createShopifySource),
  prestashop: defineSourceType(prestashopSourceConfig, createPrestashopSource),
  vendure: defineSourceType(vendureSourceConfig, createVendureSource),
  woocommerce: defineSourceType(woocommerceSourceConfig, createWoocommerceSource),
} as const
