import { applySegments } from '../app/apply-segments.ts'
import { planSegments } from '../app/plan-segments.ts'
import type { Session } from '../cli/context.ts'
import { ConfigError } from '../core/errors.ts'
import { createApplication } from './application.ts'
import { type ContainerOptions, openContainer } from './container.ts'
import { followJobs } from './follow-jobs.ts'
import { endInterrupted } from './interrupted-runs.ts'

/** Opens what one command of the command line works with. */
export async function openSession(options: ContainerOptions): Promise<Session> {
  const container = await openContainer({ logLevel: 'fatal', ...options })
  return {
    application: createApplication(container),
    async work(jobs, onProgress, signal) {
      const since = new Date()
      const followed = await followJobs(container, jobs, onProgress, signal)
      for (const { job, account, state } of followed) {
        if (job !== 'sync' || state !== 'completed') continue
        await endInterrupted(container.queues, await container.account(account), since)
      }
      return followed
    },
    async applySegments(account, { prune, signal }) {
      const { settings, destination, segments, thresholds } = await container.account(account)
      const connector = destination.connector
      const plan = await planSegments(
        { settings, destination: connector, segments, thresholds },
        { sizes: false, signal },
      )
      return applySegments({ destination: connector, segments, thresholds }, plan, { prune, confirmed: true, signal })
    },
    async forget(account, email) {
      const { settings, customers } = await container.account(account)
      return { receipt: await customers.erase({ email }), schedule: settings.schedule.sync }
    },
    async forgetSource(account, source) {
      const { sources, customers } = await container.account(account)
      if (!sources.has(source)) return customers.eraseSource(source)
      throw new ConfigError('forgetting a shop: one problem', [
        {
          path: `accounts.${account}.sources.${source}`,
          message: 'expected a source that is no longer configured',
          hint: 'take it out of the configuration first, or the next sync reads it again',
        },
      ])
    },
    close: () => container.close(),
  }
}
