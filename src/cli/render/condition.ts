import type { SegmentDistance } from '../../core/explanation/segment-distance.ts'
import { currencyExponent, formatMoney, parseDecimal, toMinor } from '../../core/money.ts'
import type { PropertyValue } from '../../core/profiles/profile.ts'
import type { SegmentCondition } from '../../core/segments/segment.ts'
import { formatInstant, formatMinute } from './instant.ts'
import { formatCounted } from './number.ts'
import { toPlainText } from './table.ts'

/** What is needed to show an account's money and dates. */
export interface ConditionView {
  readonly currency: string
  readonly timezone: string
}

const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=', before: 'before', after: 'from' } as const
const MONEY: readonly string[] = ['aov', 'aov_12m', 'net_revenue']

/** A segment's condition for people: `aov > £120.00`, `last_order_at in the last 90 days`. */
export function conditionText(condition: SegmentCondition, currency: string): string {
  const { property } = condition
  const text = (value: number | string) =>
    typeof value === 'number' && MONEY.includes(property) ? moneyText(value, currency) : String(value)
  switch (condition.operator) {
    case 'between':
      return `${property} from ${text(condition.value[0])} to ${text(condition.value[1])}`
    case 'in':
      return `${property} one of ${condition.value.join(', ')}`
    case 'inLastDays':
      return `${property} in the last ${formatCounted(condition.value, 'days')}`
    default:
      return `${property} ${SIGNS[condition.operator]} ${text(condition.value)}`
  }
}

/** A property's value for people, as on the profile: amounts as money, instants in the account's time zone. */
export function propertyText(
  property: SegmentCondition['property'],
  value: PropertyValue | null,
  { currency, timezone }: ConditionView,
): string {
  if (value === null) return 'none'
  if (typeof value === 'number' && MONEY.includes(property)) return moneyText(value, currency)
  return property.endsWith('_at') ? formatMinute(new Date(String(value)), timezone) : toPlainText(String(value))
}

/** What would make a condition hold, or until when it does: `one more order of £62.00 or more`. */
export function distanceText(distance: SegmentDistance, { currency, timezone }: ConditionView): string {
  switch (distance.kind) {
    case 'order':
      return distance.fromMinor <= 1 && distance.toMinor === null
        ? 'one more order, of whatever worth'
        : `one more order of ${rangeText(distance, currency)}`
    case 'orders':
      if (distance.each !== undefined)
        return `${distance.count} more orders of ${rangeText(distance.each, currency)} each`
      return distance.count === 1 ? 'one more order' : `${distance.count} more orders`
    case 'timed-order': {
      const [from, until] = [distance.from, distance.until].map((at) => at && formatInstant(at, timezone))
      if (from != null && until != null) return `one more order from ${from} to ${until}`
      if (from != null) return `one more order, from ${from} on`
      return until == null ? 'one more order' : `one more order, until ${until}`
    }
    case 'revenue':
      return `orders of ${rangeText(distance, currency)} in all`
    case 'enters':
      return `from ${formatInstant(distance.at, timezone)} on, by itself`
    case 'leaves':
      return `until ${formatInstant(distance.at, timezone)}`
  }
}

function rangeText(
  { fromMinor, toMinor: most }: { readonly fromMinor: number; readonly toMinor: number | null },
  currency: string,
): string {
  const from = formatMoney(fromMinor, currency)
  if (most === null) return `${from} or more`
  if (most === fromMinor) return `exactly ${from}`
  return fromMinor <= 1 ? `at most ${formatMoney(most, currency)}` : `${from} to ${formatMoney(most, currency)}`
}

/** More decimals than the currency has are nobody's price, and shown as they are. */
function moneyText(major: number, currency: string): string {
  const decimal = parseDecimal(String(major))
  return decimal.scale > currencyExponent(currency)
    ? `${major} ${currency}`
    : formatMoney(toMinor(decimal, currency), currency)
}
