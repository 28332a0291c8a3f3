import type { Application } from '../app/application.ts'
import { checkAccount } from '../app/check-account.ts'
import { checkBands } from '../app/check-bands.ts'
import { checkNames } from '../app/check-names.ts'
import { checkReading } from '../app/check-reading.ts'
import { checkSizes } from '../app/check-sizes.ts'
import { checkUnrated } from '../app/check-unrated.ts'
import { explainCustomer } from '../app/explain-customer.ts'
import { planSegments } from '../app/plan-segments.ts'
import { loadSegmentOverviews } from '../app/segment-overviews.ts'
import { createMetrics } from '../lib/telemetry.ts'
import { closeSession, isSessionClosed } from '../store/closed-sessions.ts'
import { loadUnrated } from '../store/numbers/left-out.ts'
import { countDeadLetters, loadDeadLetters } from '../store/orders/dead-letters.ts'
import { loadShopReading } from '../store/orders/shop-reading.ts'
import { accountBands } from './account-bands.ts'
import { applyAgreed } from './apply-plan.ts'
import { askedAccounts } from './asked-accounts.ts'
import type { Container } from './container.ts'
import { checkStores, readiness } from './readiness.ts'
import { retryRejects } from './retry-rejects.ts'
import { runHistory } from './run-history.ts'
import { readSamples } from './samples.ts'
import { shopWebhooks } from './shop-webhooks.ts'
import { storeFigures } from './store-figures.ts'

/** The facade both doors use, over an open container. */
export function createApplication(container: Container): Application {
  const { config, queues } = container
  const metrics = createMetrics(() => readSamples(container))
  return {
    ...shopWebhooks(container),
    ...runHistory(container),
    ...storeFigures(container),
    ...accountBands(container),
    accounts: config.accounts.map(({ settings, sources }) => ({
      key: settings.key,
      currency: settings.currency,
      timezone: settings.timezone,
      policy: settings.policy.name,
      sources: sources.map(({ key }) => key),
    })),

    async enqueue(job, request, trigger, idempotencyKey) {
      const targets = askedAccounts(config, request)
      const queued = targets.map(({ key, sources }) =>
        queues.enqueue(job, { ...request, account: key, sources, trigger }, idempotencyKey),
      )
      return (await Promise.all(queued)).flat()
    },

    findJob: (job, id) => queues.findJob(job, id),

    async explain(account, email, signal) {
      const { settings, destination, customerRecords, segments } = await container.account(account)
      const parts = { settings, destination: destination.connector, records: customerRecords, segments }
      return explainCustomer(parts, { email, now: () => new Date(), signal })
    },

    async loadRejects(account, limit) {
      const { ledgerAccount, profiles, erasures } = await container.services(account)
      const refused = [...(await erasures.loadRefusedErasures(limit)), ...(await profiles.loadRefused(limit))]
      return {
        deadLetters: await loadDeadLetters(container.ledger, ledgerAccount.accountId, limit),
        refused: refused.slice(0, limit),
      }
    },

    async countOpenRecords(account) {
      const { ledgerAccount } = await container.services(account)
      return countDeadLetters(container.ledger, ledgerAccount.accountId)
    },

    async finishTask(account, number) {
      return (await container.services(account)).customers.finishTask(number)
    },

    async retryRejects(account) {
      return retryRejects(container.ledger, await container.services(account))
    },

    async plan(account, signal, { sizes } = { sizes: true }) {
      const { settings, destination, segments, thresholds } = await container.account(account)
      const connector = destination.connector
      return planSegments({ settings, destination: connector, segments, thresholds }, { sizes, signal })
    },

    async applyPlan(account, agreement, signal) {
      return applyAgreed(await container.account(account), { ...agreement, prune: false, patienceMs: 0, signal })
    },

    async segments(account, { forecast } = { forecast: true }) {
      const { settings, destination, segments } = await container.account(account)
      return loadSegmentOverviews(
        { settings, destination: destination.connector, segments },
        { now: new Date(), forecast },
      )
    },

    async check(account, signal) {
      const services = await container.account(account)
      return [
        ...(await checkStores(container)),
        ...(await checkAccount(services, signal)),
        ...checkReading(await loadShopReading(container.ledger, services.ledgerAccount), services.settings, new Date()),
        ...checkUnrated(await loadUnrated(container.ledger, services.ledgerAccount)),
        ...(await checkBands(services)),
        ...checkNames(services.settings),
        ...(await checkSizes({ ...services, destination: services.destination.connector }, new Date())),
      ]
    },

    readiness: () => readiness(container),
    closeSession: (id, expiresAt) => closeSession(container.ledger, id, expiresAt),
    isSessionClosed: (id) => isSessionClosed(container.ledger, id),
    metrics,
  }
}
