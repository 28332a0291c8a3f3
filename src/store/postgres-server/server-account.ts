import { chown, mkdir, readFile, stat } from 'node:fs/promises'
import type { PostgresBinaries } from './binaries.ts'
import { explainFailure, noEmbeddedServer } from './failure.ts'
import type { FileOwner } from './kernel-lock.ts'
import { type ProgramResult, type RunOptions, runProgram } from './run-program.ts'

/** The operating system user the server runs as, and how a program is started as that user. */
export interface ServerAccount {
  /** Who must own the data; absent when it is simply us. */
  readonly owner?: FileOwner
  run(command: readonly string[], options: RunOptions): Promise<ProgramResult>
}

/**
 * Makes the cluster's folder and finds the way to run Postgres on it: as ourselves, or, as Postgres refuses to run as
 * root, as an unprivileged user that exists (see `docs/adr/0001-embedded-postgres-as-root.md`).
 */
export async function openServerAccount(
  dataDir: string,
  clusterDir: string,
  binaries: PostgresBinaries,
): Promise<ServerAccount> {
  try {
    await mkdir(dataDir, { recursive: true })
    // Not recursive: the mode would go to the parents too.
    await mkdir(clusterDir, { mode: 0o700 }).catch(ignoreExisting)
    if (process.getuid?.() !== 0) return { run: runProgram }
    const owner = await chooseOwner([clusterDir, dataDir])
    await chown(clusterDir, owner.uid, owner.gid)
    return await findWayIn(owner, clusterDir, binaries)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw explainFailure('preparing the database folder', describe(error), clusterDir)
    }
    throw error
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function describe(error: Error): string {
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'No space left on device'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `Permission denied: ${error.message}`
  return error.message
}

/** Who already owns the data, so that root and its owner can share them; else `postgres`; else `nobody`. */
async function chooseOwner(folders: readonly string[]): Promise<FileOwner> {
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'))
  for (const folder of folders) {
    const { uid } = await stat(folder)
    // initdb refuses a user id without a name.
    const known = users.find((user) => user.uid === uid && uid !== 0)
    if (known !== undefined) return known
  }
  for (const name of ['postgres', 'nobody']) {
    const user = users.find((candidate) => candidate.name === name)
    if (user !== undefined && user.uid > 0) return user
  }
  throw noEmbeddedServer(
    'Postgres refuses to run as root, and there is no user postgres or nobody',
    'run as another user',
  )
}

function parsePasswd(text: string): (FileOwner & { name: string })[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':')
    return /^\d+$/.test(uid) && /^\d+$/.test(gid) ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

/** Ways for root to start a program as somebody else, the least powerful first. */
function waysIn(owner: FileOwner): ServerAccount['run'][] {
  const setpriv = (...flags: string[]): ServerAccount['run'] => {
    const prefix = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', ...flags, '--']
    return (command, options) => runProgram([...prefix, ...command], options)
  }
  // no_setuid_fixup: otherwise access(2), with which Postgres looks at its own files, ignores the capability.
  const withCapability = (capability: string) => {
    const only = `-all,+${capability}`
    return setpriv(
      '--securebits=+no_setuid_fixup',
      `--inh-caps=${only}`,
      `--ambient-caps=${only}`,
      `--bounding-set=${only}`,
    )
  }
  return [
    setpriv('--inh-caps=-all', '--bounding-set=-all'),
    withCapability('dac_read_search'),
    // Docker grants this one by default, and not the one above.
    withCapability('dac_override'),
    // No setpriv: macOS, minimal images, or a container that may not change its bounding set.
    (command, options) => runProgram(command, { ...options, uid: owner.uid, gid: owner.gid }),
  ]
}

async function findWayIn(owner: FileOwner, clusterDir: string, binaries: PostgresBinaries): Promise<ServerAccount> {
  const reaches = 'test -x "$1" && test -w "$2" && "$1" --version'
  const outputs: string[] = []
  for (const run of waysIn(owner)) {
    const command = ['/bin/sh', '-c', reaches, 'sh', binaries.initdb, clusterDir]
    const result = await run(command, { cwd: '/' }).catch((error: Error) => ({ exitCode: null, output: error.message }))
    if (result.exitCode === 0) return { owner, run }
    outputs.push(result.output.trim())
  }
  const said = outputs.filter((output) => output !== '').join('; ')
  throw noEmbeddedServer(
    `Postgres refuses to run as root, and user ${owner.uid} can reach either not ${binaries.initdb} or not ${clusterDir}${said === '' ? '' : ` (${said})`}`,
    'move the project out of the folder that only root can enter, or run as another user',
  )
}
