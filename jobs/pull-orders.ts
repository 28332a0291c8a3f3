import { ingestWebhooks } from '../src/app/ingest-webhooks.ts'
import { NO_PULLS, pullOrders } from '../src/app/pull-orders.ts'
import { ConfigError } from '../src/core/errors.ts'
import type { JobDefinition } from './job.ts'

/** Reads what has changed at one source into the ledger. */
export const pullOrdersJob: JobDefinition = {
  name: 'pull-orders',
  connectorOf: (data) => data.source ?? null,
  exclusiveKind: (data) => pullKind(data.source ?? ''),
  async work({ services, data, onProgress, keep, signal }) {
    const source = services.sources.get(data.source ?? '')
    if (source === undefined) {
      throw new ConfigError(`the account ${data.account} has no source ${data.source}`, [])
    }
    // What webhooks named and no job of theirs came to: its queue may have been lost.
    const { orders, inbox, customers } = services
    await ingestWebhooks({ source: source.connector, orders, inbox, customers }, { onProgress, signal })
    // A full refresh that comes back goes on where it was.
    const full = data.full && data.counts === undefined
    const counts = await pullOrders(
      { source: source.connector, orders },
      {
        counts: { ...NO_PULLS, ...data.counts },
        full,
        acceptDeletions: data.acceptDeletions,
        onProgress,
        onCounts: (now) => keep({ ...now }),
        signal,
      },
    )
    return { done: true, counts }
  },
}

/** What excludes others from moving a source's cursor, for `exclusively`. */
export function pullKind(source: string): string {
  return `pull-orders ${source}`
}
