import type { Application } from '../app/application.ts'
import { askedAccounts } from './asked-accounts.ts'
import type { Container } from './container.ts'
import { isInterrupted } from './interrupted-runs.ts'
import { settleRun } from './open-runs.ts'

/** What has run, and what is paused. */
export function runHistory(container: Container): Pick<Application, 'loadRuns' | 'countWebhookRuns' | 'loadPauses'> {
  return {
    async loadRuns({ account, limit, ...filter }) {
      const runs = await Promise.all(
        askedAccounts(container.config, account === undefined ? {} : { account }).map(async ({ key }) => {
          const services = await container.services(key)
          const stored = await services.runs.loadRuns(limit, filter)
          const settled = stored.map(async (stands) => {
            const run = await settleRun(container.queues, stands)
            const interrupted = run.state === 'running' && (await isInterrupted(container.queues, services, run))
            return { ...run, account: key, interrupted }
          })
          return Promise.all(settled)
        }),
      )
      return runs
        .flat()
        .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
        .slice(0, limit)
    },

    async countWebhookRuns(account, since) {
      return (await container.services(account)).runs.countWebhookRuns(since)
    },

    async loadPauses(account) {
      return (await container.services(account)).pauses.loadPauses()
    },
  }
}
