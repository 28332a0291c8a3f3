import type { z } from 'zod'
import { ContractError } from '../../core/errors.ts'
import type { Feed, FeedPage, FeedWindow } from '../../reading/feed.ts'
import type { VendureClient } from './client.ts'
import { listOf } from './wire.ts'

/** A list of the Admin API by one of its instants. */
interface ListFeed<Row extends z.ZodType> {
  readonly field: 'updatedAt' | 'orderPlacedAt'
  readonly query: string
  readonly row: Row
  /** Beside the window. */
  readonly filter: object
  readonly idOf: (row: z.infer<Row>) => string
  /** ISO 8601; null sorts nowhere. */
  readonly instantOf: (row: z.infer<Row>) => string | null
}

/** Servers refuse requests of more than 100 kB, as a fault of their own. */
const LONGEST_IDS = 80_000

/**
 * Feeds of a server's lists. The JSON has milliseconds; databases have microseconds, or with SQLite a text that may lack
 * them: so a window is asked for from a millisecond earlier, and what lies within that millisecond is left out here.
 */
export function createListFeed<Row extends z.ZodType>(
  client: VendureClient,
  pageSize: number,
  { field, query, row, filter, idOf, instantOf }: ListFeed<Row>,
): Feed<z.infer<Row>> {
  const what = `orders by ${field}`
  const list = listOf(row)
  const msOf = (record: z.infer<Row>) => Date.parse(instantOf(record) ?? '')

  async function fetchPage({ from, before, seen }: FeedWindow, signal: AbortSignal): Promise<FeedPage<z.infer<Row>>> {
    const fromMs = Math.max(0, from.getTime() - 1)
    const isEarly = (record: z.infer<Row>) => msOf(record) === fromMs && fromMs < from.getTime()
    const early: string[] = []
    for (;;) {
      const options = {
        take: pageSize,
        // Never a second field: the server sorts by the one its own input type names first.
        sort: { [field]: 'ASC' },
        filter: {
          ...filter,
          [field]: { between: { start: new Date(fromMs).toISOString(), end: before.toISOString() } },
          id: { notIn: checkLength([...seen, ...early], what) },
        },
      }
      const { data } = await client.ask({
        query,
        variables: { options },
        data: list,
        what: `reading ${what}`,
        needs: 'ReadOrder',
        signal,
      })
      const { items, totalItems } = data.orders
      const records = items.filter((record) => !isEarly(record))
      const isLast = items.length >= totalItems
      if (isLast || records.length > 0) return { records, isLast, total: totalItems - (items.length - records.length) }
      early.push(...items.map(idOf))
    }
  }

  return { what, precisionMs: 1, fetchPage, idOf, instantOf: (record) => new Date(msOf(record)) }
}

function checkLength(ids: readonly string[], what: string): readonly string[] {
  if (JSON.stringify(ids).length <= LONGEST_IDS) return ids
  throw new ContractError(
    `reading ${what}: ${ids.length} orders share one instant, more than can be told apart; ` +
      'read the source from its beginning (sync --full)',
    { orders: ids.length },
  )
}
