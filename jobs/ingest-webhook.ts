import { ingestWebhooks } from '../src/app/ingest-webhooks.ts'
import { ConfigError } from '../src/core/errors.ts'
import { followWebhooks } from './follow-webhooks.ts'
import type { JobDefinition } from './job.ts'
import { pullKind } from './pull-orders.ts'

/** Works off what the webhooks of one source have named. Excludes its pull: what was fetched later must be saved later. */
export const ingestWebhookJob: JobDefinition = {
  name: 'ingest-webhook',
  connectorOf: (data) => data.source ?? null,
  exclusiveKind: (data) => pullKind(data.source ?? ''),
  workUnhindered: followWebhooks,
  async work({ services, data, onProgress, signal }) {
    const source = services.sources.get(data.source ?? '')
    if (source === undefined) throw new ConfigError(`the account ${data.account} has no source ${data.source}`, [])
    const { orders, inbox, customers } = services
    const counts = await ingestWebhooks({ source: source.connector, orders, inbox, customers }, { onProgress, signal })
    return { done: true, counts }
  },
}
