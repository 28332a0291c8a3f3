import type { AccountSettings } from '../core/account.ts'
import { currencyExponent } from '../core/money.ts'
import type { NumericProperty, SegmentCondition, SegmentSpec, TextProperty } from '../core/segment.ts'
import { bandSql } from './band.ts'
import { literal } from './order-value.ts'

/** SQL over a row `a` of customer_aggregates that holds for exactly the customers a segment will have. */
export function segmentSql(spec: SegmentSpec, settings: AccountSettings): string {
  const groups = spec.all.map(({ any }) => {
    const conditions = any.map((one) => conditionSql(one, settings))
    return `(${['false', ...conditions].join(' or ')})`
  })
  return ['true', ...groups].join(' and ')
}

function conditionSql(condition: SegmentCondition, settings: AccountSettings): string {
  switch (condition.property) {
    case 'customer_type':
    case 'aov_band':
    case 'aov_segment':
    case 'aov_currency':
    case 'aov_policy': {
      const wanted = condition.operator === 'in' ? condition.value : [condition.value]
      return `coalesce(${textSql(condition.property, settings)} = any (array[${wanted.map(literal).join(', ')}]::text[]), false)`
    }
    default: {
      const value = numericSql(condition.property, settings)
      if (condition.operator === 'between') {
        const [low, high] = condition.value
        return `coalesce(${value} between ${number(low)} and ${number(high)}, false)`
      }
      return `coalesce(${value} ${OPERATORS[condition.operator]} ${number(condition.value)}, false)`
    }
  }
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
  const band = settings.bands === null ? 'null' : bandSql(settings.bands, settings.currency)
  const values: Readonly<Record<TextProperty, string>> = {
    customer_type: `(${type})`,
    aov_band: `(${band})`,
    aov_segment: `((${type}) || '_' || (${band}))`,
    aov_currency: literal(settings.currency),
    aov_policy: literal(settings.policy.name),
  }
  return values[property]
}
