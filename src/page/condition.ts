import type { SegmentDistance } from '../core/explanation/segment-distance.ts'
import { type ToldRange, tellDistance } from '../core/explanation/told-distance.ts'
import type { PropertyValue } from '../core/profiles/profile.ts'
import type { SegmentCondition } from '../core/segments/segment.ts'
import { SIGNS, tellValue } from '../core/segments/told-value.ts'
import type { Voice } from './view.ts'

/** A segment's condition: `aov > €120.00`, `last_order_at in the last 90 days`. Properties keep their names. */
export function describeCondition({ words, formats }: Voice, condition: SegmentCondition): string {
  const { property } = condition
  const text = (value: number | string) => valueText(formats, property, value)
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
  return property.endsWith('_at') ? formats.instant(new Date(String(value))) : valueText(formats, property, value)
}

/** What would make a condition hold, or until when it does: `one more order of €62.00 or more`. */
export function describeDistance({ words, formats }: Voice, distance: SegmentDistance): string {
  const says = words.customer.distances
  const told = tellDistance(distance)
  switch (told.say) {
    case 'any-order':
      return says.anyOrder
    case 'order':
      return says.order(range(told.range))
    case 'orders':
      return says.orders(told.count, formats.count(told.count))
    case 'orders-each':
      return says.ordersEach(formats.count(told.count), range(told.range))
    case 'order-between':
      return says.orderBetween(formats.instant(told.from), formats.instant(told.until))
    case 'order-from':
      return says.orderFrom(formats.instant(told.at))
    case 'order-until':
      return says.orderUntil(formats.instant(told.at))
    case 'revenue':
      return says.revenue(range(told.range))
    case 'enters':
      return says.enters(formats.instant(told.at))
    case 'leaves':
      return says.leaves(formats.instant(told.at))
  }

  function range(one: ToldRange): string {
    switch (one.say) {
      case 'or-more':
        return says.orMore(formats.money(one.minor))
      case 'exactly':
        return says.exactly(formats.money(one.minor))
      case 'at-most':
        return says.atMost(formats.money(one.minor))
      case 'range':
        return says.range(formats.money(one.fromMinor), formats.money(one.toMinor))
    }
  }
}

function valueText({ money, browser }: Voice['formats'], property: string, value: PropertyValue): string {
  const told = tellValue(property, value, browser.currency)
  return told.say === 'money' ? money(told.minor) : told.text
}

function dateOf(formats: Voice['formats'], text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formats.date(text) : formats.instant(new Date(text))
}
