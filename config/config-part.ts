import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { ConfigProblem } from '../src/core/errors.ts'
import { describeIssue } from './describe-issue.ts'
import type { Interpolated } from './interpolate.ts'
import { toProblems, unknownKeyProblem } from './issue-problems.ts'
import { type JsonSchema, knownKeys, toJsonSchema } from './json-schema.ts'
import { type KeyPath, keyPathText } from './key-path.ts'

/** A file after interpolation, with what it takes to explain what is wrong with it. */
export interface ReadConfig {
  readonly interpolated: Interpolated
  /** 1-based. */
  lineOf(path: KeyPath): number
}

/** What a schema made of a part of the file. */
export interface CheckedPart<T> {
  /** Undefined when there are problems. */
  readonly data: T | undefined
  readonly problems: readonly ConfigProblem[]
}

/** Checks one part of the file, `input`, which stands at `base`, by its schema. */
export function checkPart<T>(schema: z.ZodType<T>, input: unknown, base: KeyPath, read: ReadConfig): CheckedPart<T> {
  const { absent } = read.interpolated
  let jsonSchema: JsonSchema | undefined
  const context = {
    base,
    input,
    jsonSchema: () => {
      jsonSchema ??= toJsonSchema(schema)
      return jsonSchema
    },
    lineOf: (path: KeyPath) => read.lineOf(path),
    isUnresolved: (path: KeyPath) =>
      read.interpolated.problems.some((problem) => isDeepStrictEqual(problem.path, path)),
    variableFor: (path: KeyPath) => absent.find((entry) => isDeepStrictEqual(entry.path, path))?.variable,
  }
  const result = schema.safeParse(input, { error: describeIssue })
  const problems = result.success ? [] : toProblems(result.error.issues, context)
  // The schema never saw these keys, so it could not tell that it does not know them.
  for (const { path } of absent.filter((entry) => startsWith(entry.path, base))) {
    const inner = path.slice(base.length)
    const known = knownKeys(context.jsonSchema(), inner.slice(0, -1))
    if (known !== null && known.length > 0 && !known.includes(String(inner.at(-1)))) {
      problems.push(unknownKeyProblem(inner, context))
    }
  }
  return { data: result.data, problems }
}

/** A problem at a place of the file. */
export function toProblem(told: { message: string; hint: string }, path: KeyPath, read: ReadConfig): ConfigProblem {
  return { path: keyPathText(path), line: read.lineOf(path), message: told.message, hint: told.hint }
}

function startsWith(path: KeyPath, base: KeyPath): boolean {
  return path.length > base.length && base.every((step, index) => path[index] === step)
}
