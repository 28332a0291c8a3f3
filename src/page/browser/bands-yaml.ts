import type { Bands } from './split-bands.ts'

/** What the configuration says of bands, as text. */
export interface PresentBands {
  /** Both borders as they stand there: `60`, `p33`; null: there are no bands. */
  readonly at: readonly [string, string] | null
  /** They stand in `at` of `bands`, beside what else is said there. */
  readonly isNested: boolean
  /** One border or both follow the shop. */
  readonly isFollowing: boolean
  /** What a percentile has to say besides its name, for it to be of all orders. */
  readonly window: 'lifetime' | null
  readonly hasSegments: boolean
  /** `family: bands` is among the segments. */
  readonly hasFamily: boolean
  /** Names of segments that stand for a band each, without the family. */
  readonly ownSegments: readonly string[]
}

/** Lines for the configuration; null: there are none of this kind. */
export interface BandsYaml {
  /** With borders in numbers; null: they are there already. */
  readonly fixed: string | null
  /** With borders that go on following the shop, and today come out about there. */
  readonly following: string | null
}

/** The line that holds the borders, without its indentation. */
export function bandsLine(isNested: boolean, borders: readonly string[]): string {
  return `${isNested ? 'at' : 'bands'}: [${borders.join(', ')}]`
}

/** What to write for two thresholds (major units, as text) to be the bands. `bands`: what the two make of the customers. */
export function toBandsYaml(present: PresentBands, low: string, high: string, bands: Bands): BandsYaml {
  const indent = present.isNested ? '      ' : '    '
  const line = (borders: readonly string[]) => `${indent}${bandsLine(present.isNested, borders)}\n`
  const isThere = present.at?.[0] === low && present.at[1] === high
  if (present.at === null && !present.hasSegments)
    return { fixed: line([low, high]) + segmentsYaml(false), following: null }
  const names = percentiles(bands).map((percent) =>
    present.window === null ? `p${percent}` : `{ threshold: p${percent}, window: ${present.window} }`,
  )
  return {
    fixed: isThere ? null : line([low, high]),
    following: present.isFollowing && names.length === 2 ? line(names) : null,
  }
}

/** The entry that makes a segment of each band. */
export function segmentsYaml(hasSegments: boolean): string {
  return `${hasSegments ? '' : '    segments:\n'}      - family: bands\n`
}

/** Shares of customers up to each line, in whole percents; none where they would be the same. */
function percentiles({ low, mid, high }: Bands): number[] {
  const all = low.customers + mid.customers + high.customers
  const percent = (customers: number) => Math.min(99, Math.max(1, Math.round((100 * customers) / Math.max(1, all))))
  const [first, second] = [percent(low.customers), percent(low.customers + mid.customers)]
  return first < second ? [first, second] : []
}
