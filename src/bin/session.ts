import { applySegments } from '../app/apply-segments.ts'
import { planSegments } from '../app/plan-segments.ts'
import type { Session } from '../cli/context.ts'
import { createApplication } from './application.ts'
import { openContainer, type ContainerOptions } from './container.ts'
import { followJobs } from './follow-jobs.ts'

/** Why applying left a segment as it is. */
const LEFT: Readonly<Record<string, { code: string; reason: string }>> = {
  blocked: { code: 'E_CONFIG', reason: 'a segment of this name exists in Klaviyo and is not ours: rename one of the two' },
  held: { code: 'E_CONFIG', reason: 'flows start from it, so it is not deleted: detach them in Klaviyo first' },
  deferred: { code: 'E_RATE_LIMITED', reason: "today's quota of segment changes is used up: apply again tomorrow" },
}

/** Opens what one command of the command line works with. */
export async function openSession(options: ContainerOptions): Promise<Session> {
  const container = await openContainer({ logLevel: 'warn', ...options })
  return {
    application: createApplication(container),
    work: (jobs, onProgress, signal) => followJobs(container, jobs, onProgress, signal),
    async applySegments(account, { prune, signal }) {
      const { settings, destination, segments } = await container.account(account)
      const connector = destination.connector
      const plan = await planSegments({ settings, destination: connector, segments }, { memberCounts: false, signal })
      const applied = await applySegments({ destination: connector, segments }, plan, { prune, confirmed: true, signal })
      const left = applied.flatMap(({ key, outcome }) => {
        const why = LEFT[outcome]
        return why === undefined ? [] : [{ key, ...why }]
      })
      return { ...plan, left }
    },
    close: () => container.close(),
  }
}
