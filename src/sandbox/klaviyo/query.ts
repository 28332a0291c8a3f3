import { type ApiError, invalidParameter } from './errors.ts'
import { type Filter, parseFilters } from './filters.ts'

/** Which query parameters an operation knows; anything else is refused. */
export interface QueryRules {
  /** Field → operators. */
  readonly filter?: Readonly<Record<string, readonly string[]>>
  readonly sort?: readonly string[]
  readonly include?: readonly string[]
  readonly pageSize?: { readonly normal: number; readonly max: number }
  readonly cursor?: boolean
  /** Resource type → fields that may be asked for; `prefix.*` allows everything under a field. */
  readonly fields?: Readonly<Record<string, readonly string[]>>
  /** Resource type → fields that come only when asked for. */
  readonly additional?: Readonly<Record<string, readonly string[]>>
}

/** The parameters of one request, checked. */
export interface Query {
  readonly filters: readonly Filter[]
  /** Field with an optional leading minus. */
  readonly sort: string | null
  readonly include: readonly string[]
  readonly pageSize: number
  readonly cursor: string | null
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** `additional-fields` of all types. */
  readonly additional: readonly string[]
}

/** The longest list that integrators put into `any(…)`; an official cap is not documented. */
const MAX_ANY = 100

/** Checks every parameter against the rules; all mistakes at once. */
export function parseQuery(search: URLSearchParams, rules: QueryRules): { query: Query; errors: ApiError[] } {
  const errors: ApiError[] = []
  const fields: Record<string, readonly string[]> = {}
  const additional: string[] = []
  let filters: readonly Filter[] = []
  let include: readonly string[] = []
  let sort: string | null = null
  let pageSize = rules.pageSize?.normal ?? 100

  for (const [name, text] of search) {
    const [, kind = name, type = ''] = /^(fields|additional-fields)\[([\w-]+)\]$/.exec(name) ?? []
    const values = text.split(',').filter((value) => value !== '')
    if (kind === 'filter' && rules.filter !== undefined) {
      filters = checkFilter(text, rules.filter, errors)
    } else if (kind === 'sort' && rules.sort !== undefined) {
      sort = text
      if (!rules.sort.includes(text.replace(/^-/, ''))) errors.push(choice(text, 'sort', rules.sort))
    } else if (kind === 'include' && rules.include !== undefined) {
      include = values
      for (const value of values) if (!rules.include.includes(value)) errors.push(choice(value, name, rules.include))
    } else if (kind === 'page[size]' && rules.pageSize !== undefined) {
      pageSize = Number(text)
      if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > rules.pageSize.max) {
        errors.push(invalidParameter(`Page size must be an integer between 1 and ${rules.pageSize.max}.`, name))
      }
    } else if (kind === 'page[cursor]' && rules.cursor === true) {
      // read below: its meaning belongs to the page, not to the parameter
    } else if (kind === 'fields' && rules.fields?.[type] !== undefined) {
      fields[type] = values
      errors.push(...unknownFields(values, rules.fields[type] ?? [], name))
    } else if (kind === 'additional-fields' && rules.additional?.[type] !== undefined) {
      additional.push(...values)
      errors.push(...unknownFields(values, rules.additional[type] ?? [], name))
    } else {
      errors.push(invalidParameter(`'${name}' is not a valid query parameter for this endpoint.`, name))
    }
  }
  const cursor = rules.cursor === true ? search.get('page[cursor]') : null
  return { query: { filters, sort, include, pageSize, cursor, fields, additional }, errors }
}

function checkFilter(text: string, rules: NonNullable<QueryRules['filter']>, errors: ApiError[]): readonly Filter[] {
  const filters = parseFilters(text)
  if (typeof filters === 'string') {
    errors.push(invalidParameter(filters, 'filter'))
    return []
  }
  for (const { field, operator, value } of filters) {
    const operators = rules[field]
    if (operators === undefined) {
      errors.push(invalidParameter(`'${field}' is not an allowed filter field.`, 'filter'))
    } else if (!operators.includes(operator)) {
      const allowed = operators.join(', ')
      const detail = `'${operator}' is not an allowed filter operator for ${field}.  Allowed operators are ${allowed}`
      errors.push(invalidParameter(detail, 'filter'))
    } else if (operator === 'any' && (!Array.isArray(value) || value.length > MAX_ANY)) {
      errors.push(invalidParameter(`'any' takes a list of at most ${MAX_ANY} values.`, 'filter'))
    }
  }
  return filters
}

function unknownFields(values: readonly string[], known: readonly string[], name: string): ApiError[] {
  const isKnown = (value: string) =>
    known.includes(value) || known.some((field) => field.endsWith('.*') && value.startsWith(field.slice(0, -1)))
  return values.filter((value) => !isKnown(value)).map((value) => choice(value, name, known))
}

function choice(value: string, parameter: string, known: readonly string[]): ApiError {
  return invalidParameter(`'${value}' is not a valid choice. Valid choices: ${known.join(', ')}.`, parameter)
}
