import { startOfDate } from '../../core/instant.ts'
import { currencyExponent } from '../../core/money.ts'
import type { ValueSettings } from '../../core/orders/order-value.ts'
import type { AovPolicy } from '../../core/orders/policy.ts'

/**
 * SQL for the rows of `orders` that count, with their value: a `select` of account_id, source_id, external_id,
 * customer_id, placed_at and value_minor (account's currency). The set-based twin of `valueOrder` in core; `from` names
 * the rows to value, aliased `o` (`orders o join …`), `where` narrows them.
 */
export function countedOrdersSql(settings: ValueSettings, from: string, where: string): string {
  const { policy } = settings
  const base = baseSql(policy)
  const deduct = policy.refunds === 'deduct'
  const value = deduct
    ? `case when o.refunded_minor = 0 then ${base}
        else ${base} - half_up(o.refunded_minor::numeric * ${base}, o.total_minor) end`
    : base
  const states = [
    'placed',
    ...(policy.cancelled === 'count' ? ['cancelled'] : []),
    ...(policy.pending === 'count' ? ['pending'] : []),
  ]
  const conditions = [
    where,
    'not o.test',
    `o.state in (${states.map(literal).join(', ')})`,
    ...(deduct ? ['(o.refunded_minor = 0 or o.refunded_minor < o.total_minor)'] : []),
    ...(policy.zeroValueOrders === 'exclude' ? [`${base} <> 0`] : []),
  ]
  const { join, amount } = convertedSql(settings, value, 'o.currency', 'o.placed_at')
  return `select o.account_id, o.source_id, o.external_id, o.customer_id, o.placed_at, ${amount} as value_minor
    from ${from} ${join} where ${conditions.join(' and ')}`
}

/** SQL for refunds that name no order, as negative values: customer_id, refunded_at, value_minor. No rows unless deducted. */
export function unlinkedRefundsSql(settings: ValueSettings, from: string, where: string): string {
  const { join, amount } = convertedSql(settings, 'r.amount_minor', 'r.currency', 'r.refunded_at')
  return `select r.customer_id, r.refunded_at, -(${amount}) as value_minor
    from ${from} ${join} where ${where} and r.order_external_id = '' and ${settings.policy.refunds === 'deduct'}`
}

/** SQL for what an order `o` is worth before refunds, in minor units of its own currency. */
export function baseSql(policy: AovPolicy): string {
  const columns = [
    [policy.tax, 'tax_minor'],
    [policy.shipping, 'shipping_minor'],
    [policy.tips, 'tip_minor'],
    [policy.duties, 'duties_minor'],
    [policy.giftCards, 'gift_card_minor'],
  ]
  const less = columns.map(([inclusion, column]) => (inclusion === 'exclude' ? ` - coalesce(o.${column}, 0)` : ''))
  return `(o.total_minor${less.join('')})`
}

/** The amount at the rate of its date. The inner join leaves out currencies without a rate: they are kept apart. */
function convertedSql(
  settings: ValueSettings,
  amount: string,
  currency: string,
  at: string,
): { join: string; amount: string } {
  if (settings.rates.length === 0) {
    return {
      join: `join (values (${literal(settings.currency)})) as own (currency) on own.currency = ${currency}`,
      amount,
    }
  }
  const exponent = currencyExponent(settings.currency)
  const rows = settings.rates.map((rate) => {
    const shift = exponent - currencyExponent(rate.currency) - rate.rate.scale
    const [up, down] = shift >= 0 ? [10n ** BigInt(shift), 1n] : [1n, 10n ** BigInt(-shift)]
    const from = startOfDate(rate.validFrom, settings.timezone).toISOString()
    const until = settings.rates
      .filter((other) => other.currency === rate.currency && other.validFrom > rate.validFrom)
      .map((other) => startOfDate(other.validFrom, settings.timezone).toISOString())
      .sort()[0]
    return `(${literal(rate.currency)}, ${literal(from)}::timestamptz, ${literal(until ?? 'infinity')}::timestamptz,
      ${rate.rate.units * up}::numeric, ${down}::numeric)`
  })
  const own = `(${literal(settings.currency)}, '-infinity'::timestamptz, 'infinity'::timestamptz, 1::numeric, 1::numeric)`
  return {
    join: `join (values ${[own, ...rows].join(', ')}) as rate (currency, valid_from, valid_until, up, down)
      on rate.currency = ${currency} and ${at} >= rate.valid_from and ${at} < rate.valid_until`,
    amount: `half_up((${amount}) * rate.up, rate.down)`,
  }
}

/** A text literal; every value here comes from the checked configuration. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
