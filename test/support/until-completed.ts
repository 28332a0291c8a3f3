import { until } from './until.ts'

/** A job as `GET /v1/jobs/:name/:id` tells it. */
export interface JobAnswer {
  readonly state: string
  readonly progress: unknown
  readonly result: Readonly<Record<string, unknown>> | null
  readonly failure: unknown
}

/** Asks for a job until it has ended, not more often than the door allows. @throws unless it completed. */
export async function untilCompleted(url: string): Promise<JobAnswer> {
  const ended = await until(
    'the job has ended',
    async () => {
      const response = await fetch(url)
      if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
      const job = (await response.json()) as JobAnswer
      return ['completed', 'failed'].includes(job.state) && job
    },
    60_000,
    250,
  )
  if (ended.state !== 'completed') throw new Error(`the job failed: ${JSON.stringify(ended.failure)}`)
  return ended
}
