import { fillBasket } from './basket.ts'
import type { CategoryHabits } from './category.ts'
import { describeCustomer } from './customer.ts'
import { decideFate } from './fate.ts'
import type { Random } from './random.ts'
import type { Visit } from './return-queue.ts'
import type { SampleOrder } from './sample-order.ts'
import type { Season } from './season.ts'

/** What is the same for all orders of a shop. */
interface SellerOptions {
  readonly season: Season
  readonly habits: CategoryHabits
  /** The end of the sampled time. */
  readonly asOf: Date
  readonly currency: string
  readonly priceLevel: number
}

/** Turns visits into orders with running numbers. `at` in shop time, see `season.ts`. */
interface Seller {
  sellToCustomer(visit: Visit): SampleOrder
  /** Somebody who leaves no address. */
  sellToGuest(at: number): SampleOrder
  /** The staff place a test order. */
  tryTill(at: number): SampleOrder
}

type Buyer = Pick<SampleOrder, 'email' | 'customer' | 'country' | 'channel' | 'test'>

const FIRST_NUMBER = 1001
const BY_APP = 0.2
const GUEST: Buyer = { email: null, customer: null, country: 'IT', channel: 'pos', test: false }
const STAFF: Buyer = { email: 'till@example.com', customer: 'C000000', country: 'IT', channel: 'pos', test: true }

/** A shop that has sold nothing yet. */
export function createSeller(random: Random, options: SellerOptions): Seller {
  const { season, habits, asOf, currency, priceLevel } = options
  let number = FIRST_NUMBER

  function write(at: number, size: { median: number; sigma: number }, buyer: Buyer): SampleOrder {
    const placedAt = season.toInstant(at)
    const basket = fillBasket(random, { ...size, sale: season.isSale(placedAt), currency, priceLevel })
    const fate = decideFate(random, { placedAt, totalMinor: basket.totalMinor }, buyer.test ? 0 : habits.refunded, asOf)
    return { order: String(number++), placedAt, currency, ...buyer, ...basket, ...fate }
  }

  return {
    sellToCustomer({ at, customer, ordersBefore, purse }) {
      const isFirstBasket = ordersBefore === 0 || random.chance(habits.firstBasketAgain)
      const { median, sigma } = isFirstBasket ? habits.firstBasket : habits.laterBasket
      const channel = random.chance(BY_APP) ? 'app' : 'online'
      const buyer = { ...describeCustomer(random, customer), channel, test: false } as const
      return write(at, { median: median * purse, sigma }, buyer)
    },
    sellToGuest: (at) => write(at, habits.firstBasket, GUEST),
    tryTill: (at) => write(at, habits.firstBasket, STAFF),
  }
}
