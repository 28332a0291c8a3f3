import { RecordError } from '../../core/errors.ts'

/** One JSON line → the cells of the columns, in their order. @throws RecordError, naming the column where one is at fault. */
export type JsonCellReader = (text: string) => string[]

/**
 * A column is a key of the object, or a path of keys joined by points. Numbers become their shortest text; integers
 * beyond 2^53 (ids of some shops) are taken as they are written, because a JavaScript number would change them.
 */
export function createJsonCellReader(columns: readonly string[]): JsonCellReader {
  const paths = columns.map((name) => ({ name, keys: name.split('.') }))
  return (text) => {
    const record = parseObject(text)
    const cells: string[] = []
    for (const { name, keys } of paths) {
      const value = pick(record, name, keys)
      const changed = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER
      cells.push(toCell(changed ? pick(parseObject(text, sourceOfLargeNumbers), name, keys) : value, name))
    }
    return cells
  }
}

function parseObject(text: string, reviver?: typeof sourceOfLargeNumbers): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text, reviver)
  } catch {
    throw new RecordError('expected one JSON object in this line')
  }
  if (!isObject(value)) throw new RecordError('expected one JSON object in this line')
  return value
}

function sourceOfLargeNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const large = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER
  return large ? (context?.source ?? value) : value
}

function pick(record: Record<string, unknown>, name: string, keys: readonly string[]): unknown {
  if (Object.hasOwn(record, name)) return record[name]
  if (keys.length === 1) return undefined
  let value: unknown = record
  for (const key of keys) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toCell(value: unknown, column: string): string {
  if (typeof value === 'string') return value.trim()
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new RecordError('expected a single value, found an object or a list', { column })
}
