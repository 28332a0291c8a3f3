import type { z } from 'zod'
import type { ConfigProblem } from '../src/core/errors.ts'
import { closestWord } from './closest-word.ts'
import { oneOf } from './describe-issue.ts'
import { type JsonSchema, knownKeys } from './json-schema.ts'
import { type KeyPath, keyPathText, valueAt, variableText } from './key-path.ts'

type Issue = z.core.$ZodIssue

/** What it takes to explain zod's issues about one part of the file. */
export interface IssueContext {
  /** Where this part stands in the file. */
  readonly base: KeyPath
  /** What zod was given, to tell a missing value from a wrong one and to guess what was meant; never printed. */
  readonly input: unknown
  /** Of this part, for the words that are known at a place. */
  jsonSchema(): JsonSchema
  /** The variable that would have filled a place of the file, were it set. */
  variableFor(path: KeyPath): string | undefined
  /** Whether a place of the file holds a reference that has been complained about. */
  isUnresolved(path: KeyPath): boolean
  lineOf(path: KeyPath): number
}

/** Explains zod's issues: where, what was expected, what to do; of a union only the alternative that was meant. */
export function toProblems(issues: readonly Issue[], context: IssueContext): ConfigProblem[] {
  const likely = issues.flatMap((issue) => likelyIssues(issue, context.input))
  const misspelt = new Set(likely.filter(({ code }) => code === 'unrecognized_keys').map(placeOf))
  return likely.flatMap((issue) => {
    // A mapping with a misspelt key is not complete: saying so as well would only confuse.
    if (issue.code === 'custom' && misspelt.has(placeOf(issue))) return []
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKeyProblem([...toKeyPath(issue.path), key], context))
    }
    const isTold = context.isUnresolved([...context.base, ...toKeyPath(issue.path)])
    return isTold ? [] : [valueProblem(issue, context)]
  })
}

/** A key that the schema does not know. */
export function unknownKeyProblem(
  path: KeyPath,
  context: Pick<IssueContext, 'base' | 'input' | 'jsonSchema' | 'lineOf'>,
): ConfigProblem {
  const full = [...context.base, ...path]
  const around = path.slice(0, -1)
  const known = knownKeys(context.jsonSchema(), around, valueAt(context.input, around)) ?? []
  const meant = closestWord(String(path.at(-1)), known)
  return {
    path: keyPathText(full),
    line: context.lineOf(full),
    message: `unknown key, expected ${oneOf(known)}`,
    hint: meant === undefined ? 'remove it, or correct its name' : `did you mean ${meant}?`,
  }
}

function valueProblem(issue: Issue, context: IssueContext): ConfigProblem {
  const path = toKeyPath(issue.path)
  const full = [...context.base, ...path]
  const value = valueAt(context.input, path)
  const problem = { path: keyPathText(full), line: context.lineOf(full) }

  if (value === undefined) {
    const variable = context.variableFor(full)
    if (variable === undefined) return { ...problem, message: `missing, ${issue.message}`, hint: 'add it' }
    const message = `missing, because the environment variable ${variableText(variable)} is not set or empty`
    return { ...problem, message, hint: `set ${variableText(variable)}, in the environment or in a file .env` }
  }
  const words = allowedWords(issue)
  const meant = typeof value === 'string' ? closestWord(value, words) : undefined
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : messageOf(issue, words)
  return meant === undefined ? { ...problem, message } : { ...problem, message, hint: `did you mean ${meant}?` }
}

function messageOf(issue: Issue, words: readonly string[]): string {
  return issue.code === 'invalid_union' && words.length > 0 ? `expected ${oneOf(words)}` : issue.message
}

function allowedWords(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  if (issue.code !== 'invalid_union' || !('options' in issue)) return []
  return Array.isArray(issue.options) ? issue.options.map(String) : []
}

/** Issues of the alternative whose form the value has; the union's own when it has the form of none. */
function likelyIssues(issue: Issue, input: unknown): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const value = valueAt(input, toKeyPath(issue.path))
  const ranked = issue.errors
    .map((inner) => ({ inner, rank: mismatch(inner, value), unknown: countUnknownKeys(inner) }))
    .sort((a, b) => a.rank - b.rank || a.unknown - b.unknown || a.inner.length - b.inner.length)
  const [best] = ranked
  if (best === undefined || best.rank === 2) return [unionIssue(issue)]
  return best.inner
    .map((inner): Issue => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap((inner) => likelyIssues(inner, input))
}

/** 0: the right form, something inside is wrong; 1: another word was expected; 2: another form was expected. */
function mismatch(issues: readonly Issue[], value: unknown): number {
  // What would tell which of several forms is meant is not there: none of them is.
  const isUntold = (issue: Issue) => 'discriminator' in issue && valueAt(value, toKeyPath(issue.path)) === undefined
  if (issues.some(isUntold)) return 2
  const own = issues.filter(({ path }) => path.length === 0).map(({ code }) => code)
  if (own.includes('invalid_type')) return 2
  return own.includes('invalid_value') ? 1 : 0
}

function countUnknownKeys(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0)
}

function unionIssue(issue: z.core.$ZodIssueInvalidUnion): Issue {
  if (issue.message !== 'Invalid input') return issue
  const forms = issue.errors.flatMap((inner) =>
    inner.slice(0, 1).map(({ message }) => message.replace(/^expected /, '')),
  )
  return { ...issue, message: `expected ${[...new Set(forms)].join(', or ')}` }
}

function placeOf(issue: Issue): string {
  return keyPathText(toKeyPath(issue.path))
}

function toKeyPath(path: readonly PropertyKey[]): KeyPath {
  return path.map((step) => (typeof step === 'number' ? step : String(step)))
}
