import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { configTemplate } from '../../config/template.ts'
import { runCli } from '../cli/run-cli.ts'
import { createLogger } from '../lib/logger.ts'
import { createKlaviyoSandbox } from '../sandbox/klaviyo/index.ts'
import { playDemo } from './demo.ts'
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
process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  version,
  cwd: process.cwd(),
  signal: stopping.signal,
  logger: createLogger('error'),
  writeConfigTemplate: async (path) => {
    try {
      await writeFile(path, configTemplate(), { flag: 'wx' })
      return 'written'
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'exists'
      throw error
    }
  },
  open: openSession,
  serve: (options) => serve({ ...options, version }),
  // A new account every time, so that a ledger that knew the last one sees that this one holds nothing.
  sandboxKlaviyo: (options) =>
    createKlaviyoSandbox({
      ...options,
      account: { id: randomBytes(3).toString('hex').toUpperCase(), currency: 'USD', timezone: 'UTC' },
    }),
  sandboxShop: openSampleShop,
  demo: playDemo,
})

function readVersion(): string {
  const path = findPackageJSON(import.meta.url)
  return path === undefined ? 'unknown' : (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
