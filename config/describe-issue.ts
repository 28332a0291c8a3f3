import type { z } from 'zod'

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  string: 'text',
  tuple: 'a list',
}

const COUNTED: Readonly<Record<string, string>> = { array: 'items', string: 'characters' }

/**
 * Our wording of what zod expected, for schemas that give none of their own. Never the value, which may be a secret.
 * Undefined leaves zod's wording, which holds no value either.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `expected ${oneOf(issue.values.map(String))}`
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}`
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}`
    default:
      return undefined
  }
}

/** `a`, or `one of a, b, c`; what is not a plain word is quoted. */
export function oneOf(words: readonly string[]): string {
  const shown = words.map((word) => (/^[\w-]+$/.test(word) ? word : JSON.stringify(word)))
  return shown.length === 1 ? String(shown[0]) : `one of ${shown.join(', ')}`
}

function amount(count: number | bigint, origin: string): string {
  const unit = COUNTED[origin]
  if (unit === undefined) return String(count)
  return `${count} ${Number(count) === 1 ? unit.slice(0, -1) : unit}`
}
