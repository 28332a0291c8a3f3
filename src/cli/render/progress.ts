import type { JobStatus, LastFailure } from '../../app/application.ts'
import type { Terminal } from '../context.ts'
import { createPaint } from '../paint.ts'
import { renderCounts } from './counts.ts'
import { formatDuration } from './duration.ts'
import { formatCount, formatCounted } from './number.ts'
import { toPlainText } from './table.ts'

const BAR_WIDTH = 24
const ERASE_LINE = '\r\u001b[2K'
/** Shorter waits without a failure are a remote's work in progress; longer ones a person wants to know of. */
const LONG_WAIT_MS = 60_000

/** Shows how far jobs are; `end` leaves the cursor on an empty line. */
export interface Progress {
  show(status: JobStatus): void
  end(): void
}

/** On a terminal one line that is drawn again, elsewhere a line for each step; a line for each finished job on both. */
export function createProgress(stream: Terminal, now: () => number = Date.now): Progress {
  const paint = createPaint(stream)
  const told = new Set<string>()
  let isDrawn = false

  const tellOnce = (key: string, line: string) => {
    if (told.has(key)) return
    told.add(key)
    stream.write(`${isDrawn ? ERASE_LINE : ''}${line}\n`)
    isDrawn = false
  }
  return {
    show(status) {
      const { account, source, job, id, state, progress, resumesAt, lastFailure } = status
      const key = `${job} ${id}`
      const name = [account, job, source].filter(Boolean).join(' ')
      const waitMs = state === 'delayed' && resumesAt !== undefined ? resumesAt.getTime() - now() : 0
      if (state === 'completed') {
        tellOnce(`${key} ended`, joinWords(`${paint('green', '✓')} ${name}`, renderCounts(job, status.result ?? {})))
      } else if (state === 'failed') {
        tellOnce(`${key} ended`, joinWords(`${paint('red', '✗')} ${name}`, status.failure?.code ?? 'failed'))
      } else if (told.has(`${key} ended`) || job === 'sync') {
        // Events of a queue may overtake one another: what has ended goes no further. A sync only repeats its steps.
      } else if (state === 'delayed' && lastFailure !== undefined) {
        const { message, nextAttempt = 0 } = lastFailure
        const when = waitMs > LONG_WAIT_MS ? resumesAt?.getTime() : ''
        tellOnce(`${key} ${nextAttempt} ${message} ${when}`, `  ${name}: ${renderWait(lastFailure, waitMs)}`)
      } else if (waitMs > LONG_WAIT_MS) {
        tellOnce(`${key} ${resumesAt?.getTime()}`, `  ${name}: goes on in ${formatDuration(waitMs)}`)
      } else if (progress !== null && stream.isTTY === true) {
        const line = `  ${account} · ${toPlainText(progress.step)}${renderBar(progress)}`
        // A line that wraps could not be erased.
        stream.write(`${ERASE_LINE}${line.slice(0, (stream.columns ?? 80) - 1)}`)
        isDrawn = true
      } else if (progress !== null) {
        tellOnce(`${key} ${progress.step}`, `  ${name}: ${toPlainText(progress.step)}`)
      }
    },
    end() {
      if (isDrawn) stream.write(ERASE_LINE)
      isDrawn = false
    },
  }
}

/** `… cannot be reached (ECONNREFUSED); trying again in 8 s (attempt 2 of 4)` */
function renderWait({ message, nextAttempt, attempts }: LastFailure, waitMs: number): string {
  const then = nextAttempt === undefined ? 'goes on' : 'trying again'
  const delay = waitMs < 500 ? '' : ` in ${formatDuration(waitMs)}`
  return `${toPlainText(message)}; ${then}${delay}${nextAttempt === undefined ? '' : ` (attempt ${nextAttempt} of ${attempts})`}`
}

function renderBar({ done, total, unit, orders }: NonNullable<JobStatus['progress']>): string {
  if (done === undefined) return ''
  const words = unit === undefined ? '' : ` ${unit === 'bytes' ? 'MB' : unit}`
  const amount = (count: number) => (unit === 'bytes' ? (count / 1e6).toFixed(1) : formatCount(count))
  if (total === undefined || total <= 0) {
    return `  ${unit === undefined || unit === 'bytes' ? `${amount(done)}${words}` : formatCounted(done, unit)}`
  }
  const filled = Math.round(Math.min(1, done / total) * BAR_WIDTH)
  return `  ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}  ${amount(done)} of ${amount(total)}${words}${orders === undefined ? '' : ` · ${formatCounted(orders, 'orders')}`}`
}

function joinWords(name: string, words: string): string {
  return words === '' ? name : `${name}  ${words}`
}
