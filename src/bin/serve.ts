import { startScheduler } from '../../jobs/scheduler.ts'
import { startWorkers } from '../../jobs/worker.ts'
import type { Role } from '../cli/context.ts'
import { createHttpServer } from '../http/server.ts'
import { createApplication } from './application.ts'
import { openContainer } from './container.ts'
import { GRACE_MS } from './follow-jobs.ts'
import { createReleases } from './releases.ts'

/** Runs the chosen roles until the signal fires, then stops within ten seconds: doors first, then work, then stores. */
export async function serve(options: {
  configPath: string
  roles: readonly Role[]
  version: string
  signal: AbortSignal
  ready: (url: string | null) => void
}): Promise<void> {
  const { roles, signal } = options
  const container = await openContainer({ configPath: options.configPath, signal })
  const { logger, environment, queues, config } = container
  const releases = createReleases()
  releases.add(() => container.close())
  let url: string | null = null
  try {
    if (roles.includes('worker')) {
      const workers = startWorkers(container.backend, {
        servicesOf: (account) => container.account(account),
        logger,
        signal,
      })
      releases.add(() => workers.close(GRACE_MS))
    }
    if (roles.includes('scheduler')) {
      const accounts = config.accounts.map(({ settings, sources }) => ({
        settings,
        sources: sources.map(({ key }) => key),
      }))
      const scheduler = startScheduler(accounts, queues, logger)
      releases.add(() => scheduler.close())
    }
    if (roles.includes('http')) {
      const server = await createHttpServer({
        application: createApplication(container),
        token: environment.apiToken,
        ...environment.http,
        logger,
        version: options.version,
      })
      releases.add(() => server.close())
      url = server.url
    }
    options.ready(url)
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
