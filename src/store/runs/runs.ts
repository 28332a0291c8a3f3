import type { WebhookRuns } from '../../core/runs/run-filter.ts'
import type { Run, RunStore } from '../../core/runs/run-store.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'

/** The history of an account's jobs. A job that is tried again keeps its row and counts its attempts. */
export function createRunStore(db: Database, { accountId }: LedgerAccount): RunStore {
  return {
    async startRun({ job, jobId, source, trigger, attempt, waitedUntil }) {
      const { rows } = await db.query<{ id: number }>(
        `insert into runs (account_id, job, job_id, source, trigger, attempts, state)
         values ($1, $2, $3, $4, $5, $6, 'running')
         on conflict (account_id, job, job_id) do update set state = 'running', attempts = excluded.attempts,
           finished_at = null, error_code = null, error_message = null,
           idle_ms = runs.idle_ms + ${idleSince('greatest(runs.seen_at, $7::timestamptz)')}, seen_at = now()
         returning run_id as id`,
        [accountId, job, jobId, source ?? null, trigger, attempt, waitedUntil ?? null],
      )
      return rows[0]?.id ?? 0
    },

    async noteWork(runIds) {
      await db.query('update runs set seen_at = now() where account_id = $1 and run_id = any ($2::bigint[])', [
        accountId,
        runIds,
      ])
    },

    async supersedeRun(runId) {
      await db.query(
        `update runs set state = 'superseded', finished_at = seen_at
         where account_id = $1 and run_id = $2 and state = 'running'`,
        [accountId, runId],
      )
    },

    async finishRun(runId, { counts, failure }) {
      await db.query(
        `update runs set state = $3, finished_at = now(), counts = $4, error_code = $5, error_message = $6,
           idle_ms = idle_ms + ${idleSince('seen_at')}, seen_at = now()
         where account_id = $1 and run_id = $2`,
        [
          accountId,
          runId,
          failure === undefined ? 'done' : 'failed',
          JSON.stringify(counts),
          failure?.code ?? null,
          failure?.message ?? null,
        ],
      )
    },

    async loadRunsOf(jobIds) {
      const { rows } = await db.query<Run>(`${SELECT} and job_id = any ($2::text[]) order by run_id`, [
        accountId,
        jobIds,
      ])
      return rows
    },

    async loadRuns(limit, { before, webhooks = true } = {}) {
      const { rows } = await db.query<Run>(
        `${SELECT} ${webhooks ? '' : "and trigger <> 'webhook'"} ${before === undefined ? '' : BEFORE}
         order by started_at desc, run_id desc limit $2`,
        [accountId, limit, ...(before === undefined ? [] : [before])],
      )
      return rows
    },

    async loadRunning() {
      const { rows } = await db.query<Run>(`${SELECT} and state = 'running' order by started_at desc, run_id desc`, [
        accountId,
      ])
      return rows
    },

    async lastSyncedAt() {
      const { rows } = await db.query<{ at: Date | null }>(LAST_SYNC, [accountId])
      return rows[0]?.at ?? null
    },

    async countWebhookRuns(since) {
      const { rows } = await db.query<WebhookRuns>(COUNT_WEBHOOK_RUNS, [accountId, since])
      return rows[0] ?? { runs: 0, failed: 0, events: 0 }
    },
  }
}

/** Whoever works on a run says so every few seconds: a shorter silence tells nothing. In milliseconds. */
function idleSince(seen: string): string {
  return `(case when now() - ${seen} > interval '10 seconds'
    then floor(extract(epoch from now() - ${seen}) * 1000)::bigint else 0 end)`
}

const SELECT = `
select run_id as "runId", job, job_id as "jobId", source, trigger, state, started_at as "startedAt",
  finished_at as "finishedAt", attempts, idle_ms as "idleMs", counts, error_code as "errorCode", error_message as "errorMessage"
from runs where account_id = $1`

const BEFORE = `
and (started_at, run_id) < (select started_at, run_id from runs where account_id = $1 and run_id = $3)`

// A sync is of no source: by the index runs_of_job it is found whatever else has run.
const LAST_SYNC = `
select finished_at as at from runs
where account_id = $1 and job = 'sync' and coalesce(source, '') = '' and state = 'done'
order by run_id desc limit 1`

const COUNT_WEBHOOK_RUNS = `
select count(*) filter (where job = 'ingest-webhook') as runs, count(*) filter (where state = 'failed') as failed,
  coalesce(sum((counts ->> 'events')::bigint) filter (where job = 'ingest-webhook'), 0) as events
from runs where account_id = $1 and trigger = 'webhook' and started_at >= $2`
