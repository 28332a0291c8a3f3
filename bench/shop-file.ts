import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateShop } from '../src/sandbox/shop/generate.ts'
import type { SampleOrder } from '../src/sandbox/shop/sample-order.ts'
import type { ShopTruth } from '../src/sandbox/shop/truth.ts'
import { writeShopFile } from '../src/sandbox/shop/write-file.ts'

/** An order whose customer the benchmarks let buy again. */
export interface KnownBuyer {
  readonly email: string
  readonly customer: string
  readonly placedAtMs: number
}

/** A file of orders, JSON Lines, and what is known about it. */
export interface ShopFile {
  /** Absolute. */
  readonly path: string
  readonly truth: ShopTruth
  /** Different customers who bought in the last 30 days, at most 1,000. */
  readonly recentBuyers: readonly KnownBuyer[]
  /** Different customers from all over the time, at most 10,000. */
  readonly buyers: readonly KnownBuyer[]
}

const ORDERS_PER_CUSTOMER = 5
/** A shop of regulars, so that its customers come to five orders each, and a few more, which are cut off. */
const RETURNING = { first: 0.79, later: 0.9 }
const DAY_MS = 86_400_000

/**
 * A sample shop of so many orders (a few less where chance has it so), five per customer, over the three years before the first of this month. Made
 * once and kept in `folder` under the parameters' names.
 */
export async function prepareShopFile(folder: string, orders: number): Promise<ShopFile> {
  const now = new Date()
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  const name = `shop-${orders}-${to.toISOString().slice(0, 7)}`
  const path = join(folder, `${name}.jsonl`)
  const notesPath = join(folder, `${name}.json`)
  // The notes are written last: where they are, the file is complete.
  if (existsSync(notesPath)) return { path, ...JSON.parse(readFileSync(notesPath, 'utf8')) }

  mkdirSync(folder, { recursive: true })
  const shop = generateShop({ to, customers: Math.round((orders / ORDERS_PER_CUSTOMER) * 1.003), returning: RETURNING })
  const recent = createBuyerList(1_000, 1)
  const all = createBuyerList(10_000, Math.max(1, Math.floor(orders / 40_000)))

  function* watched(): Generator<SampleOrder> {
    for (const order of shop.take(orders)) {
      if (order.placedAt.getTime() > to.getTime() - 30 * DAY_MS) recent.offer(order)
      all.offer(order)
      yield order
    }
  }

  const truth = await writeShopFile(`${path}.part`, watched(), 'jsonl')
  renameSync(`${path}.part`, path)
  const notes = { truth, recentBuyers: recent.buyers(), buyers: all.buyers() }
  writeFileSync(notesPath, JSON.stringify(notes))
  return { path, ...notes }
}

/** Every `step`-th counted order whose customer is not in the list yet, until `limit`. */
function createBuyerList(limit: number, step: number) {
  const buyers = new Map<string, KnownBuyer>()
  let offered = 0
  return {
    offer({ email, customer, placedAt, test, state, refundedAt }: SampleOrder): void {
      if (email === null || customer === null || test || state !== 'placed' || refundedAt !== null) return
      if (offered++ % step !== 0 || buyers.size >= limit || buyers.has(customer)) return
      buyers.set(customer, { email: email.toLowerCase(), customer, placedAtMs: placedAt.getTime() })
    },
    buyers: () => [...buyers.values()],
  }
}
