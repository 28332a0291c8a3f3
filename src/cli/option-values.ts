import { InvalidArgumentError, Option } from 'commander'
import { ROLES, type Role } from './context.ts'

/** `--account`, which most commands take. */
export function accountOption(): Option {
  return new Option('-a, --account <key>', 'only this account of the configuration (default: all)')
}

/** Commander's parser for a whole number between two limits. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
  }
}

/** A calendar date as typed, unchanged. */
export function parseDate(text: string): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN)
  // 30 February is moved to March: what comes back is another date.
  if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text
  throw new InvalidArgumentError('Expected a date such as 2026-11-21.')
}

/** An ISO 4217 code as typed; whether such money exists nobody asks. */
export function parseCurrency(text: string): string {
  if (/^[A-Z]{3}$/.test(text)) return text
  throw new InvalidArgumentError('Expected a code of three capitals such as EUR.')
}

/** The name of a time zone, unchanged. */
export function parseTimezone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return text
  } catch {
    throw new InvalidArgumentError('Expected a time zone such as Europe/Rome.')
  }
}

/** `worker,http` → the roles, each once. */
export function parseRoles(text: string): readonly Role[] {
  const names = new Set(text.split(',').map((name) => name.trim()))
  const roles = ROLES.filter((role) => names.delete(role))
  if (names.size === 0) return roles
  throw new InvalidArgumentError(`Expected a list of: ${ROLES.join(', ')}.`)
}
