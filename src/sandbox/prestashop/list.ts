import { compare, toCondition } from './condition.ts'
import { isError, malformed, type WebserviceError } from './errors.ts'
import type { Resource, Row } from './resource.ts'

const DATES = ['date_add', 'date_upd']

/** The rows a query asks for, or what the webservice says of it. Parameters it does not know are ignored. */
export function listRows(
  resource: Resource,
  query: URLSearchParams,
  ignoresFilter: boolean,
): readonly Row[] | WebserviceError {
  const filtered = filterRows(resource, query, ignoresFilter)
  if (isError(filtered)) return filtered
  const shown = readDisplay(resource, query.get('display'))
  if (isError(shown)) return shown
  const sorted = sortRows(resource, query, filtered)
  if (isError(sorted)) return sorted
  const cut = limitRows(query.get('limit'), sorted)
  if (isError(cut)) return cut
  return cut.map((row) => Object.fromEntries(shown.map((field) => [field, row[field] ?? ''])) as Row)
}

/** Dates are no columns to filter or sort by unless `date=1` says so. */
function columnsOf(resource: Resource, query: URLSearchParams): readonly string[] {
  const hasDates = !['', '0', null].includes(query.get('date'))
  return resource.fields.filter((field) => hasDates || !DATES.includes(field))
}

function filterRows(
  resource: Resource,
  query: URLSearchParams,
  ignoresFilter: boolean,
): readonly Row[] | WebserviceError {
  const columns = columnsOf(resource, query)
  let rows = resource.rows()
  for (const [key, text] of query) {
    const field = /^filter\[(\w+)\]$/.exec(key)?.[1]
    if (field === undefined) continue
    if (!columns.includes(field)) {
      return malformed(32, `This filter does not exist. The full list is: "${columns.join('", "')}"`)
    }
    if (text === '') return malformed(33, `The filter "${field}" is malformed.`)
    if (resource.computed?.includes(field) === true) {
      return malformed(34, `The field "${field}" is dynamic. It is not possible to filter GET query with this field.`)
    }
    const fits = toCondition(text)
    if (!ignoresFilter) rows = rows.filter((row) => fits(String(row[field])))
  }
  return rows
}

/** Without `display` a list shows ids only. */
function readDisplay(resource: Resource, text: string | null): readonly string[] | WebserviceError {
  if (text === null || text === 'minimum') return ['id']
  if (text === 'full') return resource.fields
  const inner = /^\[(.*)\]$/.exec(text)?.[1]
  if (inner === undefined) return malformed(36, "The 'display' syntax is wrong.")
  const asked = inner.split(',')
  const unknown = asked.find((field) => !resource.fields.includes(field))
  return unknown === undefined ? asked : malformed(35, `Unable to display this field "${unknown}".`)
}

function sortRows(resource: Resource, query: URLSearchParams, rows: readonly Row[]): readonly Row[] | WebserviceError {
  const text = query.get('sort')
  if (text === null) return rows.toSorted((a, b) => a.id - b.id)
  const columns = columnsOf(resource, query)
  const keys: { field: string; sign: number }[] = []
  for (const part of (/^\[(.*)\]$/.exec(text)?.[1] ?? text).split(',')) {
    const [, field = '', direction = ''] = /^(.*)_(asc|desc)$/i.exec(part) ?? []
    if (direction === '') return malformed(37, 'The "sort" value has to be formed as this example: "field_ASC"')
    if (!columns.includes(field)) return malformed(38, 'Unable to filter by this field.')
    keys.push({ field, sign: direction.toUpperCase() === 'ASC' ? 1 : -1 })
  }
  return rows.toSorted((a, b) => {
    for (const { field, sign } of keys) {
      const order = compare(String(a[field]), String(b[field]))
      if (order !== 0) return sign * order
    }
    // Ties that the query leaves open come in the order of some index.
    return scramble(a.id) - scramble(b.id)
  })
}

function scramble(id: number): number {
  return (id * 7_919) % 101
}

function limitRows(text: string | null, rows: readonly Row[]): readonly Row[] | WebserviceError {
  if (text === null) return rows
  const parts = text.split(',').map((part) => Number.parseInt(part, 10) || 0)
  const [first = 0, second] = parts
  if (parts.length > 2) return malformed(39, 'The "limit" value has to be formed as this example: "5,25" or "10"')
  return second === undefined ? rows.slice(0, first) : rows.slice(first, first + second)
}
