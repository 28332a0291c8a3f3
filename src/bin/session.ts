import { draftCampaign } from '../app/draft-campaign.ts'
import type { Session } from '../cli/context.ts'
import { ConfigError, StoreError } from '../core/errors.ts'
import { createApplication } from './application.ts'
import { applyAgreed } from './apply-plan.ts'
import { type ContainerOptions, openContainer } from './container.ts'
import { followJobs } from './follow-jobs.ts'
import { forgetSource } from './forget-source.ts'
import { endInterrupted } from './interrupted-runs.ts'

/** Until somebody at a terminal would wonder; most jobs on segments end sooner. */
const PATIENCE_MS = 10_000

/** Opens what one command of the command line works with. */
export async function openSession(options: ContainerOptions): Promise<Session> {
  const container = await openContainer({ logLevel: 'fatal', ...options })
  return {
    application: createApplication(container),
    configuration: container.configuration,
    async work(jobs, onProgress, signal) {
      const followed = await followJobs(container, jobs, onProgress, signal)
      for (const { job, id, account, state } of followed) {
        if (job !== 'sync' || state !== 'completed') continue
        const scope = await container.queues.findScope(job, id)
        if (scope !== null) await endInterrupted(container.queues, await container.services(account), scope)
      }
      return followed
    },
    async applySegments(account, agreement) {
      const applied = await applyAgreed(await container.account(account), {
        ...agreement,
        patienceMs: PATIENCE_MS,
      })
      if (applied === 'busy') {
        throw new StoreError(`a job works on the segments of ${account}: apply again when it has ended`, { account })
      }
      return applied
    },
    async draftCampaign(account, request, signal) {
      return draftCampaign(await container.account(account), request, { now: new Date(), signal })
    },
    async forget(account, email) {
      const { settings, customers } = await container.account(account)
      return { receipt: await customers.erase({ email }), schedule: settings.schedule.sync }
    },
    async forgetSource(account, source) {
      const services = await container.account(account)
      if (!services.sources.has(source)) return forgetSource(services, source)
      throw new ConfigError('forgetting a shop: one problem', [
        {
          path: `accounts.${account}.sources.${source}`,
          message: 'expected a source that is no longer configured',
          hint: 'take it out of the configuration first, or the next sync reads it again; when it is the last one, say sources: {}',
        },
      ])
    },
    close: () => container.close(),
  }
}
