import { type DateName, toNaive } from './listed.ts'

/** A list that can be asked by instants. */
export interface InstantList {
  /** For messages: `orders by date_modified`. */
  readonly what: string
  readonly path: '/orders' | '/refunds'
  readonly by: DateName
  /** `status=any` leaves out the trash, which has to be asked for by itself. */
  readonly status?: 'any' | 'trash'
  readonly fields: string
}

/** A half-open span of whole seconds, `[from, before)`. */
export interface Span {
  readonly from: Date
  readonly before: Date
}

/** The most that one answer holds. */
export const PAGE_SIZE = 100

/** Decimals of amounts: as exact as a shop keeps them, so that sums are rounded once and by us. */
export const DECIMALS = '6'

/**
 * The query for a span. Both bounds are exclusive and to the second, so the lower one is a second early. They are UTC
 * without a zone, with `dates_are_gmt`: a `Z` beside it would be shifted by the site's offset.
 */
export function toSpanQuery({ by, status, fields }: InstantList, { from, before }: Span): Record<string, string> {
  const [after, until] = by === 'created' ? ['after', 'before'] : ['modified_after', 'modified_before']
  return {
    ...(status !== undefined && { status }),
    // From the beginning means with records that have no date at all.
    ...(from.getTime() > 0 && { [after]: toNaive(new Date(from.getTime() - 1000)) }),
    [until]: toNaive(before),
    dates_are_gmt: 'true',
    per_page: String(PAGE_SIZE),
    dp: DECIMALS,
    _fields: fields,
  }
}
