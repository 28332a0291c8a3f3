import { readFile, readlink, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { throwIfAborted } from '../../core/errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { ClusterPaths } from './cluster.ts'
import { explainFailure } from './failure.ts'
import { countLiveLeases } from './leases.ts'
import { writeOwnedFile } from './owned-file.ts'
import { runProgram } from './run-program.ts'
import type { ServerAccount } from './server-account.ts'
import { toServerOptions } from './settings.ts'

const MAX_LOG_BYTES = 5_000_000
const START_TIMEOUT_SECONDS = 300
const STOP_TIMEOUT_SECONDS = 60
const RETRY_MS = 200
const MAX_TRIES = 50

/** The port of this cluster's server when its process lives; a `postmaster.pid` that a killed server left is removed. */
export async function findServerPort(paths: ClusterPaths): Promise<number | null> {
  const text = await readFile(join(paths.data, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const [pid, , , port] = text.split('\n').map(Number)
  if (pid !== undefined && port !== undefined && (await isPostgres(pid))) return port
  await forgetServer(paths)
  return null
}

/** Removes what a dead server left. Postgres does it itself, but not when another program has that process id by now. */
export async function forgetServer(paths: ClusterPaths): Promise<void> {
  await rm(join(paths.data, 'postmaster.pid'), { force: true })
}

/**
 * Whether the server's process id means nothing here, because another container, on the same volume, started it.
 * It would look dead to us, and starting a second one on its data would destroy them.
 */
export async function runsElsewhere(paths: ClusterPaths): Promise<boolean> {
  const namespace = await readFile(paths.namespace, 'utf8').catch(() => null)
  if (namespace === null || namespace === (await readNamespace())) return false
  const claimed = await stat(join(paths.data, 'postmaster.pid')).then(
    () => true,
    () => false,
  )
  return claimed && (await countLiveLeases(paths.leases)) > 0
}

/** The kernel's name for the set of processes we can see; empty where there are no such sets. */
async function readNamespace(): Promise<string> {
  return readlink('/proc/self/ns/pid').catch(() => '')
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return basename(commandLine.split('\0')[0] ?? '') === 'postgres'
  }
  const { output } = await runProgram(['ps', '-o', 'comm=', '-p', String(pid)], {})
  return basename(output.trim()) === 'postgres'
}

/** Starts the server and waits until it takes connections; answers its port. Call it while holding the cluster's lock. */
export async function startServer(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  account: ServerAccount,
  signal: AbortSignal,
): Promise<number> {
  if ((await logSize(paths)) > MAX_LOG_BYTES) await rm(paths.log, { force: true })
  for (let tries = 1; ; tries += 1) {
    const port = await choosePort(paths)
    const logStart = await logSize(paths)
    const wait = ['-w', '-t', String(START_TIMEOUT_SECONDS)]
    // All paths are relative: pg_ctl passes them through a shell, which would read a `$` in them.
    const result = await account.run(
      [binaries.pgCtl, 'start', '-s', ...wait, '-l', basename(paths.log), '-o', await toServerOptions(port)],
      { cwd: paths.root, env: { PGDATA: basename(paths.data) }, signal },
    )
    throwIfAborted(signal, 'starting the database')
    if (result.exitCode === 0) {
      await writeOwnedFile(paths.port, `${port}\n`, account.owner)
      await writeOwnedFile(paths.namespace, await readNamespace(), account.owner)
      return port
    }
    const said = await readFile(paths.log).catch(() => Buffer.alloc(0))
    const output = `${said.subarray(logStart).toString('utf8')}\n${result.output}`
    if (tries === MAX_TRIES || !mayPass(output))
      throw explainFailure('starting the embedded database', output, paths.root)
    await delay(RETRY_MS)
  }
}

/** Another program took the port meanwhile, or children of a killed server are still on their way out. */
function mayPass(output: string): boolean {
  return /could not create any TCP\/IP sockets|Address already in use|pre-existing shared memory block/.test(output)
}

/** Stops the server once its transactions are rolled back and its data is on disk; answers whether it was running. */
export async function stopServer(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  account: ServerAccount,
): Promise<boolean> {
  if ((await findServerPort(paths)) === null) return false
  const wait = ['-w', '-t', String(STOP_TIMEOUT_SECONDS)]
  const { exitCode, output } = await account.run([binaries.pgCtl, 'stop', '-s', '-m', 'fast', ...wait], {
    cwd: paths.root,
    env: { PGDATA: basename(paths.data) },
  })
  if (exitCode !== 0) throw explainFailure('stopping the embedded database', output, paths.root)
  return true
}

async function logSize(paths: ClusterPaths): Promise<number> {
  return stat(paths.log).then(
    ({ size }) => size,
    () => 0,
  )
}

/** The port of last time if it is free, so that clients of a server that was killed find the new one; else any. */
async function choosePort(paths: ClusterPaths): Promise<number> {
  const last = Number(await readFile(paths.port, 'utf8').catch(() => '0'))
  return (await tryListen(last)) ?? (await tryListen(0)) ?? last
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null))
    })
  })
}
