/** What a search of orders may be about here. */
export interface Searchable {
  readonly created_at: Date
  readonly processed_at: Date
  readonly updated_at: Date
  readonly test: boolean
}

/** A search as it was understood: terms that were not are ignored, with a warning. */
interface Search {
  readonly matches: (row: Searchable) => boolean
  readonly warnings: readonly { readonly field: string; readonly message: string; readonly code: string }[]
}

const TERM = /^(\w+):(>=|<=|>|<)?(?:'([^']*)'|"([^"]*)"|(\S+))$/
const WORD = /'[^']*'|"[^"]*"|[^\s'"]+/g

/** Reads a search string: terms joined by AND or by nothing. Dates count to the second, and have to be quoted. */
export function parseSearch(text: string | null | undefined): Search {
  const warnings: { field: string; message: string; code: string }[] = []
  const tests: ((row: Searchable) => boolean)[] = []
  for (const term of splitTerms(text ?? '')) {
    const [, field = '', operator = '', single, double, bare] = TERM.exec(term) ?? []
    const test = toTest(field, operator, single ?? double ?? null, bare ?? null)
    if (test === null)
      warnings.push({ field, message: 'Invalid search field or value for this query.', code: 'invalid' })
    else tests.push(test)
  }
  return { matches: (row) => tests.every((test) => test(row)), warnings }
}

/** Quoted parts may hold blanks. */
function splitTerms(text: string): string[] {
  const terms: string[] = []
  let end = -1
  for (const match of text.matchAll(WORD)) {
    if (match.index === end) terms.push((terms.pop() ?? '') + match[0])
    else terms.push(match[0])
    end = match.index + match[0].length
  }
  return terms.filter((term) => term !== 'AND')
}

function toTest(
  field: string,
  operator: string,
  quoted: string | null,
  bare: string | null,
): ((row: Searchable) => boolean) | null {
  if (field === 'test') return bare === null ? null : (row) => row.test === (bare === 'true')
  if (field !== 'created_at' && field !== 'processed_at' && field !== 'updated_at') return null
  const ms = quoted === null ? Number.NaN : Date.parse(quoted)
  if (Number.isNaN(ms)) return null
  const second = Math.floor(ms / 1000)
  const of = (row: Searchable) => Math.floor(row[field].getTime() / 1000)
  if (operator === '>=') return (row) => of(row) >= second
  if (operator === '>') return (row) => of(row) > second
  if (operator === '<=') return (row) => of(row) <= second
  if (operator === '<') return (row) => of(row) < second
  return (row) => of(row) === second
}
