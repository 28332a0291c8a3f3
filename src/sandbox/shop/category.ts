/** What the shop sells: clothes, bought again and again, or coffee machines, after which people buy capsules. */
export type ShopCategory = 'fashion' | 'machines'

/** A kind of basket: half of them are worth less than `median`, in major units with tax. */
interface BasketSize {
  readonly median: number
  /** Standard deviation of the logarithm. */
  readonly sigma: number
}

/** How the customers of a category behave. Probabilities from 0 to 1. */
export interface CategoryHabits {
  readonly firstBasket: BasketSize
  readonly laterBasket: BasketSize
  /** Of a later basket being like a first one: another machine. */
  readonly firstBasketAgain: number
  /** Of coming back after the first order, and after each later one. */
  readonly returning: { readonly first: number; readonly later: number }
  /** Median days until the second order; each later interval is `shrink` times the one before. */
  readonly interval: { readonly medianDays: number; readonly shrink: number }
  readonly refunded: number
  /** Where low, mid and high AOV part, in major units. */
  readonly bands: readonly [number, number]
}

/** The habits of each category. */
export const CATEGORIES: Readonly<Record<ShopCategory, CategoryHabits>> = {
  fashion: {
    firstBasket: { median: 64, sigma: 0.5 },
    laterBasket: { median: 88, sigma: 0.5 },
    firstBasketAgain: 0,
    returning: { first: 0.34, later: 0.55 },
    interval: { medianDays: 95, shrink: 0.85 },
    refunded: 0.16,
    bands: [60, 120],
  },
  machines: {
    firstBasket: { median: 390, sigma: 0.45 },
    laterBasket: { median: 42, sigma: 0.4 },
    firstBasketAgain: 0.04,
    returning: { first: 0.44, later: 0.7 },
    interval: { medianDays: 60, shrink: 0.92 },
    refunded: 0.05,
    bands: [150, 400],
  },
}
