import type { OperationId } from './limits.ts'
import type { QueryRules } from './query.ts'

/** Where an operation lives, what it needs and which query parameters it knows. */
export interface Operation {
  readonly id: OperationId
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly scopes: readonly string[]
  readonly query: QueryRules
}

/** An operation that reads. */
export function get(id: OperationId, path: string, scopes: readonly string[], query: QueryRules): Operation {
  return { id, method: 'GET', path, scopes, query }
}

/** An operation that makes something, or asks for work. */
export function post(id: OperationId, path: string, scopes: readonly string[], query: QueryRules): Operation {
  return { id, method: 'POST', path, scopes, query }
}

/** An operation that changes something. */
export function patch(id: OperationId, path: string, scopes: readonly string[], query: QueryRules): Operation {
  return { id, method: 'PATCH', path, scopes, query }
}

/** An operation that takes something away. */
export function remove(id: OperationId, path: string, scopes: readonly string[]): Operation {
  return { id, method: 'DELETE', path, scopes, query: {} }
}
