import { CATEGORIES, type ShopCategory } from './category.ts'
import { SHOP_COLUMNS } from './order-text.ts'

/** What a configuration for a sample shop has to know. */
export interface ShopConfigOptions {
  /** The shop: a file of orders, relative to the configuration, or what a sandbox shop says is to stand under its key. */
  readonly source: { readonly path: string } | Readonly<Record<string, unknown>>
  readonly klaviyoUrl: string
  /** Default a key that the sandbox accepts. */
  readonly apiKey?: string
  /** Default fashion; it decides where low, mid and high part. */
  readonly category?: ShopCategory
  /** Default EUR; with `priceLevel` as the shop was made up with. */
  readonly currency?: string
  readonly priceLevel?: number
  /** Default Europe/Rome. */
  readonly timezone?: string
  /** Default main. */
  readonly account?: string
}

/** The text of a `scontrino.yaml` that syncs a sample shop's file with three segments by AOV: high, mid and low. */
export function shopConfigYaml(options: ShopConfigOptions): string {
  const { currency = 'EUR', timezone = 'Europe/Rome', account = 'main', apiKey = 'pk_sandbox' } = options
  const [low, high] = CATEGORIES[options.category ?? 'fashion'].bands.map((euros) => euros * (options.priceLevel ?? 1))
  const [lowText, highText] = [toPrice(low ?? 0, currency), toPrice(high ?? 0, currency)]
  // JSON texts are YAML texts.
  const quoted = (text: string): string => JSON.stringify(text)
  return `accounts:
  ${account}:
    klaviyo: { apiKey: ${quoted(apiKey)}, baseUrl: ${quoted(options.klaviyoUrl)} }
    currency: ${currency}
    timezone: ${timezone}
    aov: { policy: net }                # total less refunds
    profiles: create                    # every customer with an address becomes a profile
    bands: [${low}, ${high}]
    sources:
      shop:
${sourceYaml(options.source, currency)}    segments:
      - { key: high, name: ${quoted(`AOV | High > ${highText}`)}, where: { aov: { gt: ${high} } } }
      - { key: mid,  name: ${quoted(`AOV | Mid ${lowText}–${(high ?? 0).toLocaleString('en-GB')}`)}, where: { aov: { between: [${low}, ${high}] } } }
      - { key: low,  name: ${quoted(`AOV | Low < ${lowText}`)}, where: { aov: { lt: ${low} } } }
`
}

function sourceYaml(source: ShopConfigOptions['source'], currency: string): string {
  if (!('path' in source)) {
    return Object.entries(source)
      .map(([key, value]) => `        ${key}: ${JSON.stringify(value)}\n`)
      .join('')
  }
  return `        type: file
        path: ${JSON.stringify(source.path)}
        rows: orders                    # one row is one order
        timezone: UTC
        currency: ${currency}
        columns:
${SHOP_COLUMNS.map((name) => `          ${name}: ${name}\n`).join('')}`
}

function toPrice(amount: number, currency: string): string {
  const format = { style: 'currency', currency, maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat('en-GB', format).format(amount)
}
