import type { Sample } from '../lib/telemetry.ts'
import { countDeadLetters } from '../store/orders/dead-letters.ts'
import type { Container } from './container.ts'
import { sizeSamples } from './size-samples.ts'

/** The figures of `/metrics` that come from the queues and the ledger. */
export async function readSamples(container: Container): Promise<Sample[]> {
  const jobs = await container.queues.countJobs()
  const samples: Sample[] = jobs.map(({ job, state, count }) => ({
    name: 'scontrino_jobs',
    help: 'Jobs in the queue by state',
    labels: { job, state },
    value: count,
  }))
  for (const { settings } of container.config.accounts) {
    const { profiles, aggregates, ledgerAccount, pauses, runs, segments } = await container.services(settings.key)
    const labels = { account: settings.key }
    const lastSyncedAt = await runs.lastSyncedAt()
    samples.push(
      {
        name: 'scontrino_profiles_pending',
        help: 'Profiles whose content Klaviyo has not confirmed',
        labels,
        value: await profiles.countPending(),
      },
      {
        name: 'scontrino_customers_dirty',
        help: 'Customers whose aggregates are out of date',
        labels,
        value: await aggregates.countDirtyCustomers(),
      },
      {
        name: 'scontrino_dead_letters',
        help: 'Records that could not be read',
        labels,
        value: await countDeadLetters(container.ledger, ledgerAccount.accountId),
      },
      {
        name: 'scontrino_connectors_paused',
        help: 'Connectors whose key was refused',
        labels,
        value: (await pauses.loadPauses()).length,
      },
    )
    samples.push(...sizeSamples(settings.key, await segments.loadSegmentSights()))
    if (lastSyncedAt !== null) {
      samples.push({
        name: 'scontrino_last_sync_timestamp_seconds',
        help: 'When a sync last ended well',
        labels,
        value: lastSyncedAt.getTime() / 1000,
      })
    }
  }
  return samples
}
