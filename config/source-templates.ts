/** A first entry of `sources` for every type, commented, from its type on, at the left margin. */
export const SOURCE_TEMPLATES = {
  file: `type: file
path: ./orders.csv                # ← relative to this file; .csv .tsv .jsonl, plain or .gz; "-" is standard input
rows: orders                      # ← orders: one row per order; lines: one row per order line
timezone: Europe/Rome             # ← of instants without an offset
currency: EUR                     # ← or { column: Currency }
columns:                          # ← what it means: the name of the column
  order: Order
  placedAt: Date
  email: Email
  total: Total
`,
  shopify: `type: shopify
shop: my-shop.myshopify.com       # ← the shop's own domain
clientId: "\${SHOPIFY_CLIENT_ID}"          # of an app with read_orders, read_customers and read_all_orders,
clientSecret: "\${SHOPIFY_CLIENT_SECRET}"  # which also signs webhooks; other kinds of keys: docs/sources/shopify.md
# since: 2024-01-01               # orders placed before this date are not read
`,
  woocommerce: `type: woocommerce
url: https://shop.example         # ← the shop's Site Address, with its folder, without /wp-json
consumerKey: "\${WOOCOMMERCE_KEY}"         # WooCommerce > Settings > Advanced > REST API, permission Read
consumerSecret: "\${WOOCOMMERCE_SECRET}"
# webhookSecrets: ["\${WOOCOMMERCE_WEBHOOK_SECRET}"]   # with webhooks: their Secret
# states: { shipped: placed }     # the shop's own order statuses → placed, pending, cancelled, failed, draft, deleted
# since: 2024-01-01               # orders placed before this date are not read
`,
  prestashop: `type: prestashop
url: https://shop.example         # ← what stands before /api, with the shop's folder
key: "\${PRESTASHOP_KEY}"                  # Advanced Parameters > Webservice: GET on six resources, docs/sources/prestashop.md
timezone: Europe/Rome             # ← of the shop (International > Localization)
# states: { 15: placed }          # ids of the shop's own order states → placed, pending, cancelled, failed
# since: 2024-01-01               # orders placed before this date are not read
`,
  vendure: `type: vendure
url: https://shop.example         # ← what stands before /admin-api
apiKey: "\${VENDURE_API_KEY}"              # of a role with ReadOrder and ReadCustomer
channel: "\${VENDURE_CHANNEL_TOKEN}"       # leave it unset for the default channel, which has the orders of all channels
# states: { Packed: placed }      # states of a custom order process → placed, pending, cancelled, failed, draft
# since: 2024-01-01               # orders placed before this date are not read
`,
} as const

/** A type of source that a first configuration can be written for. */
export type TemplateSource = keyof typeof SOURCE_TEMPLATES
