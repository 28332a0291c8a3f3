import { formatInstant } from '../../core/instant-text.ts'
import type { RefusedProfile } from '../../core/profiles/profile-state-store.ts'
import type { DeadLetter } from '../../core/runs/dead-letter.ts'
import type { Paint } from '../paint.ts'
import type { AccountView } from '../select-accounts.ts'
import { renderTable } from './table.ts'

/** What one account could not use, and what Klaviyo did not take. */
export interface AccountRejects {
  readonly deadLetters: readonly DeadLetter[]
  readonly refused: readonly RefusedProfile[]
}

const TASK_COLUMNS = [
  { title: 'number' },
  { title: 'source' },
  { title: 'task' },
  { title: 'what to do' },
  { title: 'asked' },
]
const RECORD_COLUMNS = [
  { title: 'source' },
  { title: 'place' },
  { title: 'field' },
  { title: 'reason' },
  { title: 'last seen' },
]
const PROFILE_COLUMNS = [{ title: 'profile' }, { title: 'code' }, { title: 'reason' }, { title: 'refused' }]

/** All lists with their reasons, what a person has to do first; says when `limit` may have cut one. */
export function renderRejects(account: AccountView, rejects: AccountRejects, limit: number, paint: Paint): string {
  const { deadLetters, refused } = rejects
  const heading = paint('bold', account.key)
  if (deadLetters.length === 0 && refused.length === 0) return `${heading}  nothing was rejected`
  const at = (instant: Date) => formatInstant(instant, account.timezone)
  const tasks = deadLetters
    .filter(({ kind }) => kind === 'task')
    .map(({ number, source, place, reason, firstSeenAt }) => [String(number), source, place, reason, at(firstSeenAt)])
  const records = deadLetters
    .filter(({ kind }) => kind === 'record')
    .map(({ source, place, field, reason, lastSeenAt }) => [source, place, field, reason, at(lastSeenAt)])
  const profiles = refused.map(({ email, code, reason, refusedAt }) => [email, code, reason, at(refusedAt)])
  return [
    heading,
    ...(tasks.length === 0 ? [] : ['To be done by a person:', renderTable(TASK_COLUMNS, tasks, paint)]),
    ...(records.length === 0 ? [] : ['Records that could not be read:', renderTable(RECORD_COLUMNS, records, paint)]),
    ...(profiles.length === 0 ? [] : ['Profiles that Klaviyo refused:', renderTable(PROFILE_COLUMNS, profiles, paint)]),
    ...(Math.max(tasks.length, records.length, profiles.length) < limit
      ? []
      : [`There may be more: --limit ${limit * 10}`]),
  ].join('\n')
}
