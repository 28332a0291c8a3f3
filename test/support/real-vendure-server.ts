import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, cp, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from './until.ts'

const PROJECT_DIR = join(import.meta.dirname, '..', '..')
const BESIDE_THE_PROJECT = join(PROJECT_DIR, '..', 'shared', 'stores', 'vendure')
const INSTALL_MS = 400_000
const START_MS = 120_000

/** A running Vendure. */
export interface RealVendureServer {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts a real Vendure. `databaseUrl`: its Postgres; null: in memory, with the text instants of SQLite. It comes from
 * the folder that `SCONTRINO_REAL_VENDURE` names, else from `../shared/stores/vendure`: a package.json with @vendure/core
 * and a server.js that takes PORT and PGURL and prints READY. What is not installed there is installed in a copy.
 */
export async function startRealVendure(databaseUrl: string | null): Promise<RealVendureServer> {
  const folder = await installed(process.env['SCONTRINO_REAL_VENDURE'] ?? BESIDE_THE_PROJECT)
  const port = await freePort()
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    env: { PATH, HOME, PORT: String(port), ...(databaseUrl !== null && { PGURL: databaseUrl }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const stop = () => end(child)
  try {
    await until(
      'Vendure is ready',
      () => {
        if (child.exitCode !== null) throw new Error(`Vendure ended with ${child.exitCode}:\n${said}`)
        return said.includes('READY')
      },
      START_MS,
      100,
    )
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** The folder itself when its packages are there, else a copy in the system's temporary folder that is kept. */
async function installed(source: string): Promise<string> {
  const manifest = await readFile(join(source, 'package.json'), 'utf8').catch(() => {
    throw new Error(
      `there is no Vendure to start in ${source}; name its folder in SCONTRINO_REAL_VENDURE (docs/sources/vendure.md)`,
    )
  })
  if (await exists(join(source, 'node_modules'))) return source
  const program = await readFile(join(source, 'server.js'), 'utf8')
  const version = createHash('sha256').update(manifest).update(program).digest('hex').slice(0, 12)
  const copy = join(tmpdir(), `scontrino-real-vendure-${version}`)
  if (await exists(join(copy, 'installed'))) return copy
  await cp(source, copy, { recursive: true })
  // A folder that is only to be read stays so when it is copied.
  await chmod(copy, 0o755)
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund'], { cwd: copy, timeout: INSTALL_MS })
  await writeFile(join(copy, 'installed'), '')
  return copy
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Nobody else takes it between this and the server's start, or the server says so and ends. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(late)
}
