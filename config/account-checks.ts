import type { ExchangeRate } from '../src/core/account.ts'
import { BAND_PROPERTY_NAMES } from '../src/core/property-names.ts'
import { PREDICTIVE_PROPERTIES, type SegmentSpec } from '../src/core/segment.ts'
import type { AccountInput } from './account-schema.ts'
import type { KeyPath } from './key-path.ts'

/** What is known of an account: a part, or an item of a list, that is wrong by itself is undefined. */
export interface AccountParts {
  readonly currency: string | undefined
  readonly profiles: AccountInput['profiles'] | undefined
  /** Whether the account says anything about bands, right or wrong. */
  readonly hasBands: boolean
  readonly rates: readonly (ExchangeRate | undefined)[]
  readonly segments: readonly (SegmentSpec | undefined)[]
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
    ...repeated(
      account.labels.map(({ key }) => key),
      'segments',
      'key',
    ),
    ...repeated(
      account.labels.map(({ name }) => name),
      'segments',
      'name',
    ),
    ...repeated(
      account.rates.map((rate) => rate && `${rate.currency} ${rate.validFrom}`),
      'rates',
      'from',
    ),
    ...ratesOfOwnCurrency(account),
    ...bandsMissing(account),
    ...propertiesNotWritten(account),
  ]
}

function repeated(labels: readonly unknown[], list: string, key: string): Clash[] {
  return labels.flatMap((label, index) => {
    const first = labels.indexOf(label)
    if (label === undefined || first === index) return []
    return [
      { path: [list, index, key], message: `the same ${key} as ${list}[${first}]`, hint: `give each its own ${key}` },
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

/** A segment over a property that is never written would stay empty, and nobody would notice. */
function propertiesNotWritten({ hasBands, profiles, segments }: AccountParts): Clash[] {
  if (profiles === undefined) return []
  const written = profiles.properties
  return segments.flatMap((segment, index) => {
    const asked = new Set(segment?.all.flatMap(({ any }) => any.map(({ property }) => property)))
    return [...asked].flatMap((property): Clash[] => {
      if (segment?.basis === 'predictive' && isPredictive(property)) return []
      const path = ['segments', index, 'where']
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
