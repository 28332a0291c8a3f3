/** A value in a filter: quoted text, a number, a truth value, or a list of them. Dates are text. */
type FilterValue = string | number | boolean | readonly (string | number | boolean)[]

/** One comparison; several in a filter must all hold. */
export interface Filter {
  readonly operator: string
  readonly field: string
  readonly value: FilterValue
}

/**
 * Parses `equals(email,"a@b.c"),any(id,["x","y"])` or `and(…,…)` into comparisons that must all hold.
 * Answers a sentence about the mistake when the text is anything else.
 */
export function parseFilters(text: string): Filter[] | string {
  const reader = { text, at: 0 }
  const filters = readClauses(reader)
  if (typeof filters === 'string') return filters
  return reader.at === text.length ? filters : `Unexpected text in filter at position ${reader.at}.`
}

interface Reader {
  readonly text: string
  at: number
}

function readClauses(reader: Reader): Filter[] | string {
  const filters: Filter[] = []
  do {
    const clause = readClause(reader)
    if (typeof clause === 'string') return clause
    filters.push(...clause)
  } while (take(reader, ','))
  return filters
}

function readClause(reader: Reader): Filter[] | string {
  const operator = match(reader, /\s*([a-z-]+)/y)
  if (operator === null || !take(reader, '(')) return `Expected an operator at position ${reader.at} of the filter.`
  if (operator === 'and') {
    const inner = readClauses(reader)
    if (typeof inner === 'string') return inner
    return take(reader, ')') ? inner : 'Missing ) in filter.'
  }
  const field = match(reader, /\s*([\w.-]+)/y)
  if (field === null || !take(reader, ',')) return `Expected a field and a value after ${operator}(.`
  const value = readValue(reader)
  if (value === null) return `Expected a value for ${field} in filter.`
  return take(reader, ')') ? [{ operator, field, value }] : 'Missing ) in filter.'
}

function readValue(reader: Reader): FilterValue | null {
  if (!take(reader, '[')) return readScalar(reader)
  const values: (string | number | boolean)[] = []
  if (take(reader, ']')) return values
  do {
    const value = readScalar(reader)
    if (value === null) return null
    values.push(value)
  } while (take(reader, ','))
  return take(reader, ']') ? values : null
}

function readScalar(reader: Reader): string | number | boolean | null {
  const quoted = match(reader, /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/y)
  if (quoted !== null) return quoted.slice(1, -1).replace(/\\(.)/g, '$1')
  const bare = match(reader, /\s*([^\s,()[\]"']+)/y)
  if (bare === null) return null
  if (bare === 'true' || bare === 'false') return bare === 'true'
  return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : bare
}

function match(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (found === null) return null
  reader.at = pattern.lastIndex
  return found[1] ?? null
}

function take(reader: Reader, sign: string): boolean {
  const start = reader.at
  while (reader.text[reader.at] === ' ') reader.at++
  if (reader.text[reader.at] === sign) {
    reader.at++
    return true
  }
  reader.at = start
  return false
}

/** Whether one value passes a comparison. Instants (`created`, `updated`, …) are given and compared in milliseconds. */
export function passes(filter: Filter, actual: string | number | boolean | null): boolean {
  const { operator, value } = filter
  if (operator === 'equals') return actual === scalar(value, actual)
  if (operator === 'any') return Array.isArray(value) && value.some((one) => scalar(one, actual) === actual)
  if (actual === null) return false
  if (typeof actual === 'string') {
    const text = String(value)
    if (operator === 'contains') return actual.includes(text)
    if (operator === 'starts-with') return actual.startsWith(text)
    if (operator === 'ends-with') return actual.endsWith(text)
    return false
  }
  const limit = scalar(value, actual)
  if (operator === 'greater-than') return actual > limit
  if (operator === 'greater-or-equal') return actual >= limit
  if (operator === 'less-than') return actual < limit
  return operator === 'less-or-equal' && actual <= limit
}

/** Some clients write `equals(id,["x"])`; and an instant in a filter is text. */
function scalar(value: FilterValue, like: unknown): string | number | boolean {
  const one = typeof value === 'object' ? (value[0] ?? '') : value
  if (typeof like === 'number' && typeof one === 'string') return Date.parse(one)
  return typeof like === 'string' ? String(one) : one
}
