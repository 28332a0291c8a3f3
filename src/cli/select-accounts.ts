import type { Application } from '../app/application.ts'
import { ConfigError } from '../core/errors.ts'

/** What is needed to show an account's money and dates. */
export type AccountView = Application['accounts'][number]

/** The account that was asked for, or all. @throws ConfigError naming those there are. */
export function selectAccounts(application: Application, key: string | undefined): readonly AccountView[] {
  if (key === undefined) return application.accounts
  const chosen = application.accounts.filter((account) => account.key === key)
  if (chosen.length > 0) return chosen
  const known = application.accounts.map((account) => account.key).join(', ')
  throw new ConfigError('there is no such account', [
    {
      path: '--account',
      message: `expected one of: ${known}`,
      hint: 'accounts are the keys below accounts: in the configuration',
    },
  ])
}
