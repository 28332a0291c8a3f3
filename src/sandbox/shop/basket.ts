import { currencyExponent } from '../../core/money.ts'
import type { Random } from './random.ts'
import type { SampleOrder } from './sample-order.ts'

/** The money of an order. */
type Basket = Pick<SampleOrder, 'totalMinor' | 'subtotalMinor' | 'discountMinor' | 'taxMinor' | 'shippingMinor'>

/** What decides a basket besides chance. `median` in euros, tax included. */
interface BasketWishes {
  readonly median: number
  readonly sigma: number
  readonly sale: boolean
  readonly currency: string
  /** What a euro's worth of goods costs in that currency. */
  readonly priceLevel: number
}

const TAX = 0.22
const SHIPPING = { price: 5.9, freeAbove: 79 }
/** In the sale everything is marked down by a fifth to two fifths, and people buy smaller things too. */
const SALE = { from: 0.2, span: 0.2, basket: 0.85 }
const VOUCHER = { probability: 0.1, share: 0.1 }

/** Fills a basket whose prices include the tax, as shops in Europe show them, and takes the total apart exactly. */
export function fillBasket(random: Random, { median, sigma, sale, currency, priceLevel }: BasketWishes): Basket {
  const minor = (euros: number): number => Math.round(euros * priceLevel * 10 ** currencyExponent(currency))
  const goods = Math.max(5, Math.round(random.logNormal(sale ? median * SALE.basket : median, sigma))) - 0.1
  const voucher = random.chance(VOUCHER.probability) ? VOUCHER.share : 0
  const off = goods * (sale ? SALE.from + SALE.span * random.next() : voucher)
  const shipping = goods - off >= SHIPPING.freeAbove ? 0 : SHIPPING.price

  const totalMinor = minor(goods) - minor(off) + minor(shipping)
  const [subtotalMinor, discountMinor, shippingMinor] = [
    minor(goods / (1 + TAX)),
    minor(off / (1 + TAX)),
    minor(shipping / (1 + TAX)),
  ]
  // The tax takes up what rounding leaves, so that the parts sum to the total.
  const taxMinor = totalMinor - subtotalMinor + discountMinor - shippingMinor
  return { totalMinor, subtotalMinor, discountMinor, taxMinor, shippingMinor }
}
