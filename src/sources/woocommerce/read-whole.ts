import { RemoteUnavailableError } from '../../core/errors.ts'
import type { WoocommerceClient } from './client.ts'
import { type InstantList, type Span, toSpanQuery } from './list-query.ts'
import { type Listed, toListed } from './listed.ts'

const MOST_PASSES = 8

/** Every record of a list whose order does not change, page by page. */
export async function fetchPages(
  client: WoocommerceClient,
  asking: { path: string; query: Readonly<Record<string, string>>; what: string },
  signal: AbortSignal,
): Promise<{ records: unknown[]; total: number }> {
  const records: unknown[] = []
  for (let page = 1; ; page += 1) {
    const query = { ...asking.query, orderby: 'id', order: 'asc', page: String(page) }
    const answer = await client.fetchList({ ...asking, query, signal })
    records.push(...answer.records)
    if (page >= answer.totalPages) return { records, total: answer.total }
  }
}

/**
 * All records of a span that is over, in the order of their ids, by page numbers. Records may leave it meanwhile, and
 * then others slip to a page that was read already: so it is read again until two passes agree.
 * @throws RemoteUnavailableError when they never do.
 */
export async function readWhole(
  client: WoocommerceClient,
  list: InstantList,
  span: Span,
  signal: AbortSignal,
): Promise<Listed[]> {
  const asking = { path: list.path, query: toSpanQuery(list, span), what: `reading ${list.what}` }
  let former: string | null = null
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const { records, total } = await fetchPages(client, asking, signal)
    const listed = records.map((record) => toListed(record, asking.what))
    const found = JSON.stringify([total, listed.map(({ id }) => id)])
    if (found === former) return listed
    former = found
  }
  throw new RemoteUnavailableError(`${asking.what}: the list was never twice the same in ${MOST_PASSES} readings`)
}
