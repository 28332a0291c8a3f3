import { type DocumentNode, type FieldNode, Kind, parse, type SelectionSetNode } from 'graphql'

/** An export under way or done. */
interface BulkOperation {
  readonly id: string
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED' | 'EXPIRED'
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null
  rootObjectCount: string
  objectCount: string
  url: string | null
  partialDataUrl: string | null
}

/** What is to become of the next exports instead of what they are asked for. */
type BulkFate = 'fail' | 'expire' | 'never-end' | 'tear' | 'misdate'

/** The exports of a shop. */
export interface BulkOperations {
  /** Null when five are at work already. */
  start(query: string): BulkOperation | null
  /** Every look brings an operation a step forward. */
  look(id: string): BulkOperation | null
  /** The text behind an address; null when there is none, or no longer. */
  file(name: string): string | null
  /** For the exports to come, one each. */
  doom(...fates: BulkFate[]): void
  /** How many were started. */
  readonly started: number
}

const MOST_AT_ONCE = 5

/** `lines` evaluates a query of an export: orders first, their children anywhere behind them. */
export function createBulkOperations(
  baseUrl: () => string,
  lines: (query: string) => { readonly roots: number; readonly lines: readonly string[] },
): BulkOperations {
  const operations = new Map<string, { operation: BulkOperation; query: string; fate: BulkFate | undefined }>()
  const files = new Map<string, string>()
  const fates: BulkFate[] = []

  function complete(operation: BulkOperation, query: string, fate: BulkFate | undefined): void {
    const result = lines(query)
    operation.objectCount = String(result.lines.length)
    operation.rootObjectCount = String(result.roots)
    const name = `${operation.id.split('/').at(-1)}.jsonl`
    const text = result.lines.map((line) => `${line}\n`).join('')
    if (fate === 'fail') {
      operation.status = 'FAILED'
      operation.errorCode = 'TIMEOUT'
      files.set(`partial-${name}`, text.slice(0, text.length / 2))
      operation.partialDataUrl = `${baseUrl()}/bulk/partial-${name}`
      return
    }
    operation.status = 'COMPLETED'
    if (result.lines.length === 0) return
    operation.url = `${baseUrl()}/bulk/${name}`
    if (fate !== 'expire') files.set(name, spoil(text, fate))
  }

  return {
    get started() {
      return operations.size
    },
    doom: (...next) => void fates.push(...next),
    file: (name) => files.get(name) ?? null,
    start(query) {
      const running = [...operations.values()].filter(({ operation }) => /CREATED|RUNNING/.test(operation.status))
      if (running.length >= MOST_AT_ONCE) return null
      const operation: BulkOperation = {
        id: `gid://shopify/BulkOperation/${720_918_000_000 + operations.size}`,
        status: 'CREATED',
        errorCode: null,
        rootObjectCount: '0',
        objectCount: '0',
        url: null,
        partialDataUrl: null,
      }
      operations.set(operation.id, { operation, query, fate: fates.shift() })
      return { ...operation }
    },
    look(id) {
      const found = operations.get(id)
      if (found === undefined) return null
      const { operation, query, fate } = found
      if (operation.status === 'CREATED') operation.status = 'RUNNING'
      else if (operation.status === 'RUNNING' && fate !== 'never-end') complete(operation, query, fate)
      return { ...operation }
    },
  }
}

/** `tear` ends too early; `misdate` has orders that were not asked for. */
function spoil(text: string, fate: BulkFate | undefined): string {
  if (fate === 'misdate') return text.replaceAll(/"processedAt":"\d{4}/g, '"processedAt":"2999')
  return fate === 'tear' ? text.slice(0, text.length * 0.7) : text
}

/** Why Shopify would refuse a query for an export, or null. */
export function refuseBulkQuery(query: string): string | null {
  let document: DocumentNode
  try {
    document = parse(query)
  } catch {
    return 'Invalid bulk query: it is no GraphQL'
  }
  const definition = document.definitions[0]
  if (definition?.kind !== Kind.OPERATION_DEFINITION || definition.operation !== 'query') return 'expected a query'
  const roots = definition.selectionSet.selections
  if (roots.length !== 1) return 'Bulk queries must have one top-level field'
  const connections = listConnections(definition.selectionSet, 0)
  if (connections.length === 0) return 'Bulk queries must contain at least one connection'
  if (connections.length > 5) return 'Bulk queries cannot contain more than 5 connections'
  return connections.some(({ depth }) => depth > 2) ? 'Bulk queries cannot nest connections deeper than 2 levels' : null
}

function listConnections(set: SelectionSetNode, depth: number): { depth: number }[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD) return []
    const own = isConnection(selection) ? [{ depth: depth + 1 }] : []
    return [...own, ...(selection.selectionSet ? listConnections(selection.selectionSet, depth + own.length) : [])]
  })
}

function isConnection(field: FieldNode): boolean {
  const names = field.selectionSet?.selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : '')) ?? []
  return names.includes('edges') || names.includes('nodes')
}
