import type { Config } from '../../config/config.ts'
import type { JobRequest } from '../app/application.ts'
import { unknownName } from '../app/unknown-name.ts'

/**
 * The accounts a request is about, each with its sources.
 * @throws ConfigError when the account or source is not configured.
 */
export function askedAccounts(
  { accounts }: Pick<Config, 'accounts'>,
  request: Pick<JobRequest, 'account' | 'source'>,
): { key: string; sources: readonly string[] }[] {
  const chosen = accounts.filter(({ settings }) => request.account === undefined || settings.key === request.account)
  if (chosen.length === 0) {
    const known = accounts.map(({ settings }) => settings.key)
    throw unknownName('account', request.account ?? '', known)
  }
  const { source } = request
  const all = chosen.map(({ settings, sources }) => ({ key: settings.key, sources: sources.map(({ key }) => key) }))
  if (source === undefined) return all
  const having = all.filter(({ sources }) => sources.includes(source))
  if (having.length === 0) {
    const known = all.flatMap(({ sources }) => sources)
    throw unknownName('source', source, known)
  }
  return having.map(({ key }) => ({ key, sources: [source] }))
}
