import { currencyExponent } from '../../core/money.ts'
import { type AovBand, type BandRule, bordersFrom } from '../../core/thresholds/band.ts'

/** Columns of a band, each an SQL expression. */
export interface BandColumns {
  readonly band: string
  readonly since: string
  readonly dueAt: string
}

/**
 * SQL for a customer's band from now on, from a row `held` of customer_aggregates (null: somebody new) and the AOV of now:
 * the twin of `nextBand` in core, exact for any borders. Rule null: no bands.
 */
export function nextBandSql(
  rule: BandRule | null,
  { aovMinor, held, now, currency }: { aovMinor: string; held: string | null; now: string; currency: string },
): BandColumns {
  if (rule === null) return { band: 'null', since: 'null', dueAt: 'null' }
  const { borders, margin, minStayDays } = rule
  const aov = `(${aovMinor}::numeric / ${10 ** currencyExponent(currency)})`
  const natural = bandSql(aov, borders)
  if (held === null) return { band: natural, since: now, dueAt: 'null' }
  const stay = minStayDays === null ? null : `interval '${minStayDays * 24} hours'`
  const ended = stay === null ? '' : `when ${held}.band_since + ${stay} <= ${now} then ${natural}`
  const band = `(case when ${held}.band is null then ${natural} ${ended} else ${changedSql()} end)`
  const since = `case when ${held}.band is distinct from ${band} then ${now} else ${held}.band_since end`
  const dueAt = stay === null ? 'null::timestamptz' : `case when ${band} <> ${natural} then ${since} + ${stay} end`
  return { band, since: `(${since})`, dueAt: `(${dueAt})` }

  /** Before a minimum stay has ended. */
  function changedSql(): string {
    if (margin === null) return stay === null ? natural : `${held}.band`
    const from = (band: AovBand) => `when '${band}' then ${bandSql(aov, bordersFrom(band, borders, margin))}`
    return `(case ${held}.band ${from('low')} ${from('mid')} ${from('high')} end)`
  }
}

/** SQL for the band of an amount in major units: the twin of `bandOf`. */
function bandSql(aov: string, [low, high]: readonly [number, number]): string {
  return `(case when ${aov} < ${low}::numeric then 'low' when ${aov} > ${high}::numeric then 'high' else 'mid' end)`
}
