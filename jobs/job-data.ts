import { z } from 'zod'
import { RecordError } from '../src/core/errors.ts'
import type { JobName } from '../src/core/runs/job-names.ts'

/** The jobs of one sync, by id: what its last step sums up, and each step looks back on. */
const flowSchema = z.strictObject({
  'pull-orders': z.array(z.string()),
  'compute-aggregates': z.string(),
  'push-profiles': z.string(),
  'sync-segments': z.string(),
})

/** What every job carries: JSON, checked when it is taken from the queue, since an older version may have put it there. */
export const jobDataSchema = z.strictObject({
  account: z.string(),
  source: z.string().optional(),
  full: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  acceptDeletions: z.boolean().default(false),
  trigger: z.enum(['cron', 'cli', 'http', 'webhook']),
  flow: flowSchema.optional(),
  /** What of the work was done before the job last went to wait. */
  counts: z.record(z.string(), z.number()).optional(),
  /** When it goes on after it was last told to wait, in milliseconds since the epoch. */
  resumesAtMs: z.number().optional(),
  /** Why its last attempt ended, while it waits for the next. */
  lastFailure: z.strictObject({ code: z.string(), message: z.string() }).optional(),
})

export type JobData = z.infer<typeof jobDataSchema>
export type Flow = z.infer<typeof flowSchema>

/**
 * What a job carries. @throws RecordError naming the places, never the values, when another version of the program put
 * in what this one does not know.
 */
export function parseJobData(data: unknown): JobData {
  const parsed = jobDataSchema.safeParse(data)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map(({ path, code, ...issue }) => {
    const names = 'keys' in issue ? issue.keys : []
    return `${[...path, ...names].join('.') || 'the whole'} (${code})`
  })
  throw new RecordError(
    `this job was put in by another version of scontrino and cannot be read by this one: ${places.join(', ')}; put it in again`,
  )
}

/** The job that a flow belongs to: every id of the flow begins with its id. */
export function syncIdOf(flow: Flow): string {
  return flow['compute-aggregates'].slice(0, -'.compute-aggregates'.length)
}

/** The sources that a flow reads, in its order; of no flow none. */
export function sourcesOf(flow: Flow | undefined): string[] {
  return (flow?.['pull-orders'] ?? []).map((id) => id.slice(id.lastIndexOf('.') + 1))
}

/** All jobs of a flow, in the order in which they run. */
export function familyOf(flow: Flow): { name: JobName; id: string }[] {
  return [
    ...flow['pull-orders'].map((id) => ({ name: 'pull-orders' as const, id })),
    { name: 'compute-aggregates', id: flow['compute-aggregates'] },
    { name: 'push-profiles', id: flow['push-profiles'] },
    { name: 'sync-segments', id: flow['sync-segments'] },
  ]
}
