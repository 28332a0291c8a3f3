import { resolve } from 'node:path'
import { z } from 'zod'
import { closestWord } from './closest-word.ts'
import type { SourceConfig } from './config.ts'
import { type CheckedPart, checkPart, type ReadConfig, toProblem } from './config-part.ts'
import { oneOf } from './describe-issue.ts'
import type { KeyPath } from './key-path.ts'
import type { SourceTypes } from './schema.ts'

const typedEntry = z.looseObject({ type: z.string() })

/**
 * Checks one entry of `sources`, which stands at `base`, by the schema of its type. `folder` is where a relative `path`
 * starts; `-` stays. An entry without a type is left to the schema of the account.
 */
export function checkSource(
  entry: unknown,
  base: KeyPath,
  read: ReadConfig,
  sourceTypes: SourceTypes,
  folder: string,
): CheckedPart<SourceConfig> {
  const parsed = typedEntry.safeParse(entry)
  if (!parsed.success) return { data: undefined, problems: [] }
  const { type } = parsed.data
  const schema = Object.hasOwn(sourceTypes, type) ? sourceTypes[type]?.configSchema : undefined
  if (schema === undefined) {
    const types = Object.keys(sourceTypes)
    const meant = closestWord(type, types)
    const hint = meant === undefined ? 'choose the type of shop to read' : `did you mean ${meant}?`
    const problem = toProblem({ message: `expected ${oneOf(types)}`, hint }, [...base, 'type'], read)
    return { data: undefined, problems: [problem] }
  }
  const checked = checkPart(schema, withPathFrom(folder, parsed.data), base, read)
  if (checked.problems.length > 0) return { data: undefined, problems: checked.problems }
  return { data: { key: String(base.at(-1)), type, config: checked.data }, problems: [] }
}

function withPathFrom(folder: string, entry: Record<string, unknown>): Record<string, unknown> {
  const { path } = entry
  return typeof path === 'string' && path !== '' && path !== '-' ? { ...entry, path: resolve(folder, path) } : entry
}
