import { z } from 'zod'
import { RemoteUnavailableError } from '../../core/errors.ts'
import { downloadLines } from '../../lib/download-lines.ts'
import { tailOf } from './gid.ts'
import { rawOrder, type ShopifyRecord, toRecord } from './record.ts'
import { type WireBag, wireLine, wireTransaction } from './wire.ts'

const IDLE_MS = 60_000
const what = 'downloading a bulk export of Shopify orders'

const child = z.looseObject({ __parentId: z.string() })
const transactions = z.object({ transactions: z.array(wireTransaction) })

/**
 * The orders of an export, in its order. A line names its order by `__parentId` and may stand anywhere, so the text is
 * read twice: first for the few lines that are gift cards, which are kept, then for the orders.
 * @throws RemoteRejectedError when its address has expired; RemoteUnavailableError when it is torn.
 */
export async function* readExport(url: string, orders: number, signal: AbortSignal): AsyncGenerator<ShopifyRecord> {
  const giftCards = new Map<string, WireBag[]>()
  let counted = 0
  for await (const parsed of readJsonLines(url, signal)) {
    const line = child.safeParse(parsed)
    if (!line.success) counted += 1
    else collectGiftCard(line.data, giftCards)
  }
  if (counted !== orders) {
    throw new RemoteUnavailableError(`${what}: it has ${counted} orders where Shopify says ${orders}`)
  }
  for await (const parsed of readJsonLines(url, signal)) {
    if (child.safeParse(parsed).success) continue
    const raw = rawOrder.safeParse(parsed)
    if (!raw.success) throw new RemoteUnavailableError(`${what}: an order has no id`)
    const own = transactions.safeParse(raw.data)
    // Where the transactions cannot be read, none are given: the order is then asked for alone.
    const more = own.success
      ? { transactions: own.data.transactions, giftCards: giftCards.get(raw.data.id) ?? [] }
      : undefined
    yield toRecord(raw.data, tailOf(raw.data.id), more)
  }
}

function collectGiftCard(line: z.infer<typeof child>, found: Map<string, WireBag[]>): void {
  const parsed = wireLine.safeParse(line)
  if (!parsed.success || !parsed.data.isGiftCard) return
  const amounts = found.get(line.__parentId)
  if (amounts === undefined) found.set(line.__parentId, [parsed.data.discountedTotalSet])
  else amounts.push(parsed.data.discountedTotalSet)
}

async function* readJsonLines(url: string, signal: AbortSignal): AsyncGenerator<unknown> {
  for await (const line of downloadLines({ url, what, idleMs: IDLE_MS, signal })) {
    try {
      yield JSON.parse(line)
    } catch {
      throw new RemoteUnavailableError(`${what}: a line of it is torn`)
    }
  }
}
