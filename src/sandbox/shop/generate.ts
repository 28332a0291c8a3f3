import { readArrivals } from './arrivals.ts'
import { CATEGORIES, type CategoryHabits, type ShopCategory } from './category.ts'
import { createRandom, type Random } from './random.ts'
import { createReturnQueue, type Visit } from './return-queue.ts'
import type { SampleOrder } from './sample-order.ts'
import { createSeason } from './season.ts'
import { createSeller } from './seller.ts'

/** Which shop to make up. */
export interface ShopOptions {
  /** The end of the sampled time: what would happen to an order later has not happened. */
  readonly to: Date
  /** Default: three years of 365 days before `to`. Whole days are sampled from here on. */
  readonly from?: Date
  /** Any integer; default 1. The same options give the same orders on the same version of Node. */
  readonly seed?: number
  /** How many leave an address, default 5,000; guests and test orders come on top. */
  readonly customers?: number
  /** ISO 4217; default EUR. */
  readonly currency?: string
  /** What a euro's worth of goods costs in that currency, such as 160 for JPY; default 1. */
  readonly priceLevel?: number
  /** Default fashion. */
  readonly category?: ShopCategory
  /** Probability of coming back after the first order and after each later one; default the category's. */
  readonly returning?: CategoryHabits['returning']
}

const YEARS_MS = 3 * 365 * 86_400_000
const GUESTS = 0.12
const TESTS = 0.01
const PURSE_SIGMA = 0.35

/**
 * Makes up a shop's orders, in the order in which they were placed. Memory grows with the customers who will come back,
 * not with the orders.
 */
export function* generateShop(options: ShopOptions): Generator<SampleOrder> {
  const { to, from = new Date(to.getTime() - YEARS_MS), seed = 1, customers = 5_000, currency = 'EUR' } = options
  const category = CATEGORIES[options.category ?? 'fashion']
  const habits = { ...category, returning: options.returning ?? category.returning }
  const random = createRandom(seed)
  const season = createSeason(from, to)
  if (season.days === 0) return
  const seller = createSeller(random, { season, habits, asOf: to, currency, priceLevel: options.priceLevel ?? 1 })
  const returning = createReturnQueue()
  const counts = { customer: customers, guest: Math.round(customers * GUESTS), test: Math.round(customers * TESTS) }

  let number = 0
  for (const arrival of readArrivals(random, counts, season.days)) {
    yield* returnsUntil(arrival.at)
    if (arrival.kind === 'customer') {
      number++
      yield* visit({ at: arrival.at, customer: number, ordersBefore: 0, purse: random.logNormal(1, PURSE_SIGMA) })
    } else {
      yield arrival.kind === 'guest' ? seller.sellToGuest(arrival.at) : seller.tryTill(arrival.at)
    }
  }
  yield* returnsUntil(season.days)

  function* returnsUntil(end: number): Generator<SampleOrder> {
    for (let next = returning.peek(); next !== undefined && next.at < end; next = returning.peek()) {
      returning.take()
      yield* visit(next)
    }
  }

  function* visit(now: Visit): Generator<SampleOrder> {
    const next = nextVisit(random, habits, now)
    if (next !== null && next.at < season.days) returning.add(next)
    yield seller.sellToCustomer(now)
  }
}

function nextVisit(random: Random, { returning, interval }: CategoryHabits, now: Visit): Visit | null {
  if (!random.chance(now.ordersBefore === 0 ? returning.first : returning.later)) return null
  const days = random.logNormal(interval.medianDays * interval.shrink ** now.ordersBefore, 0.6)
  // At least a day, so that no two orders of a customer share an instant.
  return { ...now, at: now.at + Math.max(1, days), ordersBefore: now.ordersBefore + 1 }
}
