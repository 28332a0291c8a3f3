import type { DemoStep } from '../demo-step.ts'
import type { Paint } from '../paint.ts'
import { formatCount, NOTHING } from './number.ts'
import { renderReport } from './report.ts'
import { renderSegmentPlan } from './segment-plan.ts'
import { renderSyncSummary, summarizeSync } from './sync-summary.ts'
import { renderTable } from './table.ts'

/** A step for people, after the empty line that separates it from the one before. */
export function renderDemoStep(step: Exclude<DemoStep, { kind: 'progress' }>, paint: Paint): string {
  return `\n${textOf(step, paint)}\n`
}

function textOf(step: Exclude<DemoStep, { kind: 'progress' }>, paint: Paint): string {
  switch (step.kind) {
    case 'part':
      return `${paint('bold', `── ${step.title} ──`)}\n${step.explanation}`
    case 'synced':
      return summarizeSync(step.jobs)
        .map((summary) => renderSyncSummary(summary, paint))
        .join('\n')
    case 'report':
      return renderReport(step.account, step.report, paint)
    case 'plan':
      return renderSegmentPlan(step.plan, paint)
    case 'members':
      return renderTable(
        [{ title: 'segment' }, { title: 'profiles in Klaviyo', align: 'right' }],
        step.segments.map(({ name, members }) => [name, members === null ? NOTHING : formatCount(members)]),
        paint,
      )
    case 'profile':
      return renderTable(
        [{ title: step.email }, { title: '', align: 'left' }],
        Object.entries(step.properties).map(([name, value]) => [name, String(value)]),
        paint,
      )
    case 'dashboard':
      return `${paint('bold', step.url)}  customers, AOV, segments and runs, as a marketer sees them`
    case 'next':
      return renderTable(
        [{ title: '' }, { title: '' }],
        step.commands.map(({ command, purpose }) => [{ text: command, style: 'bold' }, purpose]),
        paint,
      )
  }
}
