import type { HistoryStore } from '../../core/runs/history.ts'
import type { LedgerAccount } from '../account.ts'
import type { Database } from '../database.ts'
import { vacuumWhereDue } from '../vacuum.ts'

/** How long runs, resolved dead letters and writes to segments are kept. */
export const HISTORY_DAYS = 90
/** Runs of webhooks may come twice a second; events are known again for as long as shops repeat them, and longer. */
export const WEBHOOK_RUN_DAYS = 7
export const WEBHOOK_EVENT_DAYS = 30

/**
 * A job's latest run stays, and its latest that was done, however old: the last sync is told by them. Asked for by `max`, run
 * by run, so that the cost follows what is removed: a join would read every run there is.
 */
const RUNS = `
delete from runs r where account_id = $1
  and started_at < now() - make_interval(days => $3) and (trigger = 'webhook' or started_at < now() - make_interval(days => $2))
  and run_id < (
    select max(n.run_id) from runs n
    where n.account_id = $1 and n.job = r.job and coalesce(n.source, '') = coalesce(r.source, '')
      and (n.state = 'done' or r.state <> 'done')
  )`
const WEBHOOK_EVENTS = `
delete from webhook_events where account_id = $1 and done_at < now() - make_interval(days => $2)`
const SEGMENT_CHANGES = `
delete from segment_changes where account_id = $1 and changed_at < now() - make_interval(days => $2)`
const DEAD_LETTERS = `
delete from dead_letters where account_id = $1 and resolved_at < now() - make_interval(days => $2)`

/** The past of one account. */
export function createHistoryStore(db: Database, { accountId }: LedgerAccount): HistoryStore {
  return {
    async prune(signal) {
      await db.query(RUNS, [accountId, HISTORY_DAYS, WEBHOOK_RUN_DAYS])
      await db.query(WEBHOOK_EVENTS, [accountId, WEBHOOK_EVENT_DAYS])
      await db.query(SEGMENT_CHANGES, [accountId, HISTORY_DAYS])
      await db.query(DEAD_LETTERS, [accountId, HISTORY_DAYS])
      if (!signal.aborted) await vacuumWhereDue(db, signal)
    },
  }
}
