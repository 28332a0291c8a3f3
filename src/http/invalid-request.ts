import type { z } from 'zod'
import type { RequestProblem } from './problem.ts'

const MAX_PROBLEMS = 20
const HARMLESS_NAME = /^[\w-]{1,40}$/

/** What was expected, in our words; what was sent is never repeated. Words that a schema has itself come first. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'invalid_type') return undefined
  return `expected ${EXPECTED[issue.expected] ?? issue.expected}`
}

const EXPECTED: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  object: 'a JSON object',
  string: 'a text',
}

/** What is wrong with one part of a request, place by place, at most 20. */
export function toRequestProblems(error: z.ZodError, part: string): RequestProblem[] {
  return error.issues.flatMap((issue) => toPlaces(issue, part)).slice(0, MAX_PROBLEMS)
}

function toPlaces(issue: z.core.$ZodIssue, part: string): RequestProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      // A key of another shape may be anything, a secret pasted into the wrong place included.
      path: HARMLESS_NAME.test(key) ? key : '',
      message: `not known in the ${part}; see /docs`,
    }))
  }
  const path = issue.path.map((step) => (step === 'idempotency-key' ? 'Idempotency-Key' : String(step))).join('.')
  return [{ path, message: issue.message }]
}
