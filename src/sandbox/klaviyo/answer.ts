import type { Fault } from './faults.ts'
import type { Query } from './query.ts'

/** What a handler gives back. `document` null: no body. */
export interface Answer {
  readonly status: number
  readonly document: object | null
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that has passed authentication, limits and the check of its query. */
export interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown
  /** Size of the body after decompression. */
  readonly bodyBytes: number
  /** The address of the request, absolute, as the client wrote it. */
  readonly self: string
  /** Scheme, host and port, for building links. */
  readonly origin: string
  /** A fault that the handler itself has to act out. */
  readonly fault: Fault | null
}

/** One operation of the API. Refusals are answers, not exceptions. */
export type Handler = (call: Call) => Answer

/** A relationship that only says where to look, as Klaviyo writes it unless the data is included. */
export function toRelationship(origin: string, type: string, id: string, name: string, data?: unknown): object {
  const links = {
    self: `${origin}/api/${type}/${id}/relationships/${name}/`,
    related: `${origin}/api/${type}/${id}/${name}/`,
  }
  return data === undefined ? { links } : { data, links }
}

/** The fields a sparse fieldset asks for; all of them when it asks for nothing. `a.b` keeps `a` with only `b` in it. */
export function pickFields(attributes: Record<string, unknown>, fields: readonly string[] | undefined): object {
  if (fields === undefined) return attributes
  const picked: Record<string, unknown> = {}
  for (const field of fields) {
    const [first = '', second] = field.split('.')
    const value = attributes[first]
    if (value === undefined) continue
    const nested = second !== undefined && typeof value === 'object' && value !== null
    picked[first] = nested ? { ...(picked[first] ?? {}), [second]: Reflect.get(value, second) } : value
  }
  return picked
}
