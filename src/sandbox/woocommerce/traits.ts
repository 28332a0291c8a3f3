import type { BookTraits } from '../shop-server/book.ts'
import type { WoocommerceShopOptions } from './options.ts'

/** What moves an order's `date_modified`: with posts storage only what WordPress itself keeps, such as the status. */
export function toTraits({ storage = 'hpos', refundsMoveOrders = true }: WoocommerceShopOptions): BookTraits {
  const isHpos = storage === 'hpos'
  return {
    precisionMs: 1000,
    movesUpdated: {
      edit: isHpos,
      touch: isHpos,
      'change-email': isHpos,
      pay: true,
      cancel: true,
      refund: refundsMoveOrders,
      'delete-refund': false,
      trash: true,
      restore: true,
      destroy: true,
    },
  }
}
