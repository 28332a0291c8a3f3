import type { JobStatus } from '../../app/application.ts'
import type { AppliedSegment } from '../../app/apply-segments.ts'
import type { JobName } from '../../core/runs/job-names.ts'
import { adviceFor } from '../error-advice.ts'
import type { Paint } from '../paint.ts'
import { renderTally, toTally } from './counts.ts'
import { formatCount, formatCounted } from './number.ts'
import { toPlainText } from './table.ts'

/** What a sync did for one account, summed over its sources. */
export interface SyncSummary {
  readonly account: string
  readonly orders: {
    readonly read: number
    readonly changed: number
    readonly rejected: number
    readonly skipped: number
  }
  readonly customers: { readonly computed: number; readonly changed: number }
  readonly profiles: {
    readonly pushed: number
    readonly refused: number
    /** Customers without a profile, where none are created. */
    readonly absent: number
    /** Profiles of people who were forgotten, or of whom no order is left, that were cleared or deleted. */
    readonly erased: number
    /** What a dry run would push. */
    readonly pending: number
  }
  /** How many segments came to which end; what a dry run would do is under the plan's words. */
  readonly segments: Readonly<Record<string, number>>
  /** Sources that could not be read to their end, and what to do about each; the others were. */
  readonly failed: readonly {
    readonly source: string
    readonly code: string
    readonly message: string
    readonly action: string
  }[]
  /** How many segments are as large in Klaviyo as expected, at their last count. */
  readonly sizes: Readonly<Record<string, number>>
  /** Steps that could not start, and why. */
  readonly skipped: Readonly<Partial<Record<JobName, string>>>
}

/** Ends of a segment that wait for a person. */
const OPEN_ENDS: readonly AppliedSegment['outcome'][] = ['blocked', 'held', 'drifted', 'unfounded', 'deferred']

/** The counts of the finished jobs by account. */
export function summarizeSync(jobs: readonly JobStatus[]): SyncSummary[] {
  return [...new Set(jobs.map(({ account }) => account))].map((account) => {
    const own = jobs.filter((status) => status.account === account)
    const resultOf = (job: JobName) => own.find((status) => status.job === job)?.result ?? {}
    const count = (job: JobName, name: string) =>
      own.reduce((sum, status) => sum + (status.job === job ? (toTally(status.result)[name] ?? 0) : 0), 0)
    const segments = resultOf('sync-segments')
    return {
      account,
      orders: {
        read: count('pull-orders', 'orders'),
        changed: count('pull-orders', 'changed'),
        rejected: count('pull-orders', 'rejected'),
        skipped: count('pull-orders', 'skipped'),
      },
      customers: {
        computed: count('compute-aggregates', 'customers'),
        changed: count('compute-aggregates', 'changed'),
      },
      profiles: {
        pushed: count('push-profiles', 'confirmed'),
        refused: count('push-profiles', 'refused'),
        absent: count('push-profiles', 'absent'),
        erased: count('push-profiles', 'erased'),
        pending: count('push-profiles', 'pending'),
      },
      segments: { ...toTally(segments), ...toTally(segments['planned']) },
      failed: own.flatMap(({ job, source, failure }) =>
        job === 'pull-orders' && source !== undefined && failure !== null
          ? [{ source, code: failure.code, message: failure.message, action: adviceFor(failure.code) }]
          : [],
      ),
      sizes: toTally(segments['sizes']),
      skipped: Object.fromEntries(
        own.flatMap(({ job, result }) => (typeof result?.['skipped'] === 'string' ? [[job, result['skipped']]] : [])),
      ),
    }
  })
}

/** `openRecords`: how many cannot be read so far, in this reading or an earlier one. Five lines for each account, two for each source that failed, and what to look at next. */
export function renderSyncSummary(
  { account, orders, customers, profiles, segments, sizes, failed, skipped }: SyncSummary,
  paint: Paint,
  openRecords = 0,
): string {
  const attention = (count: number, word: string) =>
    count > 0 ? paint('yellow', `${formatCount(count)} ${word}`) : `0 ${word}`
  const pushed = [`${formatCount(profiles.pushed)} pushed`, attention(profiles.refused, 'refused')]
  if (profiles.absent > 0) pushed.push(`${formatCount(profiles.absent)} without a profile`)
  if (profiles.erased > 0) pushed.push(`${formatCount(profiles.erased)} cleared for good`)
  const sent = profiles.pending > 0 ? `${formatCount(profiles.pending)} to push` : pushed.join(', ')
  const tally = renderTally(segments)
  const lines = [
    `orders     ${formatCount(orders.read)} read, ${formatCount(orders.changed)} changed, ${attention(orders.rejected, 'rejected')}, ${formatCount(orders.skipped)} skipped`,
    `customers  ${computedText(customers)}`,
    `profiles   ${skipped['push-profiles'] === undefined ? sent : `not pushed: ${skipped['push-profiles']}`}`,
    `segments   ${skipped['sync-segments'] === undefined ? tally || 'none' : `not looked at: ${skipped['sync-segments']}`}`,
  ]
  for (const { source, code, message, action } of failed) {
    lines.push(paint('red', toPlainText(`source ${source} failed: ${code}: ${message}`)), `→ ${source}: ${action}`)
  }
  if (openRecords > 0) {
    const still = orders.rejected > 0 ? 'cannot' : 'still cannot'
    lines.push(paint('yellow', `→ ${formatCounted(openRecords, 'records')} ${still} be read: scontrino rejects`))
  }
  if (profiles.refused > 0 || (orders.rejected > 0 && openRecords === 0))
    lines.push('→ scontrino rejects says which and why')
  if (OPEN_ENDS.some((end) => (segments[end] ?? 0) > 0))
    lines.push('→ some segments wait for you: scontrino plan, then apply')
  const { empty = 0, off = 0, outdated = 0 } = sizes
  const misfits = [
    ...(empty > 0 ? [`${formatCount(empty)} empty`] : []),
    ...(off > 0 ? [`${formatCount(off)} off by more than the tolerance`] : []),
  ]
  if (misfits.length > 0) {
    lines.push(paint('yellow', `→ segments in Klaviyo: ${misfits.join(', ')}; scontrino plan says why`))
  }
  if (outdated > 0) {
    const when = 'by a sync a quarter of an hour from now, or by scontrino plan'
    lines.push(
      `segments in Klaviyo to be counted again, since other members are expected: ${formatCount(outdated)}; ${when}`,
    )
  }
  return [paint('bold', account), ...lines.map((line) => `  ${line}`)].join('\n')
}

/** Whoever an order or a setting touched is computed; that need not change a figure of theirs. */
function computedText({ computed, changed }: SyncSummary['customers']): string {
  const rest = computed - changed
  const others = rest > 0 ? `, ${formatCount(rest)} as before or without an order that counts` : ''
  if (computed === 0) return '0 computed'
  return `${formatCount(computed)} computed: ${formatCount(changed)} with new figures${others}`
}
