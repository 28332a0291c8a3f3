import type { JobsOptions } from 'bullmq'
import type { JobData } from './job-data.ts'

const WEEK_S = 7 * 86_400

/** At a terminal somebody waits: four attempts, about ten seconds. Otherwise ten attempts, about half an hour. */
export function optionsFor(trigger: JobData['trigger']): JobsOptions {
  return {
    attempts: trigger === 'cli' ? 4 : 10,
    backoff: { type: 'jitter' },
    removeOnComplete: { age: WEEK_S, count: 10_000 },
    removeOnFail: { age: WEEK_S, count: 10_000 },
  }
}
