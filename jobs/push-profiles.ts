import { noticeRemoteAccount } from '../src/app/notice-remote-account.ts'
import { NO_PUSHES } from '../src/app/push-counts.ts'
import { pushProfiles } from '../src/app/push-profiles.ts'
import { failedBefore } from './failed-before.ts'
import type { JobDefinition } from './job.ts'

/** Brings what is pending to Klaviyo, coming back while import jobs are under way. */
export const pushProfilesJob: JobDefinition = {
  name: 'push-profiles',
  connectorOf: (data) => (data.dryRun ? null : 'klaviyo'),
  exclusiveKind: () => 'push-profiles',
  async work({ services, data, onProgress, keep, signal }) {
    const skipped = await failedBefore(services, data, ['compute-aggregates'])
    if (skipped !== null) return { done: true, counts: { skipped } }
    if (data.dryRun) return { done: true, counts: { pending: await services.profiles.countPending() } }
    await noticeRemoteAccount(services, { now: new Date(), signal })
    const step = await pushProfiles(
      {
        settings: services.settings,
        destination: services.destination.connector,
        profiles: services.profiles,
        erasures: services.erasures,
      },
      {
        counts: { ...NO_PUSHES, ...data.counts },
        now: () => new Date(),
        recheckAbsent: data.full && data.counts === undefined,
        onProgress,
        onCounts: (now) => keep({ ...now }),
        signal,
      },
    )
    return step.done
      ? { done: true, counts: step.counts }
      : { done: false, counts: { ...step.counts }, delayMs: step.delayMs }
  },
}
