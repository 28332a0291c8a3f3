import type { JobName } from '../../core/runs/job-names.ts'
import { formatCounted } from './number.ts'

/**
 * What a job counted, in words: `18,532 orders · 12 rejected`; zeros are left out, texts (`skipped: push-profiles
 * failed`) and tallies (`planned: 2 create, 1 unchanged`) are kept. A sync itself counts nothing: its steps have told.
 */
export function renderCounts(job: JobName | string, counts: Readonly<Record<string, unknown>>): string {
  if (job === 'sync') return ''
  return Object.entries(counts)
    .flatMap(([name, value]) => {
      if (typeof value === 'number') return value === 0 ? [] : [formatCounted(value, toWords(name))]
      if (typeof value === 'string') return [`${toWords(name)}: ${value}`]
      const tally = renderTally(toTally(value))
      return tally === '' ? [] : [`${toWords(name)}: ${tally}`]
    })
    .join(' · ')
}

/** The numbers of an object by their names; empty for anything else. */
export function toTally(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}

/** `3 created, 1 unchanged`, in the given order; zeros are left out. */
export function renderTally(tally: Readonly<Record<string, number>>): string {
  return Object.entries(tally)
    .flatMap(([name, count]) => (count === 0 ? [] : [formatCounted(count, toWords(name))]))
    .join(', ')
}

function toWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
