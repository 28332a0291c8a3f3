import type { Account } from '../../config/config.ts'
import { loadConfig } from '../../config/load.ts'
import { ConfigError, type ConfigProblem } from '../../src/core/errors.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { writeConfig } from './write-config.ts'

/** A file with one account, `main`, that has all it needs; `more` is put at its end, one setting a line. */
export function accountYaml({ more = '', path = './orders.csv' }: { more?: string; path?: string } = {}): string {
  const added = more === '' ? '' : `${more.replace(/^/gm, '    ')}\n`
  return `accounts:
  main:
    klaviyo: { apiKey: pk_test }
    currency: GBP
    timezone: Europe/London
    sources:
      shop:
        type: file
        path: ${path}
        rows: orders
        timezone: Europe/London
        currency: GBP
        columns: { order: Order, placedAt: Date, email: Email, total: Total }
${added}`
}

/** A reference to an environment variable, as a file has it. */
export function reference(name: string): string {
  return `\${${name}}`
}

/** The only account of a file that is right. */
export function loadAccount(text: string, variables: Record<string, string> = {}): Account {
  const [account] = loadConfig(writeConfig(text), variables, SOURCE_TYPES).accounts
  if (account === undefined) throw new Error('the file has no account')
  return account
}

/** What is wrong with a file; empty when nothing is. */
export function problemsOf(
  text: string | Uint8Array,
  variables: Record<string, string> = {},
): readonly ConfigProblem[] {
  try {
    loadConfig(writeConfig(text), variables, SOURCE_TYPES)
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems
    throw thrown
  }
  return []
}

/** What is wrong with one more setting of an otherwise right account, as `path: message`; paths start below the account. */
export function complaintsAbout(more: string): string[] {
  return problemsOf(accountYaml({ more })).map(
    ({ path, message }) => `${path.replace('accounts.main.', '')}: ${message}`,
  )
}
