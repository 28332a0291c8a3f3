import type { AccountRun } from '../../app/application.ts'
import { formatInstant } from '../../core/instant-text.ts'
import type { WebhookRuns } from '../../core/runs/run-filter.ts'
import { workedMs } from '../../core/runs/run-store.ts'
import type { Paint, Style } from '../paint.ts'
import { renderCounts } from './counts.ts'
import { formatDuration } from './duration.ts'
import { formatCounted, NOTHING } from './number.ts'
import { type Cell, renderTable, toPlainText } from './table.ts'

const STATES: Readonly<Record<AccountRun['state'] | 'waiting' | 'interrupted', Style>> = {
  running: 'yellow',
  interrupted: 'yellow',
  waiting: 'yellow',
  done: 'green',
  superseded: 'dim',
  failed: 'red',
}

const COLUMNS = [
  { title: 'run', align: 'right' },
  { title: 'started' },
  { title: 'account' },
  { title: 'job' },
  { title: 'source' },
  { title: 'by' },
  { title: 'state' },
  { title: 'took', align: 'right' },
  { title: 'outcome' },
] as const

/** A connector that is paused because its key was refused. */
export interface AccountPause {
  readonly account: string
  readonly connector: string
  readonly reason: string
  readonly pausedAt: Date
}

/** Runs as given, newest first; times in each account's time zone. */
export function renderRuns(runs: readonly AccountRun[], zoneOf: (account: string) => string, paint: Paint): string {
  if (runs.length === 0) return 'Nothing has run yet: scontrino sync'
  return renderTable(
    COLUMNS,
    runs.map((run) => toRow(run, zoneOf(run.account))),
    paint,
  )
}

/** Paused connectors and how they go on. */
export function renderPauses(
  pauses: readonly AccountPause[],
  zoneOf: (account: string) => string,
  paint: Paint,
): string {
  return pauses
    .flatMap(({ account, connector, reason, pausedAt }) => [
      paint(
        'red',
        `${account}: ${connector} is paused since ${formatInstant(pausedAt, zoneOf(account))}: ${toPlainText(reason)}`,
      ),
      '  → change its key, or run scontrino check once it works again',
    ])
    .join('\n')
}

/** What webhooks had done in an account since an instant. */
export interface AccountWebhookRuns extends WebhookRuns {
  readonly account: string
  readonly since: Date
}

/** What a list without the work of webhooks leaves out, over the last day; empty where there was none. */
export function renderWebhookRuns(counted: readonly AccountWebhookRuns[], paint: Paint): string {
  const lines = counted.flatMap(({ account, runs, failed, events }) => {
    if (runs === 0 && failed === 0) return []
    const failures = failed === 0 ? '' : `, ${formatCounted(failed, 'runs')} failed`
    const text = `${account}: ${formatCounted(events, 'events')} of webhooks worked off in the last 24 hours${failures}`
    return [paint(failed === 0 ? 'dim' : 'yellow', text)]
  })
  return lines.length === 0 ? '' : [...lines, '  → scontrino runs --webhooks lists that work'].join('\n')
}

function toRow(run: AccountRun, zone: string): Cell[] {
  const tookMs = workedMs(run)
  const state = run.interrupted ? 'interrupted' : run.lastFailure === undefined ? run.state : 'waiting'
  return [
    String(run.runId),
    formatInstant(run.startedAt, zone),
    run.account,
    run.job,
    run.source ?? NOTHING,
    run.attempts > 1 ? `${run.trigger}, attempt ${run.attempts}` : run.trigger,
    { text: state, style: STATES[state] },
    tookMs === null ? NOTHING : formatDuration(tookMs),
    outcomeOf(run, zone),
  ]
}

function outcomeOf(run: AccountRun, zone: string): string {
  const { job, counts, errorCode, errorMessage, lastFailure, resumesAt, interrupted } = run
  if (interrupted) return 'its process was stopped: the next scontrino sync, or start, goes on with it'
  if (run.state === 'superseded') return 'it was stopped midway, and a later sync has done its work'
  if (errorCode !== null) return `${errorCode}: ${errorMessage ?? ''}`
  if (lastFailure === undefined) return renderCounts(job, counts)
  const { code, message, nextAttempt, attempts } = lastFailure
  const next = nextAttempt === undefined ? 'goes on' : `attempt ${nextAttempt} of ${attempts}`
  const when = resumesAt === undefined ? 'later' : `at ${formatInstant(resumesAt, zone)}`
  return `${code}: ${message}; ${next} ${when}`
}
