import { resolve } from 'node:path'
import { reference } from './account-yaml.ts'

/** A real gift shop's 541,909 lines, which are not part of the project: tests that read them are skipped without. */
export const REAL_SHOP_PATH = resolve(import.meta.dirname, '../../../shared/data/uci_online_retail.csv.gz')

/** Its source, as the configuration describes it. */
export const REAL_SHOP_SOURCE = {
  type: 'file',
  path: REAL_SHOP_PATH,
  rows: 'lines',
  timezone: 'Europe/London',
  currency: 'GBP',
  columns: {
    order: 'InvoiceNo',
    placedAt: 'InvoiceDate',
    email: '{CustomerID}@example.com',
    quantity: 'Quantity',
    unitPrice: 'UnitPrice',
  },
  cancellations: { order: { startsWith: 'C' } },
  skip: [{ column: 'UnitPrice', lte: 0 }],
}

interface Settings {
  readonly policy?: string
  readonly profiles?: string
  readonly high?: number
}

/** The whole configuration, in the words that users are shown. */
export function realShopYaml({ policy = 'gross', profiles = 'create', high = 500 }: Settings = {}): string {
  return `accounts:
  main:
    klaviyo: { apiKey: "${reference('KLAVIYO_API_KEY')}", baseUrl: "${reference('KLAVIYO_BASE_URL')}" }   # baseUrl optional, default https://a.klaviyo.com
    currency: GBP
    timezone: Europe/London
    aov: { policy: ${policy} }            # net (default) | gross | shopify | spelled out
    profiles: ${profiles}                  # create | update-existing
    sources:
      shop:
        type: file
        path: ${REAL_SHOP_PATH}
        rows: lines                   # orders | lines (several rows make one order)
        timezone: Europe/London       # of instants without an offset
        currency: GBP                 # a constant, or { column: … }
        columns:
          order: InvoiceNo
          placedAt: InvoiceDate
          email: "{CustomerID}@example.com"   # a column, or a template; empty when a column in it is empty
          quantity: Quantity
          unitPrice: UnitPrice
        cancellations: { order: { startsWith: "C" } }    # such an order is a refund
        skip: [{ column: UnitPrice, lte: 0 }]
    segments:
      - { key: high, name: "AOV | High > £500", where: { aov: { gt: ${high} } } }
      - { key: low,  name: "AOV | Low < £200",  where: { aov: { lt: 200 } } }
      - { key: mid,  name: "AOV | £200–500",    where: { aov: { between: [200, 500] } } }
    schedule: { sync: "*/15 * * * *" }
`
}
