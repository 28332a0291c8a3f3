import type { View } from './view.ts'

/** An address of the page: parameters that are empty or null are left out, in the order given. */
export function toUrl(path: string, query: Readonly<Record<string, string | null>>): string {
  const parameters = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '')
  return parameters.length === 0 ? path : `${path}?${new URLSearchParams(parameters)}`
}

/** Another page of the same account. With one account its name would only be noise. */
export function urlOf(
  view: Pick<View, 'account' | 'accounts'>,
  path: string,
  query: Readonly<Record<string, string | null>> = {},
): string {
  return toUrl(path, { account: view.accounts.length > 1 ? view.account.key : null, ...query })
}
