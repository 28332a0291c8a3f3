import type { AccountRun } from '../../app/application.ts'
import type { Paint, Style } from '../paint.ts'
import { renderCounts } from './counts.ts'
import { formatDuration, formatInstant } from './instant.ts'
import { NOTHING } from './number.ts'
import { type Cell, renderTable, toPlainText } from './table.ts'

const STATES: Readonly<Record<AccountRun['state'], Style>> = { running: 'yellow', done: 'green', failed: 'red' }

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

function toRow(run: AccountRun, zone: string): Cell[] {
  const { startedAt, finishedAt } = run
  const outcome =
    run.errorCode === null ? renderCounts(run.job, run.counts) : `${run.errorCode}: ${run.errorMessage ?? ''}`
  return [
    String(run.runId),
    formatInstant(startedAt, zone),
    run.account,
    run.job,
    run.source ?? NOTHING,
    run.attempts > 1 ? `${run.trigger}, attempt ${run.attempts}` : run.trigger,
    { text: run.state, style: STATES[run.state] },
    finishedAt === null ? NOTHING : formatDuration(finishedAt.getTime() - startedAt.getTime()),
    outcome,
  ]
}
