import type { JobName } from '../src/core/runs/job-names.ts'
import { computeAggregatesJob } from './compute-aggregates.ts'
import { computeStoreJob } from './compute-store.ts'
import { countSegmentsJob } from './count-segments.ts'
import { ingestWebhookJob } from './ingest-webhook.ts'
import type { JobDefinition } from './job.ts'
import { pullOrdersJob } from './pull-orders.ts'
import { pushProfilesJob } from './push-profiles.ts'
import { syncJob } from './sync.ts'
import { syncSegmentsJob } from './sync-segments.ts'

/** Every kind of job. */
export const JOBS: Readonly<Record<JobName, JobDefinition>> = {
  'ingest-webhook': ingestWebhookJob,
  'pull-orders': pullOrdersJob,
  'compute-aggregates': computeAggregatesJob,
  'push-profiles': pushProfilesJob,
  'sync-segments': syncSegmentsJob,
  sync: syncJob,
  'compute-store': computeStoreJob,
  'count-segments': countSegmentsJob,
}
