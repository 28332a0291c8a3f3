import { resolve } from 'node:path'
import { StoreError, throwIfAborted } from '../../core/errors.ts'
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts'
import { CLUSTER_NAME, type ClusterPaths, clusterPaths, openCluster, refuseOtherMajor } from './cluster.ts'
import { noEmbeddedServer } from './failure.ts'
import { waitForKernelLock } from './kernel-lock.ts'
import { addLease, countLiveLeases, type Lease } from './leases.ts'
import { prepareDatabase, toUrl } from './readiness.ts'
import { openServerAccount, type ServerAccount } from './server-account.ts'
import { findServerPort, forgetServer, runsElsewhere, startServer, stopServer } from './server-process.ts'

/** Where the embedded server keeps its data, what stops waiting for it, and who hears what it is doing. */
export interface EmbeddedPostgresOptions {
  /** Folder for everything; made when missing. The data lies in `postgres-<major>/` below it. */
  readonly dataDir: string
  readonly signal: AbortSignal
  /** Receives sentences for a person; never a password. */
  readonly log: (message: string) => void
  /** Hears that a folder is new, before its database is made, which takes some seconds. */
  readonly onCreate?: () => void
}

/** One user's hold on the shared server. */
export interface EmbeddedPostgres {
  /** With user, password and database: keep it out of logs. */
  readonly url: string
  /** Gives the hold back, once; the last one out stops the server. Close your connections first. */
  release(): Promise<void>
}

interface Cluster {
  readonly binaries: PostgresBinaries
  readonly paths: ClusterPaths
  readonly account: ServerAccount
}

/**
 * Starts the Postgres that came with npm, or joins the one another process started on the same folder. It is a daemon:
 * Ctrl-C and the death of its users leave it running, until the last living user releases it. Throws `ConfigError` when
 * it cannot be used on this system or this data, `StoreError` when it fails, `AbortedError`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { signal, log } = options
  throwIfAborted(signal, 'starting the database')
  const dataDir = resolve(options.dataDir)
  const binaries = await findPostgresBinaries()
  await refuseOtherMajor(dataDir, binaries.major)
  const paths = clusterPaths(dataDir, binaries.major)
  const cluster: Cluster = { binaries, paths, account: await openServerAccount(dataDir, paths.root, binaries) }

  const { url, lease } = await withLock(cluster, options, () => join(cluster, options))
  let left: Promise<void> | undefined
  return {
    url,
    release() {
      left ??= withLock(cluster, { log, signal: new AbortController().signal }, () => leave(cluster, lease, log))
      return left
    },
  }
}

/** Nobody comes or goes while the lock is held, so "the last one leaves" and "a new one comes" cannot cross. */
async function withLock<T>(
  { paths, account }: Cluster,
  { log, signal }: Pick<EmbeddedPostgresOptions, 'log' | 'signal'>,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await waitForKernelLock(paths.lock, account.owner, signal, () =>
    log('waiting for another process that is starting or stopping the database'),
  )
  try {
    return await work()
  } finally {
    lock.release()
  }
}

async function join(
  { binaries, paths, account }: Cluster,
  { signal, log, onCreate }: EmbeddedPostgresOptions,
): Promise<{ url: string; lease: Lease }> {
  if (await runsElsewhere(paths)) {
    throw noEmbeddedServer(
      `a process of another container is using ${paths.root}`,
      'give each container a data folder of its own',
    )
  }
  const password = await openCluster(paths, binaries, account, signal, onCreate)
  // The lease comes first: whatever happens from here on, this process counts as a user until it leaves.
  const lease = await addLease(paths.leases, account.owner)
  try {
    const running = await findServerPort(paths)
    if (running !== null && (await prepareDatabase(running, password, signal))) {
      log(`joined the database server that is running on port ${running}`)
      return { url: toUrl(running, password, CLUSTER_NAME), lease }
    }
    await forgetServer(paths)
    const port = await startServer(paths, binaries, account, signal)
    if (!(await prepareDatabase(port, password, signal))) {
      throw new StoreError(`the embedded database started on port ${port}, but something else answers there`)
    }
    log(`started the database server on port ${port}, data in ${paths.root}`)
    return { url: toUrl(port, password, CLUSTER_NAME), lease }
  } catch (error) {
    // What went wrong first is what the caller must hear.
    await leave({ binaries, paths, account }, lease, log).catch((second: Error) => log(second.message))
    throw error
  }
}

async function leave(
  { binaries, paths, account }: Cluster,
  lease: Lease,
  log: (message: string) => void,
): Promise<void> {
  await lease.end()
  if ((await countLiveLeases(paths.leases)) > 0) return
  if (await stopServer(paths, binaries, account)) log('stopped the database server')
}
