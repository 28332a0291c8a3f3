import type { AccountSettings } from '../../core/account.ts'
import { startOfDate } from '../../core/instant.ts'
import { currencyExponent } from '../../core/money.ts'
import type {
  DateCondition,
  DateProperty,
  NumericCondition,
  NumericProperty,
  SegmentCondition,
  SegmentSpec,
  TextProperty,
} from '../../core/segments/segment.ts'
import { isDateCondition, isTextCondition, wantedWords } from '../../core/segments/segment-condition.ts'
import { literal } from '../orders/order-value.ts'

/** SQL over a row `a` of customer_aggregates that holds for exactly the customers a segment will have at `now`. */
export function segmentSql(spec: SegmentSpec, settings: AccountSettings, now: Date): string {
  const groups = spec.all.map(({ any }) => {
    const conditions = any.map((one) => `coalesce(${conditionSql(one, settings, now)}, false)`)
    return `(${['false', ...conditions].join(' or ')})`
  })
  return ['true', ...groups].join(' and ')
}

function conditionSql(condition: SegmentCondition, settings: AccountSettings, now: Date): string {
  if (isTextCondition(condition)) {
    const wanted = wantedWords(condition).map(literal).join(', ')
    return `${textSql(condition.property, settings)} = any (array[${wanted}]::text[])`
  }
  return isDateCondition(condition)
    ? dateConditionSql(condition, settings, now)
    : numericConditionSql(condition, numericSql(condition.property, settings))
}

function numericConditionSql(condition: NumericCondition, value: string): string {
  if (condition.operator !== 'between') return `${value} ${OPERATORS[condition.operator]} ${number(condition.value)}`
  const [low, high] = condition.value
  return `${value} between ${number(low)} and ${number(high)}`
}

/** Instants as the profile has them, in milliseconds: the twin of `dateHolds` in core. */
function dateConditionSql(condition: DateCondition, { timezone }: AccountSettings, now: Date): string {
  const at = `date_trunc('milliseconds', a.${DATE_COLUMNS[condition.property]})`
  const instant = (date: Date) => `${literal(date.toISOString())}::timestamptz`
  switch (condition.operator) {
    case 'before':
      return `${at} < ${instant(startOfDate(condition.value, timezone))}`
    case 'after':
      return `${at} >= ${instant(startOfDate(condition.value, timezone))}`
    case 'inLastDays':
      // In hours: a day of Postgres follows the clock of the session's time zone.
      return `${at} between ${instant(now)} - interval '${condition.value * 24} hours' and ${instant(now)}`
  }
}

const DATE_COLUMNS: Readonly<Record<DateProperty, string>> = {
  first_order_at: 'first_order_at',
  last_order_at: 'last_order_at',
  aov_updated_at: 'changed_at',
}

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=' } as const

/** A finite number written so that Postgres reads it exactly. */
const number = (value: number) => `${value}::numeric`

function numericSql(property: NumericProperty, { currency }: AccountSettings): string {
  const major = (column: string) => `(a.${column}::numeric / ${10 ** currencyExponent(currency)})`
  const columns: Readonly<Record<NumericProperty, string>> = {
    aov: major('aov_minor'),
    aov_12m: major('aov_12m_minor'),
    order_count: 'a.order_count',
    net_revenue: major('revenue_minor'),
    avg_days_between_orders: '(a.avg_days_between_orders_tenths::numeric / 10)',
  }
  return columns[property]
}

function textSql(property: TextProperty, settings: AccountSettings): string {
  const type = "case when a.order_count > 1 then 'recurring' else 'new' end"
  const values: Readonly<Record<TextProperty, string>> = {
    customer_type: `(${type})`,
    aov_band: 'a.band',
    aov_segment: `((${type}) || '_' || a.band)`,
    aov_currency: literal(settings.currency),
    aov_policy: literal(settings.policy.name),
  }
  return values[property]
}
