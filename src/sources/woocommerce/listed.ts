import { ContractError } from '../../core/errors.ts'
import { wireInstants, wireListed } from './wire.ts'

/** The two instants that lists can be asked by. */
export type DateName = 'created' | 'modified'

/** A record with what is needed to read on behind it; the rest of it is not looked at yet. */
export interface Listed {
  readonly id: string
  /** Of the order that a refund belongs to. */
  readonly parentId: string | null
  /** To the second; an invalid date where the record has none. */
  readonly created: Date
  readonly modified: Date
  /** The same on the shop's wall clock: digits to compare. '' where the record has none. */
  readonly local: Readonly<Record<DateName, string>>
  readonly record: unknown
}

/** @throws ContractError when a record has no id: then it is not known what the list is. */
export function toListed(record: unknown, what: string): Listed {
  const parsed = wireListed.safeParse(record)
  if (!parsed.success) throw new ContractError(`${what}: the shop gave a record without an id`)
  const instants = wireInstants.parse(record)
  return {
    id: String(parsed.data.id),
    parentId: parsed.data.parent_id === undefined ? null : String(parsed.data.parent_id),
    created: fromNaive(instants.date_created_gmt),
    modified: fromNaive(instants.date_modified_gmt),
    local: { created: instants.date_created, modified: instants.date_modified },
    record,
  }
}

/** UTC as the API writes and reads it: without a zone. A `Z` would be shifted by the site's offset. */
export function toNaive(instant: Date): string {
  return instant.toISOString().slice(0, 19)
}

/** The inverse of `toNaive`; an invalid date for anything else. */
export function fromNaive(text: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) ? `${text}Z` : Number.NaN)
}
