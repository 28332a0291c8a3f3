import { z } from 'zod'
import { AbortedError, AuthError, RemoteRejectedError, ScontrinoError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import { startInUtc } from '../../reading/timing-config.ts'
import { fetchAccess, hidesOrdersSince, type ShopAccess, seesAllOrders, VISIBLE_DAYS } from './access.ts'
import { API_VERSION, type ShopifyClient } from './client.ts'
import { FIRST_ORDER } from './documents.ts'
import type { ShopifySourceConfig } from './schema.ts'

const DAY_MS = 86_400_000
const NO_MERGES = 'the key lacks read_customer_merge: merged customers are noticed with their next order, not at once'

/** Reach, scopes, currency, time zone, plan and version; and whether the key sees as much of the past as is wanted. */
export async function checkShopify(
  name: string,
  config: ShopifySourceConfig,
  client: ShopifyClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  const subject = `source ${name}`
  try {
    const access = await fetchAccess(client, signal)
    const scopes = describeScopes(subject, access)
    const shop = [...describeShop(subject, config, access), ...scopes]
    if (scopes.some(({ level }) => level === 'problem')) return shop
    return [...shop, ...(await describePast(subject, config, access, client, signal))]
  } catch (error) {
    if (!(error instanceof ScontrinoError) || error instanceof AbortedError) throw error
    const isRefused = error instanceof AuthError || error instanceof RemoteRejectedError
    const action = isRefused
      ? 'Look at shop, and at accessToken or clientId, clientSecret and refreshToken; is the app installed?'
      : 'Try again; if it stays, see docs/errors.md.'
    return [{ level: 'problem', subject, message: error.message, action, code: error.code }]
  }
}

function describeShop(subject: string, config: ShopifySourceConfig, access: ShopAccess): Finding[] {
  const { name, domain, plan, currency, timezone, apiVersion } = access
  const version = apiVersion === undefined ? 'API version not told' : `API version ${apiVersion}`
  const message = `${name} (${domain}, plan ${plan}) answers; currency ${currency}, time zone ${timezone}; ${version}`
  const findings: Finding[] = [{ level: 'ok', subject, message, currencies: [currency] }]
  if (domain !== config.shop) {
    const action = 'Correct shop, or give the key of that shop: webhooks of another shop are refused.'
    findings.push({ level: 'warning', subject, message: `the key is of ${domain}, not of ${config.shop}`, action })
  }
  if (apiVersion !== undefined && apiVersion !== API_VERSION) {
    const action = 'Update Scontrino: fields may have changed their meaning.'
    const asked = `Shopify answered with API version ${apiVersion}, asked for was ${API_VERSION}`
    findings.push({ level: 'warning', subject, message: asked, action })
  }
  return findings
}

function describeScopes(subject: string, { scopes }: ShopAccess): Finding[] {
  const missing = ['read_orders', 'read_customers'].filter(
    (scope) => !scopes.has(scope) && !scopes.has(scope.replace('read', 'write')),
  )
  if (missing.length === 0) {
    const fine: Finding = { level: 'ok', subject, message: 'the key may read orders and customers' }
    return scopes.has('read_customer_merge') ? [fine] : [fine, { level: 'note', subject, message: NO_MERGES }]
  }
  const action = 'Grant the app these scopes and install it again.'
  const message = `the key lacks ${missing.join(' and ')}`
  return [{ level: 'problem', subject, message, action, code: 'E_AUTH' }]
}

async function describePast(
  subject: string,
  config: ShopifySourceConfig,
  access: ShopAccess,
  client: ShopifyClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (hidesOrdersSince(access, startInUtc(config.since))) {
    const earliest = new Date(access.now.getTime() - (VISIBLE_DAYS - 1) * DAY_MS).toISOString().slice(0, 10)
    const message = `the key lacks read_all_orders: Shopify leaves out orders older than ${VISIBLE_DAYS} days without saying so`
    const action = `Grant the app read_all_orders, or read only what is visible with since: ${earliest}`
    return [{ level: 'problem', subject, message, action, code: 'E_AUTH' }]
  }
  if (!seesAllOrders(access)) {
    const message = `without read_all_orders a change of an order older than ${VISIBLE_DAYS} days, such as a refund, is never seen`
    return [{ level: 'warning', subject, message, action: 'Grant the app read_all_orders.' }]
  }
  return await describeOldest(subject, access, client, signal)
}

/** A scope that is listed but not yet at work shows as an oldest order just within the visible days. */
async function describeOldest(
  subject: string,
  access: ShopAccess,
  client: ShopifyClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { data } = await client.ask({
    document: FIRST_ORDER,
    variables: { query: null, sortKey: 'CREATED_AT' },
    answer: z.object({ orders: z.object({ nodes: z.array(z.object({ createdAt: z.string() })) }) }),
    what: 'looking for the oldest Shopify order',
    needs: 'read_orders',
    signal,
  })
  const oldest = data.orders.nodes[0]
  if (oldest === undefined) {
    return [{ level: 'note', subject, message: 'the shop has no orders yet' }]
  }
  const day = oldest.createdAt.slice(0, 10)
  const ageDays = (access.now.getTime() - Date.parse(oldest.createdAt)) / DAY_MS
  const shopDays = (access.now.getTime() - access.createdAt.getTime()) / DAY_MS
  if (ageDays > VISIBLE_DAYS - 2 && ageDays <= VISIBLE_DAYS && shopDays > VISIBLE_DAYS + 30) {
    const message = `the oldest visible order is of ${day}, just ${VISIBLE_DAYS} days ago, though the shop is older`
    const action = 'See whether older orders exist; read_all_orders may be listed and not yet at work.'
    return [{ level: 'warning', subject, message, action }]
  }
  return [{ level: 'ok', subject, message: `orders are visible back to the oldest, of ${day}` }]
}
