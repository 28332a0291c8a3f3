import type { SegmentDistance } from '../../core/explanation/segment-distance.ts'
import { type ToldRange, tellDistance } from '../../core/explanation/told-distance.ts'
import { formatInstant, formatMinute } from '../../core/instant-text.ts'
import { formatMoney } from '../../core/money.ts'
import type { PropertyValue } from '../../core/profiles/profile.ts'
import type { SegmentCondition } from '../../core/segments/segment.ts'
import { SIGNS, tellValue } from '../../core/segments/told-value.ts'
import { formatCounted } from './number.ts'
import { toPlainText } from './table.ts'

/** What is needed to show an account's money and dates. */
export interface ConditionView {
  readonly currency: string
  readonly timezone: string
}

const OPERATORS = { ...SIGNS, before: 'before', after: 'from' } as const

/** A segment's condition for people: `aov > £120.00`, `last_order_at in the last 90 days`. */
export function conditionText(condition: SegmentCondition, currency: string): string {
  const { property } = condition
  const text = (value: number | string) => valueText(property, value, currency)
  switch (condition.operator) {
    case 'between':
      return `${property} from ${text(condition.value[0])} to ${text(condition.value[1])}`
    case 'in':
      return `${property} one of ${condition.value.join(', ')}`
    case 'inLastDays':
      return `${property} in the last ${formatCounted(condition.value, 'days')}`
    default:
      return `${property} ${OPERATORS[condition.operator]} ${text(condition.value)}`
  }
}

/** A property's value for people, as on the profile: amounts as money, instants in the account's time zone. */
export function propertyText(
  property: SegmentCondition['property'],
  value: PropertyValue | null,
  { currency, timezone }: ConditionView,
): string {
  if (value === null) return 'none'
  if (property.endsWith('_at')) return formatMinute(new Date(String(value)), timezone)
  return toPlainText(valueText(property, value, currency))
}

/** What would make a condition hold, or until when it does: `one more order of £62.00 or more`. */
export function distanceText(distance: SegmentDistance, { currency, timezone }: ConditionView): string {
  const told = tellDistance(distance)
  switch (told.say) {
    case 'any-order':
      return 'one more order, of whatever worth'
    case 'order':
      return `one more order of ${rangeText(told.range, currency)}`
    case 'orders':
      return told.count === 1 ? 'one more order' : `${told.count} more orders`
    case 'orders-each':
      return `${told.count} more orders of ${rangeText(told.range, currency)} each`
    case 'order-between':
      return `one more order from ${formatInstant(told.from, timezone)} to ${formatInstant(told.until, timezone)}`
    case 'order-from':
      return `one more order, from ${formatInstant(told.at, timezone)} on`
    case 'order-until':
      return `one more order, until ${formatInstant(told.at, timezone)}`
    case 'revenue':
      return `orders of ${rangeText(told.range, currency)} in all`
    case 'enters':
      return `from ${formatInstant(told.at, timezone)} on, by itself`
    case 'leaves':
      return `until ${formatInstant(told.at, timezone)}`
  }
}

function rangeText(range: ToldRange, currency: string): string {
  const money = (minor: number) => formatMoney(minor, currency)
  switch (range.say) {
    case 'or-more':
      return `${money(range.minor)} or more`
    case 'exactly':
      return `exactly ${money(range.minor)}`
    case 'at-most':
      return `at most ${money(range.minor)}`
    case 'range':
      return `${money(range.fromMinor)} to ${money(range.toMinor)}`
  }
}

function valueText(property: string, value: PropertyValue, currency: string): string {
  const told = tellValue(property, value, currency)
  return told.say === 'money' ? formatMoney(told.minor, currency) : told.text
}
