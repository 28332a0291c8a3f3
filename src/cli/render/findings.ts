import type { Finding } from '../../core/finding.ts'
import type { Paint, Style } from '../paint.ts'
import { toPlainText } from './table.ts'

const STYLES: Readonly<Record<Finding['level'], Style>> = {
  ok: 'green',
  note: 'dim',
  warning: 'yellow',
  problem: 'red',
}

/** Findings in the order they were made, each with what to do about it. */
export function renderFindings(account: string, findings: readonly Finding[], paint: Paint): string {
  const width = Math.max(0, ...findings.map(({ subject }) => subject.length))
  const lines = findings.flatMap(({ level, subject, message, action }) => [
    `  ${paint(STYLES[level], level.padEnd(7))}  ${subject.padEnd(width)}  ${toPlainText(message)}`,
    ...(action === undefined ? [] : [`  ${' '.repeat(7)}  ${' '.repeat(width)}  → ${toPlainText(action)}`]),
  ])
  return [paint('bold', account), ...lines].join('\n')
}
