import type { Application } from '../app/application.ts'
import { unknownName } from '../app/unknown-name.ts'

/** What is needed to show an account's money and dates. */
export type AccountView = Application['accounts'][number]

/** The account that was asked for, or all. @throws ConfigError naming those there are. */
export function selectAccounts(application: Application, key: string | undefined): readonly AccountView[] {
  if (key === undefined) return application.accounts
  const chosen = application.accounts.filter((account) => account.key === key)
  if (chosen.length > 0) return chosen
  throw unknownName(
    'account',
    key,
    application.accounts.map((account) => account.key),
  )
}
