/** Decides over the value of one column. */
export type Condition = (value: string) => boolean

const OPERATOR = /^(.*)\[(.*)\](.*)$/s
/** Only plain digits make a range: a `T` or a `Z` among them makes it one value, of which a date reads the beginning. */
const RANGE = /^([\d.:\-\s]+),([\d.:\-\s]+)$/
const MYSQL_DATE = /^\d{4}-\d{2}-\d{2}/
const NUMBER = /^-?\d+(?:\.\d+)?$/

/** What PrestaShop's SQL makes of `filter[…]=text`: `[a|b]`, `[a,b]` (inclusive), `>[a]`, `<[a]`, `![a]`, `%[a]%`, `a`. */
export function toCondition(text: string): Condition {
  const match = OPERATOR.exec(text)
  if (match === null) return isOneOf([text])
  const [, before = '', inner = '', after = ''] = match
  if (before === '%' || after === '%') return like(before, inner, after)
  if (before === '>') return (value) => compare(value, inner) > 0
  if (before === '<') return (value) => compare(value, inner) < 0
  if (before === '!') {
    const isExcluded = isOneOf(inner.split('|'))
    return (value) => !isExcluded(value)
  }
  if (before !== '' || after !== '') return () => true
  const range = RANGE.exec(inner)
  if (range === null) return isOneOf(inner.split('|'))
  // The bounds are sorted as texts, so that they may stand the wrong way round.
  const [low = '', high = ''] = [range[1] ?? '', range[2] ?? ''].sort()
  return (value) => compare(value, low) >= 0 && compare(value, high) <= 0
}

/** Lists name hundreds of ids: each is parsed once, and not for every row. */
function isOneOf(given: readonly string[]): Condition {
  const dates = new Set(given.map(toDateTime))
  const numbers = new Set(given.map(toNumber))
  const texts = new Set(given.map((text) => text.toLowerCase()))
  return (value) => {
    if (MYSQL_DATE.test(value)) return dates.has(value)
    return NUMBER.test(value) ? numbers.has(Number(value)) : texts.has(value.toLowerCase())
  }
}

/** As MySQL compares a column: dates by their digits, whatever zone stands behind them; numbers as numbers. */
export function compare(value: string, given: string): number {
  if (MYSQL_DATE.test(value)) {
    const digits = toDateTime(given)
    return value === digits ? 0 : value > digits ? 1 : -1
  }
  if (NUMBER.test(value)) return Number(value) - toNumber(given)
  const [a, b] = [value.toLowerCase(), given.toLowerCase()]
  return a === b ? 0 : a > b ? 1 : -1
}

/** As MySQL reads a text where it wants a number: its first digits, or 0. */
function toNumber(text: string): number {
  return Number.parseFloat(text) || 0
}

function toDateTime(text: string): string {
  const digits = text.trim().replace('T', ' ').slice(0, 19)
  return digits.length <= 10 ? `${digits} 00:00:00` : digits.padEnd(19, ':00')
}

function like(before: string, inner: string, after: string): Condition {
  const wanted = inner.toLowerCase()
  return (value) => {
    const text = value.toLowerCase()
    if (before === '%' && after === '%') return text.includes(wanted)
    return before === '%' ? text.endsWith(wanted) : text.startsWith(wanted)
  }
}
