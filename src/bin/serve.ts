import { startScheduler } from '../../jobs/scheduler.ts'
import { startWorkers } from '../../jobs/worker.ts'
import { hasDueCounts } from '../app/has-due-counts.ts'
import type { Role } from '../cli/context.ts'
import { createHttpServer, type HttpServerOptions } from '../http/server.ts'
import { createApplication } from './application.ts'
import { type Container, openContainer } from './container.ts'
import { GRACE_MS } from './follow-jobs.ts'
import { createReleases } from './releases.ts'

/** What runs in a process, and where its door is. */
export interface ServeOptions {
  readonly roles: readonly Role[]
  readonly version: string
  readonly signal: AbortSignal
  /** All run; with the address of `http`, and whether any account's syncs come by themselves. */
  readonly ready: (url: string | null, isScheduled: boolean) => void
}

/** Runs the chosen roles until the signal fires, then stops within ten seconds: doors first, then work, then stores. */
export async function serve({ configPath, ...options }: ServeOptions & { readonly configPath: string }): Promise<void> {
  const container = await openContainer({ configPath, signal: options.signal })
  try {
    await serveContainer(container, { ...options, http: container.environment.http })
  } finally {
    await container.close()
  }
}

/** The same over a container that is open, and stays so. */
export async function serveContainer(
  container: Container,
  {
    roles,
    version,
    signal,
    ready,
    http,
  }: ServeOptions & { readonly http: Pick<HttpServerOptions, 'host' | 'port' | 'trustProxy'> },
): Promise<void> {
  const { logger, environment, queues, config } = container
  const releases = createReleases()
  let url: string | null = null
  try {
    if (roles.includes('worker')) {
      const servicesOf = (account: string) => container.account(account)
      const { configuration } = container
      const workers = startWorkers(container.backend, { servicesOf, logger, signal }, { configuration })
      releases.add(() => workers.close(GRACE_MS))
    }
    if (roles.includes('scheduler')) {
      const accounts = config.accounts.map(({ settings, sources }) => ({
        settings,
        sources: sources.map(({ key }) => key),
        hasDueCounts: async () => hasDueCounts(await container.account(settings.key), new Date()),
        prune: async () => {
          if (signal.aborted) return
          const { exclusively, history } = await container.services(settings.key)
          await exclusively('prune', (lost) => history.prune(AbortSignal.any([signal, lost])))
        },
      }))
      const scheduler = startScheduler(accounts, queues, logger)
      releases.add(() => scheduler.close())
    }
    if (roles.includes('http')) {
      const server = await createHttpServer({
        application: createApplication(container),
        token: environment.apiToken,
        ...http,
        logger,
        version,
        publicUrl: environment.publicUrl,
      })
      releases.add(() => server.close())
      url = server.url
    }
    ready(
      url,
      config.accounts.some(({ settings }) => settings.schedule.sync !== null),
    )
    logger.info({ roles }, 'started')
    await untilAborted(signal)
    logger.info('stopping')
  } finally {
    await releases.run()
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
