import { ingestWebhooks } from '../src/app/ingest-webhooks.ts'
import { NO_PULLS, pullOrders } from '../src/app/pull-orders.ts'
import { ConfigError } from '../src/core/errors.ts'
import { followWebhooks } from './follow-webhooks.ts'
import type { JobDefinition } from './job.ts'

/** Reads what has changed at one source into the ledger. */
export const pullOrdersJob: JobDefinition = {
  name: 'pull-orders',
  connectorOf: (data) => data.source ?? null,
  exclusiveKind: (data) => pullKind(data.source ?? ''),
  // What woke nobody: its queue may have been lost.
  workUnhindered: followWebhooks,
  async work({ services, data, onProgress, keep, signal }) {
    const source = services.sources.get(data.source ?? '')
    if (source === undefined) {
      throw new ConfigError(`the account ${data.account} has no source ${data.source}`, [])
    }
    const { orders, inbox, customers } = services
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
    // What webhooks named and no job of theirs came to: its queue may have been lost.
    const parts = { source: source.connector, orders, inbox, customers }
    const { events } = await ingestWebhooks(parts, { onProgress, signal })
    return { done: true, counts: { ...counts, ...(events > 0 && { events }) } }
  },
}

/** What excludes others from moving a source's cursor, for `exclusively`. */
export function pullKind(source: string): string {
  return `pull-orders ${source}`
}
