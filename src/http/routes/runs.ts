import { z } from 'zod'
import type { AccountRun } from '../../app/application.ts'
import type { HttpApplication } from '../application.ts'
import { sendProblem } from '../problem.ts'
import type { HttpApp } from '../type-provider.ts'
import { countsSchema, failureSchema, lastFailureSchema } from './outcome.ts'

const LIMIT = 'expected a whole number from 1 to 500'

const querySchema = z.strictObject({
  account: z.string().max(100).exactOptional().describe('Key of an account; absent: of all accounts.'),
  limit: z
    .preprocess(
      // Number('') is 0 and Number('1e2') is 100: only digits are a limit.
      (text) => (typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : text),
      z.int({ error: LIMIT }).min(1, LIMIT).max(500, LIMIT).default(50),
    )
    .describe('How many at most, 1 to 500.'),
  webhooks: z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .default('false')
    .describe('true: also what webhooks started, of which there may be several a second.'),
})

const runSchema = z.object({
  runId: z.int(),
  account: z.string(),
  job: z.string(),
  jobId: z.string().describe('With job: the id at /v1/jobs/{name}/{id}, while the queue remembers it.'),
  source: z.string().nullable(),
  trigger: z.string().describe('Who asked for it: cron, cli, http, webhook.'),
  state: z
    .enum(['running', 'done', 'failed', 'superseded'])
    .describe('superseded: it was stopped, and a later sync has done its work.'),
  startedAt: z.string().meta({ format: 'date-time' }),
  finishedAt: z.string().meta({ format: 'date-time' }).nullable(),
  attempts: z.int(),
  idleMs: z
    .int()
    .describe('How long nobody worked on it between startedAt and finishedAt, because what did had been stopped.'),
  counts: countsSchema.describe('What it did.'),
  failure: failureSchema.nullable(),
  resumesAt: z.string().meta({ format: 'date-time' }).nullable().describe('When a run that waits goes on.'),
  lastFailure: lastFailureSchema.nullable().describe('Why a run waits.'),
  interrupted: z.boolean().describe('Its process was stopped; the job waits for one that takes it up.'),
})

/** The history of jobs. */
export function addRunRoutes(app: HttpApp, application: HttpApplication): void {
  app.get(
    '/v1/runs',
    {
      schema: {
        operationId: 'listRuns',
        summary: 'What has run',
        description:
          'Runs with their counts, times and outcome, the latest first; without what webhooks started unless webhooks=true.',
        querystring: querySchema,
        response: { 200: z.object({ runs: z.array(runSchema) }).describe('The latest runs.') },
        problems: ['E_NOT_FOUND'],
      },
    },
    async (request, reply) => {
      const { account, limit, webhooks } = request.query
      if (account !== undefined && !application.accounts.some(({ key }) => key === account)) {
        return sendProblem(reply, 'E_NOT_FOUND', { detail: 'No account of this name is configured.' })
      }
      const runs = await application.loadRuns({
        limit,
        webhooks: webhooks === 'true',
        ...(account === undefined ? {} : { account }),
      })
      return { runs: runs.map(toRun) }
    },
  )
}

function toRun({
  errorCode,
  errorMessage,
  resumesAt,
  lastFailure,
  progress: _,
  ...run
}: AccountRun): z.input<typeof runSchema> {
  return {
    ...run,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    counts: { ...run.counts },
    failure: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
    resumesAt: resumesAt?.toISOString() ?? null,
    lastFailure: lastFailure === undefined ? null : { ...lastFailure },
  }
}
