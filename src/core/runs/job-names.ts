/** The kinds of job: the door of webhooks, those of a `sync` in the order in which it runs them, and what they leave to later. */
export const JOB_NAMES = [
  'ingest-webhook',
  'pull-orders',
  'compute-aggregates',
  'push-profiles',
  'sync-segments',
  'sync',
  'compute-store',
  'count-segments',
] as const

export type JobName = (typeof JOB_NAMES)[number]

/** Whether a text names a job. */
export function isJobName(text: string): text is JobName {
  return (JOB_NAMES as readonly string[]).includes(text)
}
