import { isJobName } from '../../core/runs/job-names.ts'
import type { Run } from '../../core/runs/run-store.ts'
import { ownWord } from '../words/own-word.ts'
import type { Words } from '../words/words.ts'

/** What a run is about: the work, and in quotes the shop it works on. */
export function describeWork(words: Words, { job, source }: Pick<Run, 'job' | 'source'>): string {
  const name = isJobName(job) ? words.jobs[job] : words.quoted(job)
  return source === null ? (name ?? job) : `${name} · ${words.quoted(source)}`
}

/** Steps are told in English by those who take them; the name of a source stays as it is. */
export function describeStep({ steps, quoted }: Words, step: string): string {
  const source = /^(?:pulling|webhooks of) (.*)$/.exec(step)?.[1]
  if (source !== undefined) {
    return step.startsWith('pulling') ? steps.pulling(quoted(source)) : steps.webhooks(quoted(source))
  }
  return ownWord(steps.others, step) ?? ''
}
