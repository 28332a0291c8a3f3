import { currencyExponent } from '../src/core/money.ts'
import { findPlaceholders, formatNamePrice } from '../src/core/segments/name-placeholder.ts'
import type { AccountParts, Clash } from './account-checks.ts'

/** A segment as it will be, and the entry that it comes from. */
interface Labelled {
  readonly key: unknown
  readonly name: unknown
  readonly index: number
  /** Of the entry that makes it together with others; null: the entry is the segment. */
  readonly family: string | null
}

/**
 * Segments that share a key, or the name that they will have in Klaviyo: as far as it is certain, so with the borders of
 * bands that are numbers, and without what follows the shop.
 */
export function repeatedSegments(account: AccountParts): Clash[] {
  const labelled = account.labels.flatMap((label, index): Labelled[] => {
    const known = account.segments[index]
    if (known === undefined) return [{ ...label, index, family: null }]
    const family = 'family' in known.entry ? known.entry.family : null
    return known.all.map(({ key, name }) => ({ key, name: nameInKlaviyo(name, account), index, family }))
  })
  return labelled.flatMap((one, position): Clash[] => {
    const before = labelled.slice(0, position)
    const sameKey = before.find(({ key }) => key !== undefined && key === one.key)
    const sameName = before.find(({ name }) => name !== undefined && name === one.name)
    const path = (part: string) => ['segments', one.index, one.family === null ? part : 'family']
    return [
      ...(sameKey === undefined
        ? []
        : [{ path: path('key'), message: `the same key as ${placeOf(sameKey)}: ${String(one.key)}`, hint: KEY_HINT }]),
      ...(sameName === undefined
        ? []
        : [
            {
              path: path('name'),
              message: `the same name as ${placeOf(sameName)}: “${String(one.name)}” for the keys ${String(sameName.key)} and ${String(one.key)}`,
              hint: NAME_HINT,
            },
          ]),
    ]
  })
}

const KEY_HINT = 'give each its own key; the keys of a family begin with its prefix'
const NAME_HINT = 'give each its own name, or take one of the two out; a family has a template for its names'

function placeOf({ index, family }: Labelled): string {
  return family === null ? `segments[${index}]` : `segments[${index}] (family: ${family})`
}

function nameInKlaviyo(name: string, { currency, borders }: AccountParts): string {
  return findPlaceholders(name).reduce((text, placeholder) => {
    if (placeholder.kind !== 'border' || currency === undefined) return text
    const border = borders?.at[placeholder.border === 'low' ? 0 : 1]
    if (typeof border !== 'number') return text
    return text.replace(
      placeholder.text,
      formatNamePrice(Math.round(border * 10 ** currencyExponent(currency)), currency),
    )
  }, name)
}
