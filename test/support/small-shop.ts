import { generateShop } from '../../src/sandbox/shop/generate.ts'
import { headerText, orderText } from '../../src/sandbox/shop/order-text.ts'
import { createTally, type ShopTruth } from '../../src/sandbox/shop/truth.ts'

const DAY_MS = 86_400_000

/** A made-up shop of some hundred orders as a CSV, and what a perfect program finds in it. */
export interface SmallShop {
  readonly csv: string
  readonly truth: ShopTruth
}

/** All of it within the last 200 days, so that no order leaves the twelve months while a test runs. */
export function makeSmallShop({ customers = 150, seed = 1 } = {}): SmallShop {
  const to = new Date(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`)
  const tally = createTally()
  let csv = headerText('csv')
  for (const order of generateShop({ to, from: new Date(to.getTime() - 200 * DAY_MS), customers, seed })) {
    tally.add(order)
    csv += orderText(order, 'csv')
  }
  return { csv, truth: tally.truth() }
}
