import type { View } from './view.ts'

/** Currency and policy with what the policy means: no number is worth anything without them. */
export function sayPolicy({ words, account }: Pick<View, 'words' | 'account'>): string {
  const { policies } = words
  const { currency, policy } = account
  const meaning = policy in policies ? policies[policy as keyof typeof policies] : policies.own
  return `${words.explained(words.policy(currency, policy), meaning)}. ${words.timezone(account.timezone)}`
}
