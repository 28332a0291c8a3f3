import type { Formats } from './formats.ts'
import { ownWord } from './words/own-word.ts'
import type { Words } from './words/words.ts'

/**
 * What a job counted, in words: `18,532 orders · 12 records unreadable`. Zeros, switches and pages are left out; a count
 * nobody has words for is shown under its own name; texts and tallies are kept.
 */
export function describeCounts(
  job: string,
  counts: Readonly<Record<string, unknown>>,
  words: Words,
  formats: Formats,
): string {
  if (job === 'sync') return describeSync(counts, words, formats)
  return Object.entries(counts)
    .filter(([name]) => name !== 'pages')
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
    .flatMap(([name, value]) =>
      describe(
        job === 'ingest-webhook' || job === 'pull-orders' ? (ownWord(OF_A_SHOP, name) ?? name) : name,
        value,
        words,
        formats,
      ),
    )
    .join(' · ')
}

/** Of the counts of its steps, which a sync keeps by their names, what a person asks after: how much was read, and whom it reached. */
function describeSync(counts: Readonly<Record<string, unknown>>, words: Words, formats: Formats): string {
  const pulls = Object.values(partsOf(counts['pull-orders']))
  const sums = {
    orders: pulls.reduce<number>((sum, pull) => sum + numberIn(pull, 'orders'), 0),
    recomputed: numberIn(counts['compute-aggregates'], 'changed'),
    confirmed: numberIn(counts['push-profiles'], 'confirmed'),
  }
  return Object.entries(sums)
    .flatMap(([name, count]) => describe(name, count, words, formats))
    .join(' · ')
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function numberIn(counts: unknown, name: string): number {
  const count = partsOf(counts)[name]
  return typeof count === 'number' ? count : 0
}

/** What is told first; the ledger keeps counts in no order. */
const FIRST = ['events', 'orders', 'refunds', 'customers', 'changed', 'confirmed', 'periods']
const placeOf = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)

/** What of a shop's report has the same name as something in Klaviyo. */
const OF_A_SHOP: Readonly<Record<string, string>> = { deleted: 'gone', erased: 'forgotten' }

function describe(name: string, value: unknown, words: Words, formats: Formats): string[] {
  if (name === 'skipped' && typeof value === 'string') {
    return [value.startsWith('no order') ? words.runs.skipped.unread : words.runs.skipped.earlier]
  }
  if (typeof value === 'string') return [words.quoted(value)]
  if (typeof value === 'number') return value === 0 ? [] : [describeCount(name, value, words, formats)]
  if (typeof value !== 'object' || value === null) return []
  const tally = Object.entries(value).flatMap(([key, count]) => describe(key, count, words, formats))
  return tally.length === 0 ? [] : [tally.join(', ')]
}

/** A number with what it counts. */
export function describeCount(name: string, count: number, words: Words, formats: Formats): string {
  const text = formats.count(count)
  return ownWord(words.counts, name)?.(count, text) ?? `${text} ${name}`
}
