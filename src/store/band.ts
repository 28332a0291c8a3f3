import { currencyExponent } from '../core/money.ts'

/** SQL for the band of a row `a` of customer_aggregates: the twin of `bandOf` in core, exact for any borders. */
export function bandSql([low, high]: readonly [number, number], currency: string): string {
  const aov = `(a.aov_minor::numeric / ${10 ** currencyExponent(currency)})`
  return `case when ${aov} < ${low}::numeric then 'low' when ${aov} > ${high}::numeric then 'high' else 'mid' end`
}
