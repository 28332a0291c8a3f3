import type { SegmentDistance } from '../core/explanation/segment-distance.ts'
import { currencyExponent, parseDecimal, toMinor } from '../core/money.ts'
import type { PropertyValue } from '../core/profiles/profile.ts'
import type { SegmentCondition } from '../core/segments/segment.ts'
import type { Voice } from './view.ts'

const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=' } as const
const MONEY: readonly string[] = ['aov', 'aov_12m', 'net_revenue']

/** A segment's condition: `aov > €120.00`, `last_order_at in the last 90 days`. Properties keep their names. */
export function describeCondition({ words, formats }: Voice, condition: SegmentCondition): string {
  const { property } = condition
  const text = (value: number | string) =>
    typeof value === 'number' && MONEY.includes(property) ? moneyOf(formats, value) : String(value)
  const says = words.customer.conditions
  switch (condition.operator) {
    case 'between':
      return says.between(property, text(condition.value[0]), text(condition.value[1]))
    case 'in':
      return says.in(property, condition.value.join(', '))
    case 'inLastDays':
      return says.inLastDays(property, condition.value, formats.count(condition.value))
    case 'before':
      return says.before(property, dateOf(formats, condition.value))
    case 'after':
      return says.after(property, dateOf(formats, condition.value))
    default:
      return `${property} ${SIGNS[condition.operator]} ${text(condition.value)}`
  }
}

/** A property's value: amounts as money, instants in the account's time zone. */
export function describeValue(
  { words, formats }: Voice,
  property: SegmentCondition['property'],
  value: PropertyValue | null,
): string {
  if (value === null) return words.customer.segments.nothing
  if (typeof value === 'number') return MONEY.includes(property) ? moneyOf(formats, value) : String(value)
  return property.endsWith('_at') ? formats.instant(new Date(String(value))) : String(value)
}

/** What would make a condition hold, or until when it does: `one more order of €62.00 or more`. */
export function describeDistance({ words, formats }: Voice, distance: SegmentDistance): string {
  const says = words.customer.distances
  switch (distance.kind) {
    case 'order':
      return distance.fromMinor <= 1 && distance.toMinor === null ? says.anyOrder : says.order(range(distance))
    case 'orders':
      if (distance.each !== undefined) return says.ordersEach(formats.count(distance.count), range(distance.each))
      return says.orders(distance.count, formats.count(distance.count))
    case 'timed-order': {
      const [from, until] = [distance.from, distance.until].map((at) => at && formats.instant(at))
      if (from != null && until != null) return says.orderBetween(from, until)
      if (from != null) return says.orderFrom(from)
      return until == null ? says.orders(1, formats.count(1)) : says.orderUntil(until)
    }
    case 'revenue':
      return says.revenue(range(distance))
    case 'enters':
      return says.enters(formats.instant(distance.at))
    case 'leaves':
      return says.leaves(formats.instant(distance.at))
  }

  function range({
    fromMinor,
    toMinor: most,
  }: {
    readonly fromMinor: number
    readonly toMinor: number | null
  }): string {
    const from = formats.money(fromMinor)
    if (most === null) return says.orMore(from)
    if (most === fromMinor) return says.exactly(from)
    return fromMinor <= 1 ? says.atMost(formats.money(most)) : says.range(from, formats.money(most))
  }
}

/** More decimals than the currency has are nobody's price, and shown as they are. */
function moneyOf({ money, browser: { currency } }: Voice['formats'], major: number): string {
  const decimal = parseDecimal(String(major))
  return decimal.scale > currencyExponent(currency) ? `${major} ${currency}` : money(toMinor(decimal, currency))
}

function dateOf(formats: Voice['formats'], text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formats.date(text) : formats.instant(new Date(text))
}
