import type { AccountSettings } from '../account.ts'
import { parseDecimal, toMinor } from '../money.ts'
import type { BandRule, BandSettings } from './band.ts'
import type { Following } from './following.ts'
import type { MoneyValue } from './threshold.ts'

/** The rule that customers' bands are in line with. */
export interface BandsInForce {
  readonly rule: BandRule
  /** Since when its borders are; null: longer than anybody noted. */
  readonly since: Date | null
}

/** Borders of bands that would part nobody today: the lower one is not below the upper one. */
export interface CrossedBands {
  /** As configured, the lower one first: numbers are major units. */
  readonly borders: readonly [MoneyValue, MoneyValue]
  /** What they stand at; minor units. */
  readonly valuesMinor: readonly [number, number]
  /** What customers' bands go by meanwhile, in minor units; null: nothing did before, so nobody has a band. */
  readonly inForce: { readonly bordersMinor: readonly [number, number]; readonly since: Date | null } | null
}

/**
 * Bands with their borders in major units, where they have values: those of today, or, as long as these cross or one has
 * no value, the borders in force. Taking everybody's band away would be no answer to a threshold that moved.
 */
export function fillBands(
  { bands, currency }: Pick<AccountSettings, 'bands' | 'currency'>,
  following: Pick<Following, 'bands'>,
  amountOf: (value: MoneyValue) => number | null,
  inForce: BandsInForce | null,
): { readonly bands: BandSettings | null; readonly crossed: CrossedBands | null } {
  if (bands === null || following.bands === null) return { bands, crossed: null }
  const [first, second] = following.bands
  const [low, high] = [amountOf(first), amountOf(second)]
  const areKnown = low !== null && high !== null
  if (areKnown && low < high) return { bands: { ...bands, at: [low, high] }, crossed: null }
  const minor = (major: number) => toMinor(parseDecimal(String(major)), currency)
  const minors = ([one, other]: readonly [number, number]) => [minor(one), minor(other)] as const
  return {
    bands: { ...bands, at: inForce?.rule.borders ?? [low ?? first, high ?? second] },
    crossed: areKnown
      ? {
          borders: following.bands,
          valuesMinor: minors([low, high]),
          inForce: inForce === null ? null : { bordersMinor: minors(inForce.rule.borders), since: inForce.since },
        }
      : null,
  }
}
