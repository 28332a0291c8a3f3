import { z } from 'zod'
import { AuthError, ContractError } from '../../core/errors.ts'
import type { ShopifyClient } from './client.ts'
import { SHOP_ACCESS } from './documents.ts'

/** The shop, and what the key may do in it. */
export interface ShopAccess {
  readonly name: string
  readonly domain: string
  readonly createdAt: Date
  readonly currency: string
  readonly timezone: string
  readonly plan: string
  readonly scopes: ReadonlySet<string>
  /** The shop's own clock. */
  readonly now: Date
  /** Which version answered; another one than asked for where that has expired. */
  readonly apiVersion: string | undefined
}

/** Without `read_all_orders` older orders are left out of every answer, without a word. */
export const VISIBLE_DAYS = 60

const DAY_MS = 86_400_000

const answer = z.object({
  shop: z.object({
    name: z.string(),
    myshopifyDomain: z.string(),
    createdAt: z.string(),
    currencyCode: z.string(),
    ianaTimezone: z.string(),
    plan: z.object({ publicDisplayName: z.string() }),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
})

/** One query that needs no scope. */
export async function fetchAccess(client: ShopifyClient, signal: AbortSignal): Promise<ShopAccess> {
  const what = 'looking at the Shopify shop'
  const { data, now, apiVersion } = await client.ask({
    document: SHOP_ACCESS,
    answer,
    what,
    needs: 'to be installed',
    signal,
  })
  const { shop, currentAppInstallation } = data
  const createdAt = new Date(shop.createdAt)
  if (Number.isNaN(now.getTime()) || Number.isNaN(createdAt.getTime())) {
    throw new ContractError(`${what}: the answer says no time`)
  }
  return {
    name: shop.name,
    domain: shop.myshopifyDomain,
    createdAt,
    currency: shop.currencyCode,
    timezone: shop.ianaTimezone,
    plan: shop.plan.publicDisplayName,
    scopes: new Set(currentAppInstallation.accessScopes.map(({ handle }) => handle)),
    now,
    apiVersion,
  }
}

/** Whether the key sees orders of every age. */
export function seesAllOrders({ scopes }: Pick<ShopAccess, 'scopes'>): boolean {
  return scopes.has('read_all_orders') || scopes.has('write_all_orders')
}

/** Where orders begin that the key sees; the shop's beginning where it sees all. */
function visibleFrom(access: Pick<ShopAccess, 'scopes' | 'now'>): Date {
  return seesAllOrders(access) ? new Date(0) : new Date(access.now.getTime() - VISIBLE_DAYS * DAY_MS)
}

/**
 * Whether orders placed since `from` may exist that the key does not see.
 * A shop younger than what is visible has none, whatever was imported into it.
 */
export function hidesOrdersSince(access: ShopAccess, from: Date): boolean {
  const visible = visibleFrom(access)
  return from < visible && access.createdAt < visible
}

/** @throws AuthError when a reading from `from` on would leave out orders without knowing. */
export function refuseHiddenHistory(access: ShopAccess, from: Date): void {
  if (!hidesOrdersSince(access, from)) return
  const earliest = new Date(visibleFrom(access).getTime() + DAY_MS).toISOString().slice(0, 10)
  throw new AuthError(
    `reading Shopify orders: the key lacks read_all_orders, and without it Shopify leaves out orders older than ` +
      `${VISIBLE_DAYS} days without saying so. Grant the app read_all_orders, or read only what is visible with ` +
      `since: ${earliest}`,
    { needs: 'read_all_orders' },
  )
}
