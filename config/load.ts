import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { ConfigError, type ConfigProblem } from '../src/core/errors.ts'
import { type AccountParts, findClashes } from './account-checks.ts'
import { accountSchema } from './account-schema.ts'
import { checkSource } from './check-source.ts'
import { type Account, type Config, type SourceConfig, toAccount, toBands } from './config.ts'
import { checkPart, type ReadConfig, toProblem } from './config-part.ts'
import { expandSegments } from './expand-segments.ts'
import { interpolate, type Variables } from './interpolate.ts'
import { isName, valueAt } from './key-path.ts'
import { rateSchema } from './rate-schema.ts'
import { configSchema, type SourceTypes } from './schema.ts'
import { segmentSchema } from './segment-schema.ts'
import { parseYamlDocument } from './yaml-document.ts'

/**
 * Reads and checks a configuration file. References are filled from `variables`; sources are checked by the schema of
 * their type, and their relative `path` is taken from the file's folder.
 * @throws ConfigError with every problem at once, in the order of the lines.
 */
export function loadConfig(path: string, variables: Variables, sourceTypes: SourceTypes): Config {
  const file = basename(path)
  const document = parseYamlDocument(readText(path), file)
  if (document.value === undefined) throw configError(file, document.problems)

  const interpolated = interpolate(document.value, variables)
  const read: ReadConfig = { interpolated, lineOf: document.lineOf }
  const root = checkPart(configSchema, interpolated.value, [], read)
  const unresolved = interpolated.problems.map((problem) => toProblem(problem, problem.path, read))
  const problems = [...document.problems, ...unresolved, ...root.problems]

  const accounts: Account[] = []
  for (const [key, raw] of entriesOf(valueAt(interpolated.value, ['accounts']))) {
    const base = ['accounts', key]
    problems.push(...findClashes(toParts(raw)).map((clash) => toProblem(clash, [...base, ...clash.path], read)))
    const sources: SourceConfig[] = []
    for (const [sourceKey, entry] of entriesOf(valueAt(raw, ['sources']))) {
      const source = checkSource(entry, [...base, 'sources', sourceKey], read, sourceTypes, dirname(resolve(path)))
      problems.push(...source.problems)
      if (source.data !== undefined) sources.push(source.data)
    }
    const input = root.data?.accounts[key]
    if (input !== undefined) accounts.push(toAccount(key, input, sources))
  }
  if (problems.length > 0) throw configError(file, problems)
  return { path: resolve(path), accounts }
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    const message = missing ? 'there is no such file' : 'expected a readable file of UTF-8 text'
    const hint = missing
      ? 'write one with scontrino init, or name another with --config'
      : 'check its encoding and rights'
    throw configError(basename(path), [{ path, message, hint }])
  }
}

function configError(file: string, problems: readonly ConfigProblem[]): ConfigError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`
  const ordered = problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return new ConfigError(`reading ${file}: ${count}`, ordered)
}

function toParts(account: unknown): AccountParts {
  const { bands, currency, profiles, thresholds } = accountSchema.shape
  const segments = itemsOf(valueAt(account, ['segments']))
  const said = valueAt(account, ['bands'])
  const window = thresholds.safeParse(valueAt(account, ['thresholds'])).data?.window ?? 'lifetime'
  const surroundings = { bands: toBands(bands.safeParse(said).data, window), window }
  const at = surroundings.bands?.at
  return {
    currency: currency.safeParse(valueAt(account, ['currency'])).data,
    profiles: profiles.safeParse(valueAt(account, ['profiles'])).data,
    hasBands: said !== undefined,
    borders: at === undefined ? undefined : { at, path: Array.isArray(said) ? ['bands'] : ['bands', 'at'] },
    rates: itemsOf(valueAt(account, ['rates'])).map((item) => rateSchema.safeParse(item).data),
    segments: segments.map((item) => {
      const entry = segmentSchema.safeParse(item).data
      return entry === undefined ? undefined : { entry, all: expandSegments(entry, surroundings) }
    }),
    labels: segments.map((item) => ({ key: valueAt(item, ['key']), name: trimmed(valueAt(item, ['name'])) })),
  }
}

/** Entries under a proper name: the schema has already refused the others. */
function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).filter(([key]) => isName(key))
}

function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value
}
