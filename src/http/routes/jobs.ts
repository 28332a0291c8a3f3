import { z } from 'zod'
import type { JobRequest, JobStatus, QueuedJob } from '../../app/application.ts'
import { JOB_NAMES, type JobName } from '../../core/runs/job-names.ts'
import type { HttpApplication } from '../application.ts'
import { type ProblemDetails, sendProblem } from '../problem.ts'
import type { HttpApp } from '../type-provider.ts'
import { countsSchema, failureSchema, lastFailureSchema } from './outcome.ts'

const name = z.string().min(1, 'expected a name').max(100, 'expected at most 100 characters')

const requestSchema = z
  .strictObject({
    account: name.exactOptional().describe('Key of an account in the configuration; absent: every account.'),
    source: name.exactOptional().describe('Key of a source of it; absent: every source.'),
    acceptDeletions: z
      .boolean()
      .exactOptional()
      .describe('Believe a shop also where it says that most orders of one time are gone.'),
    full: z.boolean().exactOptional().describe('Read the sources from the beginning.'),
    dryRun: z.boolean().exactOptional().describe('Read and compute, but send nothing.'),
  })
  .describe('May be empty.')

const headersSchema = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 visible ASCII characters')
    .exactOptional()
    .describe('Repeat a request with the same key, and its jobs are the same ones.'),
})

const job = z.enum(JOB_NAMES)
const jobName = job.describe('The kind of job; sync is pull, compute-aggregates, push and segments in order.')

const queuedSchema = z
  .object({
    jobs: z.array(
      z.object({
        job,
        id: z.string(),
        account: z.string(),
        created: z.boolean().describe('False: the same idempotency key had already put it there.'),
        url: z.string().describe('Where to ask how it is.'),
      }),
    ),
  })
  .meta({
    description: 'Queued: one job per account.',
    headers: { Location: { type: 'string', description: 'The url of the first job.' } },
  })

const statusSchema = z
  .object({
    job,
    id: z.string(),
    account: z.string(),
    source: z.string().exactOptional().describe('Of a job that is about one.'),
    state: z.enum(['waiting', 'active', 'delayed', 'completed', 'failed']),
    progress: z
      .object({
        step: z.string(),
        done: z.number().optional(),
        total: z.number().optional(),
        unit: z.string().optional(),
        orders: z.number().optional().describe('Orders read so far, where something else is counted.'),
      })
      .nullable()
      .describe('How far it is; null before it starts.'),
    result: countsSchema.nullable().describe('What it did, by count; null until completed.'),
    failure: failureSchema.nullable().describe('Why it failed; null unless failed.'),
    resumesAt: z.string().meta({ format: 'date-time' }).nullable().describe('When it goes on; null unless delayed.'),
    lastFailure: lastFailureSchema
      .nullable()
      .describe('Why it is delayed; null when nothing failed, as while Klaviyo works on an import.'),
  })
  .describe('The job as its queue knows it now.')

/** The manual trigger, and how its jobs are. */
export function addJobRoutes(app: HttpApp, application: HttpApplication): void {
  app.post(
    '/v1/jobs/:name',
    {
      schema: {
        operationId: 'triggerJob',
        summary: 'Run a job now',
        description: 'Puts one job per account into its queue and answers at once. Follow the Location to its end.',
        params: z.object({ name: jobName }),
        headers: headersSchema,
        body: requestSchema,
        response: { 202: queuedSchema },
        problems: [
          'E_BAD_REQUEST',
          'E_NOT_FOUND',
          'E_CONFLICT',
          'E_CONFIG',
          'E_BODY_TOO_LARGE',
          'E_UNSUPPORTED_MEDIA_TYPE',
        ],
      },
    },
    async (request, reply) => {
      const unknown = findUnknown(application, request.body)
      if (unknown !== null) return sendProblem(reply, 'E_NOT_FOUND', unknown)
      const key = request.headers['idempotency-key']
      const queued = await application.enqueue(request.params.name, request.body, 'http', key)
      const [first] = queued
      if (first !== undefined) reply.header('location', urlOf(first.job, first.id))
      return reply.code(202).send({ jobs: queued.map(toQueued) })
    },
  )

  app.get(
    '/v1/jobs/:name/:id',
    {
      schema: {
        operationId: 'readJob',
        summary: 'How a job is',
        description:
          'State, progress, and in the end its result or why it failed. Finished jobs are forgotten one day.',
        params: z.object({
          name: jobName,
          // Narrow on purpose: other characters are in no id, and a NUL would be an error of the database.
          id: z
            .string()
            .regex(/^[\x21-\x7e]{1,200}$/)
            .describe('As the trigger answered it.'),
        }),
        response: { 200: statusSchema },
        problems: ['E_NOT_FOUND'],
      },
    },
    async (request, reply) => {
      const status = await application.findJob(request.params.name, request.params.id)
      if (status === null) return sendProblem(reply, 'E_NOT_FOUND', { detail: 'The queue knows no job of this id.' })
      return toStatus(status)
    },
  )
}

function findUnknown({ accounts }: HttpApplication, { account, source }: JobRequest): ProblemDetails | null {
  const meant = accounts.filter(({ key }) => account === undefined || key === account)
  if (meant.length === 0) return { detail: 'No account of this name is configured.' }
  if (source === undefined || meant.some(({ sources }) => sources.includes(source))) return null
  return { detail: 'No source of this name is configured there.' }
}

function urlOf(job: JobName, id: string): string {
  return `/v1/jobs/${job}/${encodeURIComponent(id)}`
}

function toQueued(queued: QueuedJob): QueuedJob & { url: string } {
  return { ...queued, url: urlOf(queued.job, queued.id) }
}

function toStatus({
  progress,
  result,
  failure,
  resumesAt,
  lastFailure,
  ...status
}: JobStatus): z.input<typeof statusSchema> {
  return {
    ...status,
    progress: progress === null ? null : { ...progress },
    result: result === null ? null : { ...result },
    failure: failure === null ? null : { ...failure },
    resumesAt: resumesAt?.toISOString() ?? null,
    lastFailure: lastFailure === undefined ? null : { ...lastFailure },
  }
}
