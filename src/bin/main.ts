import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { JSON_SCHEMA_FILE } from '../../config/json-schema.ts'
import { configTemplate } from '../../config/template.ts'
import { runCli } from '../cli/run-cli.ts'
import { createLogger } from '../lib/logger.ts'
import { createKlaviyoSandbox } from '../sandbox/klaviyo/index.ts'
import { playDemo } from './demo.ts'
import { programName } from './program-name.ts'
import { openSampleShop } from './sample-shop.ts'
import { serve } from './serve.ts'
import { openSession } from './session.ts'

/** Containers are killed ten seconds after they were asked to stop. */
const LAST_MOMENT_MS = 9_500

const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // The second signal, of either kind, ends the process at once.
    if (stopping.signal.aborted) process.exit(130)
    stopping.abort()
    // A statement that runs for longer would hold its connection, and the connection the process.
    setTimeout(() => process.exit(130), LAST_MOMENT_MS).unref()
  })
}

const version = readVersion()
const program = programName(import.meta.url, process.cwd())
process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  program,
  version,
  cwd: process.cwd(),
  signal: stopping.signal,
  logger: createLogger('error'),
  writeConfigTemplate: async (path, source) => {
    try {
      const schema = join(packageFolder(), JSON_SCHEMA_FILE)
      const template = configTemplate({ source, schemaLocation: toLocation(dirname(path), schema), program })
      await writeFile(path, template, { flag: 'wx' })
      return 'written'
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'exists'
      throw error
    }
  },
  open: openSession,
  serve: (options) => serve({ ...options, version }),
  // A new account every time, so that a ledger that knew the last one sees that this one holds nothing.
  sandboxKlaviyo: ({ currency, timezone, ...options }) =>
    createKlaviyoSandbox({
      ...options,
      account: { id: randomBytes(3).toString('hex').toUpperCase(), currency, timezone },
    }),
  sandboxShop: openSampleShop,
  demo: (options, show) => playDemo({ ...options, version }, show),
})

/** As editors take it: relative to the file that names it, with slashes. */
function toLocation(folder: string, path: string): string {
  const there = relative(folder, path).split(sep).join('/')
  return there.startsWith('.') ? there : `./${there}`
}

function packageFolder(): string {
  return dirname(findPackageJSON(import.meta.url) ?? import.meta.filename)
}

function readVersion(): string {
  const text = readFileSync(join(packageFolder(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
