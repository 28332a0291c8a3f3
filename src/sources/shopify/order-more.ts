import { z } from 'zod'
import type { ShopifyClient } from './client.ts'
import { FIRST_LINES, FIRST_TRANSACTIONS, LINES_OF_ORDER, TRANSACTIONS_BY_ID } from './documents.ts'
import { tailOf, toOrderGid } from './gid.ts'
import type { OrderMore, ShopifyRecord } from './record.ts'
import { type WireBag, type WireTransaction, wireLine, wireTransaction } from './wire.ts'

/** Ten orders with 30 transactions each stay under what a query may cost; so does one with 250. */
const ORDERS_AT_ONCE = 10
const MOST_TRANSACTIONS = 250

/** What decides whether a page's order has to be asked for more. */
const hint = z.object({
  totalRefundedSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
  lineItems: z.object({ nodes: z.array(z.object({ isGiftCard: z.boolean() })) }),
})

const transactionsAnswer = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string(),
        transactionsCount: z.object({ count: z.number() }).nullable(),
        transactions: z.array(z.unknown()),
      })
      .nullable(),
  ),
})
const allTransactions = z.array(wireTransaction)
const allLines = z.array(wireLine)

const linesAnswer = z.object({
  order: z
    .object({
      lineItems: z.object({
        nodes: z.array(z.unknown()),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
})

/**
 * What the page does not hold, by id: transactions where money went back, lines where there may be gift cards. Null
 * where that cannot be read; no entry for an order that has left the shop meanwhile.
 */
export async function fetchMore(
  client: ShopifyClient,
  records: readonly ShopifyRecord[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, OrderMore | null>> {
  const needs = records.filter(({ more }) => more === undefined).map((record) => ({ record, ...needsOf(record) }))
  const refunded = needs.flatMap(({ record, transactions }) => (transactions ? [record.externalId] : []))
  const transactions = await fetchTransactions(client, refunded, signal)
  const found = new Map<string, OrderMore | null>()
  for (const record of records) if (record.more !== undefined) found.set(record.externalId, record.more)
  for (const { record, ...need } of needs) {
    const refunds = need.transactions ? transactions.get(record.externalId) : []
    const giftCards = need.lines ? await fetchGiftCards(client, record.externalId, signal) : []
    if (refunds === undefined || giftCards === undefined) continue
    const isReadable = refunds !== null && giftCards !== null
    found.set(record.externalId, isReadable ? { transactions: refunds, giftCards } : null)
  }
  return found
}

function needsOf({ raw }: ShopifyRecord): { transactions: boolean; lines: boolean } {
  const parsed = hint.safeParse(raw)
  // It cannot be told: ask rather than lose a refund.
  if (!parsed.success) return { transactions: true, lines: true }
  const { totalRefundedSet, lineItems } = parsed.data
  return {
    transactions: !/^-?0*\.?0*$/.test(totalRefundedSet.shopMoney.amount),
    lines: lineItems.nodes.length >= FIRST_LINES || lineItems.nodes.some(({ isGiftCard }) => isGiftCard),
  }
}

async function fetchTransactions(
  client: ShopifyClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, readonly WireTransaction[] | null>> {
  const found = new Map<string, readonly WireTransaction[] | null>()
  const ask = async (asked: readonly string[], first: number): Promise<string[]> => {
    const cut: string[] = []
    const { data } = await client.ask({
      document: TRANSACTIONS_BY_ID,
      variables: { ids: asked.map(toOrderGid), first },
      answer: transactionsAnswer,
      what: 'reading refunds of Shopify orders',
      needs: 'read_orders',
      signal,
    })
    for (const node of data.nodes) {
      if (node === null) continue
      const isCut = (node.transactionsCount?.count ?? node.transactions.length) > node.transactions.length
      if (isCut) cut.push(tailOf(node.id))
      found.set(tailOf(node.id), isCut ? null : (allTransactions.safeParse(node.transactions).data ?? null))
    }
    return cut
  }
  for (let at = 0; at < ids.length; at += ORDERS_AT_ONCE) {
    const cut = await ask(ids.slice(at, at + ORDERS_AT_ONCE), FIRST_TRANSACTIONS)
    for (const id of cut) await ask([id], MOST_TRANSACTIONS)
  }
  return found
}

/** Null where a line cannot be read, undefined when the shop has no such order. */
async function fetchGiftCards(
  client: ShopifyClient,
  id: string,
  signal: AbortSignal,
): Promise<WireBag[] | null | undefined> {
  const found: WireBag[] = []
  for (let after: string | null = null; ; ) {
    const variables: Record<string, unknown> = { id: toOrderGid(id), after }
    const { data } = await client.ask({
      document: LINES_OF_ORDER,
      variables,
      answer: linesAnswer,
      what: 'reading lines of a Shopify order',
      needs: 'read_orders',
      signal,
    })
    if (data.order === null) return undefined
    const { nodes, pageInfo } = data.order.lineItems
    const lines = allLines.safeParse(nodes)
    if (!lines.success) return null
    for (const line of lines.data) if (line.isGiftCard) found.push(line.discountedTotalSet)
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) return found
    after = pageInfo.endCursor
  }
}
