import type { ExchangeRate } from '../src/core/account.ts'
import { BAND_PROPERTY_NAMES } from '../src/core/profiles/property-names.ts'
import { findPlaceholders } from '../src/core/segments/name-placeholder.ts'
import { PREDICTIVE_PROPERTIES } from '../src/core/segments/segment.ts'
import type { SegmentTemplate } from '../src/core/segments/segment-template.ts'
import type { BandSettings } from '../src/core/thresholds/band.ts'
import type { MoneyValue } from '../src/core/thresholds/threshold.ts'
import type { AccountInput } from './account-schema.ts'
import type { KeyPath } from './key-path.ts'
import { repeatedSegments } from './repeated-segments.ts'
import type { SegmentEntry } from './segment-schema.ts'
import { isNeverBelow } from './threshold-order.ts'

/** What is known of an account: a part, or an item of a list, that is wrong by itself is undefined. */
export interface AccountParts {
  readonly currency: string | undefined
  readonly profiles: AccountInput['profiles'] | undefined
  /** Whether the account says anything about bands, right or wrong. */
  readonly hasBands: boolean
  /** Their borders and where these stand, if they are right by themselves. */
  readonly borders: { readonly at: BandSettings['at']; readonly path: KeyPath } | undefined
  readonly rates: readonly (ExchangeRate | undefined)[]
  readonly segments: readonly ({ readonly entry: SegmentEntry; readonly all: readonly SegmentTemplate[] } | undefined)[]
  /** Key and name of every segment as the file says them, right or wrong. */
  readonly labels: readonly { readonly key: unknown; readonly name: unknown }[]
}

/** A problem between two parts of an account; the path starts below the account. */
export interface Clash {
  readonly path: KeyPath
  readonly message: string
  readonly hint: string
}

/** What no part of an account can tell alone. */
export function findClashes(account: AccountParts): Clash[] {
  return [
    ...repeatedSegments(account),
    ...repeatedRates(account),
    ...ratesOfOwnCurrency(account),
    ...bandsMissing(account),
    ...bandsAskedFor(account),
    ...bordersCrossed(account),
    ...amountsCrossed(account),
    ...propertiesNotWritten(account),
  ]
}

function repeatedRates({ rates }: AccountParts): Clash[] {
  const labels = rates.map((rate) => rate && `${rate.currency} ${rate.validFrom}`)
  return labels.flatMap((label, index) => {
    const first = labels.indexOf(label)
    if (label === undefined || first === index) return []
    return [
      { path: ['rates', index, 'from'], message: `the same from as rates[${first}]`, hint: 'give each its own from' },
    ]
  })
}

function ratesOfOwnCurrency({ currency, rates }: AccountParts): Clash[] {
  return rates.flatMap((rate, index) =>
    rate === undefined || rate.currency !== currency
      ? []
      : [
          {
            path: ['rates', index, 'currency'],
            message: 'expected another currency than the account’s',
            hint: 'remove it',
          },
        ],
  )
}

function bandsMissing({ hasBands, profiles }: AccountParts): Clash[] {
  if (hasBands || profiles === undefined) return []
  return (profiles.properties ?? []).flatMap((name, index) =>
    isBandProperty(name)
      ? [{ path: ['profiles', 'properties', index], message: `${name} needs bands`, hint: 'add bands: [200, 500]' }]
      : [],
  )
}

/** Families and names that speak of bands. */
function bandsAskedFor({ hasBands, segments }: AccountParts): Clash[] {
  if (hasBands) return []
  const hint = 'add bands: [200, 500]'
  return segments.flatMap((known, index): Clash[] => {
    if (known === undefined) return []
    const { entry } = known
    if ('family' in entry && entry.family === 'bands') {
      return [{ path: ['segments', index, 'family'], message: 'the family bands needs bands', hint }]
    }
    const border = findPlaceholders(entry.name ?? '').find(({ kind }) => kind === 'border')
    return border === undefined
      ? []
      : [{ path: ['segments', index, 'name'], message: `${border.text} needs bands`, hint }]
  })
}

/** What is certain to cross makes no bands, ever. */
function bordersCrossed({ borders }: AccountParts): Clash[] {
  if (borders === undefined) return []
  const { at, path } = borders
  if (!isNeverBelow(at[0], at[1])) return []
  const [low, high] = [amountText(at[0]), amountText(at[1])]
  if (low === high) return [{ path, message: `both borders are ${low}`, hint: 'expected two, the lower one first' }]
  return [{ path, message: `${low} is never below ${high}`, hint: `put the lower border first: [${high}, ${low}]` }]
}

function amountsCrossed({ segments }: AccountParts): Clash[] {
  return segments.flatMap((known, index): Clash[] => {
    if (known === undefined || 'family' in known.entry) return []
    const conditions = known.all.flatMap(({ all }) => all.flatMap(({ any }) => any))
    return conditions.flatMap((condition): Clash[] => {
      if (condition.operator !== 'between') return []
      const [low, high] = condition.value
      if (amountText(low) === amountText(high) || !isNeverBelow(low, high)) return []
      const message = `${condition.property} between: ${amountText(low)} is never below ${amountText(high)}`
      return [{ path: ['segments', index, 'where'], message, hint: 'put the lower amount first' }]
    })
  })
}

/** Without the window: only amounts over the same one can be told apart before they have a value. */
function amountText(value: MoneyValue): string {
  return typeof value === 'number' ? String(value) : value.name
}

/** A segment over a property that is never written would stay empty, and nobody would notice. */
function propertiesNotWritten({ hasBands, profiles, segments }: AccountParts): Clash[] {
  if (profiles === undefined) return []
  const written = profiles.properties
  return segments.flatMap((known, index) => {
    const asked = new Set(
      known?.all.flatMap(({ all }) => all.flatMap(({ any }) => any.map(({ property }) => property))),
    )
    const basis = known?.all[0]?.basis
    const path = ['segments', index, known !== undefined && 'family' in known.entry ? 'family' : 'where']
    return [...asked].flatMap((property): Clash[] => {
      if (basis === 'predictive' && isPredictive(property)) return []
      if (written !== null && !written.includes(property)) {
        return [{ path, message: `${property} is not written`, hint: 'add it to profiles.properties' }]
      }
      if (hasBands || !isBandProperty(property)) return []
      return [{ path, message: `${property} is not written without bands`, hint: 'add bands: [200, 500]' }]
    })
  })
}

function isPredictive(name: string): boolean {
  return (PREDICTIVE_PROPERTIES as readonly string[]).includes(name)
}

function isBandProperty(name: string): boolean {
  return (BAND_PROPERTY_NAMES as readonly string[]).includes(name)
}
