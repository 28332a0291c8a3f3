import { z } from 'zod'
import { AbortedError, AuthError, RemoteRejectedError, ScontrinoError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import { authOf, isNoRoute, type WoocommerceClient } from './client.ts'
import { stateOf } from './map.ts'
import type { WoocommerceSourceConfig } from './schema.ts'

const order = z.object({ currency: z.string() })
const setting = z.object({ value: z.string() })
const index = z.object({ timezone_string: z.string().catch(''), gmt_offset: z.coerce.number().catch(Number.NaN) })
const webhook = z.object({ name: z.string().catch(''), topic: z.string().catch(''), status: z.string().catch('') })
const statusTotal = z.object({ slug: z.string(), total: z.coerce.number() })

const KEY_ACTION =
  'Make a key with permission “Read” under WooCommerce > Settings > Advanced > REST API, for a user who may see orders, ' +
  'and copy both parts of it.'
const WEBHOOKS_PAGE = 'WooCommerce > Settings > Advanced > Webhooks'

/** What `scontrino check` finds out about a shop: problems are findings, only a stop is thrown. */
export async function checkWoocommerce(
  name: string,
  client: WoocommerceClient,
  config: WoocommerceSourceConfig,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const subject = `source ${name}`
  const finding = (level: Finding['level'], message: string, action?: string): Finding => ({
    level,
    subject,
    message,
    ...(action !== undefined && { action }),
  })
  const fetchRecords = (path: string, query: Record<string, string>, what: string) =>
    client.fetchList({ path, query: { per_page: '100', ...query }, what, signal })

  async function checkOrders(): Promise<Finding[]> {
    const query = { per_page: '1', orderby: 'date', order: 'desc', _fields: 'id,currency' }
    const { records, total, date } = await fetchRecords('/orders', query, 'looking at the newest order')
    const currency = (await fetchCurrency()) ?? order.safeParse(records[0]).data?.currency
    const findings = [
      finding('ok', `the key may read orders (${total} of them); permission “Read” is all it needs`),
      currency === undefined
        ? finding('note', 'the shop does not say its currency, and has no order that would')
        : { ...finding('ok', `the shop’s currency is ${currency}`), currencies: [currency] },
    ]
    if (date === null) {
      findings.push(
        finding('problem', 'answers have no Date header, by which changes are read', 'Let it through to us.'),
      )
    }
    return findings
  }

  /** Undefined for a key whose user may not see settings. */
  async function fetchCurrency(): Promise<string | undefined> {
    const asking = { path: '/settings/general/woocommerce_currency', what: 'asking for the currency', signal }
    return await orElse(undefined, async () => setting.safeParse(await client.fetchOne(asking)).data?.value)
  }

  async function checkZone(): Promise<Finding> {
    const said = index.safeParse(await orElse(undefined, () => client.fetchIndex(signal))).data
    const offset =
      said === undefined || Number.isNaN(said.gmt_offset)
        ? ''
        : `UTC${said.gmt_offset < 0 ? '' : '+'}${said.gmt_offset}`
    const zone = said === undefined || said.timezone_string === '' ? offset : said.timezone_string
    const message = zone === '' ? 'the shop does not say its time zone' : `the shop’s time zone is ${zone}`
    return finding('note', `${message}; orders are read by UTC, whatever it is`)
  }

  async function checkRefunds(): Promise<Finding> {
    try {
      await fetchRecords('/refunds', { per_page: '1', _fields: 'id' }, 'looking for the list of refunds')
      return finding('ok', 'the list of refunds is there')
    } catch (error) {
      if (!isNoRoute(error)) throw error
      const { days, everyHours } = config.sweep
      return finding(
        'warning',
        `WooCommerce is older than 9.0 and lists no refunds: one that does not move its order’s date is seen by the ` +
          `sweep, within ${everyHours} h, on orders of the last ${days} days`,
        'Update WooCommerce, or let the sweep reach as far back as you refund.',
      )
    }
  }

  /** Nothing for a key whose user may not see reports. */
  async function checkStatuses(): Promise<Finding[]> {
    const asking = { path: '/reports/orders/totals', what: 'asking for the statuses', signal }
    const body = await orElse(undefined, () => client.fetchOne(asking))
    const unknown = (statusTotal.array().safeParse(body).data ?? []).filter(
      ({ slug }) => stateOf(slug, config.states ?? {}) === undefined,
    )
    if (unknown.length === 0) return []
    const list = unknown.map(({ slug, total }) => `${slug} (${total})`).join(', ')
    return [
      finding(
        'warning',
        `statuses of the shop’s own become dead letters: ${list}`,
        'Say under `states` what each means: placed, pending, cancelled, failed, draft or deleted.',
      ),
    ]
  }

  async function checkWebhooks(): Promise<Finding[]> {
    const list = await orElse(null, () => fetchRecords('/webhooks', {}, 'looking at the webhooks'))
    if (list === null) return [finding('note', 'the key’s user may not see webhooks, so they were not looked at')]
    const hooks = list.records.flatMap((record) => webhook.safeParse(record).data ?? [])
    const ours = hooks.filter(({ topic }) => topic.startsWith('order.'))
    const disabled = ours.filter(({ status }) => status === 'disabled')
    const active = ours.filter(({ status }) => status === 'active')
    const findings: Finding[] = []
    if (disabled.length > 0) {
      const names = disabled.map(({ name: hook, topic }) => `“${hook}” (${topic})`).join(', ')
      const message = `the shop has disabled webhooks after failed deliveries: ${names}`
      findings.push(finding('warning', message, `Set them to Active again under ${WEBHOOKS_PAGE}.`))
    }
    if (active.length > 0 && config.webhookSecrets === undefined) {
      const message = 'there are webhooks for orders and no `webhookSecrets`: if they come here, they are refused'
      findings.push(finding('note', message))
    }
    if (active.length === 0 && config.webhookSecrets !== undefined) {
      const wish = `for less delay add “Order created”, “updated”, “deleted” and “restored” under ${WEBHOOKS_PAGE}`
      findings.push(finding('note', `no webhook for orders is active, so changes wait for the next reading; ${wish}`))
    }
    return findings
  }

  const findings: Finding[] = []
  if (!config.url.toLowerCase().startsWith('https:')) {
    const message = 'plain http: keys are safe by signature, customers’ data is not'
    findings.push(finding('warning', message, 'Give the shop a certificate and use its https address.'))
  }
  try {
    findings.push(...(await checkOrders()))
    findings.push(await checkZone(), await checkRefunds())
    findings.push(...(await checkStatuses()), ...(await checkWebhooks()))
  } catch (error) {
    if (!(error instanceof ScontrinoError) || error instanceof AbortedError) throw error
    findings.push({ level: 'problem', subject, ...explain(error, config), code: error.code })
  }
  return findings
}

/** Some keys' users may read orders and little else: what they may not see is `otherwise`. */
async function orElse<T, U>(otherwise: U, look: () => Promise<T>): Promise<T | U> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof AuthError || error instanceof RemoteRejectedError) return otherwise
    throw error
  }
}

/** What else it may be when the key is right. */
function otherwise(config: WoocommerceSourceConfig): string {
  const auth = authOf(config)
  if (auth === 'oauth1')
    return 'If they are right, `url` is not the shop’s own address, letter for letter, or a clock is wrong.'
  if (!config.url.toLowerCase().startsWith('https:')) {
    return 'If they are right: over plain http WooCommerce takes only signatures; leave `auth` away, or use the https address.'
  }
  return auth === 'basic'
    ? 'If they are right, the server drops the header they are in: set `auth: query`.'
    : 'If they are right, the user of the key may not see orders.'
}

function explain(error: ScontrinoError, config: WoocommerceSourceConfig): { message: string; action: string } {
  if (error instanceof AuthError) {
    return { message: 'WooCommerce does not accept the key', action: `${KEY_ACTION} ${otherwise(config)}` }
  }
  if (error instanceof RemoteRejectedError && error.status === 404) {
    return isNoRoute(error)
      ? {
          message: 'this is WordPress, and WooCommerce with its REST API v3 is not there',
          action: 'Activate WooCommerce 5.8 or newer.',
        }
      : {
          message: 'there is no WordPress REST API at this address',
          action:
            'Look at `url`; if it is the shop’s, choose anything but “Plain” under Settings > Permalinks in WordPress.',
        }
  }
  if (error instanceof RemoteRejectedError && error.status >= 300 && error.status < 400) {
    return {
      message: 'the address leads on to another one',
      action: 'Set `url` to where a browser ends up: with https, with or without www.',
    }
  }
  return { message: error.message, action: 'Try again; if it stays, see docs/errors.md.' }
}
