import type { JobRequest, JobStatus, QueuedJob } from '../../src/app/application.ts'
import { ConflictError } from '../../src/core/errors.ts'
import { toMatrix } from '../../src/core/numbers/matrix.ts'
import type { WebhookDelivery } from '../../src/core/orders/webhook.ts'
import type { JobName } from '../../src/core/runs/job-names.ts'
import { adviseThresholds } from '../../src/core/thresholds/threshold-advice.ts'
import type { HttpApplication } from '../../src/http/application.ts'
import { AOV_CELLS, DISTRIBUTION } from './distribution.ts'
import { EXPLANATION } from './explanation.ts'
import { FRESH } from './freshness.ts'

/** One call of `enqueue`. */
interface EnqueueCall {
  readonly job: JobName
  readonly request: JobRequest
  readonly trigger: 'cli' | 'http'
  readonly idempotencyKey: string | undefined
}

/** An application with queues in memory: two accounts, jobs wait until a test says what became of them. */
export interface MemoryApplication extends HttpApplication {
  readonly calls: readonly EnqueueCall[]
  readonly deliveries: readonly { account: string; source: string; delivery: WebhookDelivery }[]
  setStatus(job: JobName, id: string, change: Partial<JobStatus>): void
}

const ACCOUNTS = [
  { key: 'main', currency: 'GBP', timezone: 'Europe/London', policy: 'gross', sources: ['shop'] },
  { key: 'italy', currency: 'EUR', timezone: 'Europe/Rome', policy: 'net', sources: ['negozio'] },
]

/** Builds one; `overrides` replace single members, for failures and answers of a test. */
export function createMemoryApplication(overrides: Partial<HttpApplication> = {}): MemoryApplication {
  const calls: EnqueueCall[] = []
  const deliveries: { account: string; source: string; delivery: WebhookDelivery }[] = []
  const jobs = new Map<string, JobStatus>()
  const closedSessions = new Set<string>()
  const keys = new Map<string, { request: string; jobs: readonly QueuedJob[] }>()
  return {
    accounts: ACCOUNTS,
    calls,
    deliveries,
    async enqueue(job, request, trigger, idempotencyKey) {
      calls.push({ job, request, trigger, idempotencyKey })
      const known = idempotencyKey === undefined ? undefined : keys.get(idempotencyKey)
      const asked = JSON.stringify([job, request])
      if (known !== undefined) {
        if (known.request !== asked) throw new ConflictError('the key was used for another request')
        return known.jobs.map((queued) => ({ ...queued, created: false }))
      }
      const meant = ACCOUNTS.filter(({ key }) => request.account === undefined || request.account === key)
      const queued = meant.map(({ key }) => {
        const id = `${key}/${jobs.size + 1}`
        jobs.set(`${job} ${id}`, {
          job,
          id,
          account: key,
          state: 'waiting',
          progress: null,
          result: null,
          failure: null,
        })
        return { job, id, account: key, created: true }
      })
      if (idempotencyKey !== undefined) keys.set(idempotencyKey, { request: asked, jobs: queued })
      return queued
    },
    async receiveWebhook(account, source, delivery) {
      deliveries.push({ account, source, delivery })
      return { kind: account === 'main' ? 'received' : 'unknown' }
    },
    async findJob(job, id) {
      return jobs.get(`${job} ${id}`) ?? null
    },
    async explain(account) {
      return account === 'main' ? EXPLANATION : null
    },
    async loadRuns() {
      return []
    },
    async countWebhookRuns() {
      return { runs: 0, failed: 0, events: 0 }
    },
    async loadPauses() {
      return []
    },
    async loadRejects() {
      return { deadLetters: [], refused: [] }
    },
    async finishTask() {
      return false
    },
    async retryRejects() {
      return { refused: 0, sources: [] }
    },
    async overview(_account, request) {
      return { ...request, computedAt: null, isStale: false, periods: [] }
    },
    async freshness(_account, by) {
      return { ...FRESH, by }
    },
    async distribution() {
      return DISTRIBUTION
    },
    async matrix() {
      return toMatrix(null, [])
    },
    async leftOut() {
      return []
    },
    async crossedBands() {
      return null
    },
    async bands() {
      return null
    },
    async configuredBands() {
      return { bands: null, hasSegments: false, hasFamily: false, ownSegments: [] }
    },
    async thresholds(_account, request) {
      return adviseThresholds(AOV_CELLS, request)
    },
    async segments() {
      return []
    },
    async plan(account) {
      const none = { needed: 0, left: 100 }
      return {
        account,
        currency: 'EUR',
        timezone: 'Europe/Rome',
        segments: [],
        following: null,
        wavering: null,
        heldInBand: null,
        quota: { creates: none, updates: none },
      }
    },
    async applyPlan() {
      return []
    },
    async closeSession(id) {
      closedSessions.add(id)
    },
    async isSessionClosed(id) {
      return closedSessions.has(id)
    },
    async readiness() {
      return { ready: true, checks: [{ name: 'postgres', ok: true, message: 'answers' }] }
    },
    async metrics() {
      return '# TYPE scontrino_runs_total counter\nscontrino_runs_total 3\n'
    },
    setStatus(job, id, change) {
      const status = jobs.get(`${job} ${id}`)
      if (status !== undefined) jobs.set(`${job} ${id}`, { ...status, ...change })
    },
    ...overrides,
  }
}
