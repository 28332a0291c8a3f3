import type { Application, JobRequest, Readiness } from '../app/application.ts'
import { checkAccount } from '../app/check-account.ts'
import { checkBands } from '../app/check-bands.ts'
import { checkReading } from '../app/check-reading.ts'
import { checkSizes } from '../app/check-sizes.ts'
import { explainCustomer } from '../app/explain-customer.ts'
import { loadFollowed } from '../app/follow-thresholds.ts'
import { planWebhooks, repairWebhooks, webhookUrl } from '../app/manage-webhooks.ts'
import { planSegments } from '../app/plan-segments.ts'
import { loadSegmentOverviews } from '../app/segment-overviews.ts'
import { unknownName } from '../app/unknown-name.ts'
import { ConfigError } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import { toBandRule } from '../core/following.ts'
import { parseDecimal, toMinor } from '../core/money.ts'
import { toFreshness } from '../core/shop-reading.ts'
import { adviseThresholds } from '../core/threshold-advice.ts'
import { createMetrics } from '../lib/telemetry.ts'
import { loadAovCells } from '../store/aov-cells.ts'
import { loadBandsInForce } from '../store/apply-bands.ts'
import { closeSession, isSessionClosed } from '../store/closed-sessions.ts'
import { readCustomerLines } from '../store/customer-lines.ts'
import { loadDeadLetters } from '../store/dead-letters.ts'
import { loadDistribution } from '../store/distribution.ts'
import { loadFullReport } from '../store/full-report.ts'
import { loadMatrix } from '../store/matrix.ts'
import { loadStoreReport } from '../store/report.ts'
import { loadShopReading } from '../store/shop-reading.ts'
import { applyAgreed } from './apply-plan.ts'
import type { Container } from './container.ts'
import { isInterrupted } from './interrupted-runs.ts'
import { settleRun } from './open-runs.ts'
import { retryRejects } from './retry-rejects.ts'
import { readSamples } from './samples.ts'

const NO_PUBLIC_URL = new ConfigError('looking at webhooks: one problem', [
  {
    path: 'SCONTRINO_PUBLIC_URL',
    message: 'expected the address under which shops reach this HTTP server',
    hint: 'set it, such as https://scontrino.example.com',
  },
])

/** The facade both doors use, over an open container. */
export function createApplication(container: Container): Application {
  const { config, queues } = container
  const metrics = createMetrics(() => readSamples(container))

  function accountsFor(request: JobRequest): { key: string; sources: readonly string[] }[] {
    const chosen = config.accounts.filter(
      ({ settings }) => request.account === undefined || settings.key === request.account,
    )
    if (chosen.length === 0) {
      const known = config.accounts.map(({ settings }) => settings.key)
      throw unknownName('account', request.account ?? '', known)
    }
    const { source } = request
    const all = chosen.map(({ settings, sources }) => ({ key: settings.key, sources: sources.map(({ key }) => key) }))
    if (source === undefined) return all
    const having = all.filter(({ sources }) => sources.includes(source))
    if (having.length === 0) {
      const known = all.flatMap(({ sources }) => sources)
      throw unknownName('source', source, known)
    }
    return having.map(({ key }) => ({ key, sources: [source] }))
  }

  return {
    accounts: config.accounts.map(({ settings, sources }) => ({
      key: settings.key,
      currency: settings.currency,
      timezone: settings.timezone,
      policy: settings.policy.name,
      sources: sources.map(({ key }) => key),
    })),

    async enqueue(job, request, trigger, idempotencyKey) {
      const targets = accountsFor(request)
      const queued = targets.map(({ key, sources }) =>
        queues.enqueue(job, { ...request, account: key, sources, trigger }, idempotencyKey),
      )
      return (await Promise.all(queued)).flat()
    },

    async receiveWebhook(accountKey, sourceKey, delivery) {
      if (!config.accounts.some(({ settings }) => settings.key === accountKey)) return { kind: 'unknown' }
      const { sources, inbox } = await container.services(accountKey)
      const reading = sources.get(sourceKey)?.connector.readWebhook?.(delivery)
      if (reading === undefined) return { kind: 'unknown' }
      if (reading.kind !== 'event') {
        container.logger.info(
          { account: accountKey, source: sourceKey, reason: reading.reason },
          `webhook ${reading.kind}`,
        )
        return { kind: reading.kind }
      }
      // One that is there already and still open may be there because waking failed: it is woken again.
      if (await inbox.receive(sourceKey, reading)) await queues.wakeWebhooks(accountKey, sourceKey)
      return { kind: 'received' }
    },

    async webhooks(accountKey, { repair }, signal) {
      const { publicUrl } = container.environment
      if (publicUrl === null) throw NO_PUBLIC_URL
      const { sources } = await container.services(accountKey)
      const shops = [...sources].filter(([, { connector }]) => connector.webhookSteps !== undefined)
      return Promise.all(
        shops.map(async ([source, { connector }]) => {
          const { readWebhook, subscriptions, webhookSteps: steps = [] } = connector
          const url = readWebhook === undefined ? null : webhookUrl(publicUrl, accountKey, source)
          const managed = url === null ? undefined : subscriptions
          if (repair && url !== null && managed !== undefined) await repairWebhooks(managed, url, signal)
          const webhooks = url === null || managed === undefined ? null : await planWebhooks(managed, url, signal)
          return { account: accountKey, source, url, steps, webhooks }
        }),
      )
    },

    findJob: (job, id) => queues.findJob(job, id),

    async loadRuns({ account, limit, ...filter }) {
      const runs = await Promise.all(
        accountsFor(account === undefined ? {} : { account }).map(async ({ key }) => {
          const services = await container.services(key)
          const stored = await services.runs.loadRuns(limit, filter)
          const settled = stored.map(async (stands) => {
            const run = await settleRun(queues, stands)
            const interrupted = run.state === 'running' && (await isInterrupted(queues, services, run))
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

    async report(account, request) {
      return loadStoreReport(container.ledger, (await container.services(account)).ledgerAccount, request)
    },

    async fullReport(account, request) {
      return loadFullReport(container.ledger, (await container.services(account)).ledgerAccount, request, new Date())
    },

    async overview(account, request) {
      return (await container.services(account)).storeNumbers.loadOverview(request, new Date())
    },

    async freshness(account, by) {
      const { ledgerAccount, settings } = await container.account(account)
      const sources = await loadShopReading(container.ledger, ledgerAccount)
      return toFreshness(sources, { by, timezone: settings.timezone, now: new Date() })
    },

    async distribution(account) {
      return loadDistribution(container.ledger, (await container.services(account)).ledgerAccount)
    },

    async matrix(account) {
      return loadMatrix(container.ledger, (await container.services(account)).ledgerAccount)
    },

    async bands(account) {
      const { ledgerAccount, settings } = await container.account(account)
      const rule = (await loadBandsInForce(container.ledger, ledgerAccount))?.rule ?? toBandRule(settings)
      if (rule === null) return null
      const toBorder = (major: number) => toMinor(parseDecimal(String(major)), settings.currency)
      return [toBorder(rule.borders[0]), toBorder(rule.borders[1])]
    },

    async crossedBands(account) {
      return (await loadFollowed(await container.account(account))).crossed
    },

    async configuredBands(account) {
      const { bands, hasBandFamily, segments, following } = (await container.account(account)).settings
      const hasSegments = segments.length > 0 || (following?.segments.length ?? 0) > 0
      return { bands, hasSegments, hasFamily: hasBandFamily }
    },

    async *readCustomers(account, signal) {
      yield* readCustomerLines(container.ledger, (await container.services(account)).ledgerAccount, signal)
    },

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

    async thresholds(account, request) {
      const { ledgerAccount } = await container.services(account)
      return adviseThresholds(await loadAovCells(container.ledger, ledgerAccount, request.window), request)
    },

    async check(account, signal) {
      const services = await container.account(account)
      return [
        ...(await checkStores(container)),
        ...(await checkAccount(services, signal)),
        ...checkReading(await loadShopReading(container.ledger, services.ledgerAccount), services.settings, new Date()),
        ...(await checkBands(services)),
        ...(await checkSizes(services)),
      ]
    },

    readiness: () => readiness(container),
    closeSession: (id, expiresAt) => closeSession(container.ledger, id, expiresAt),
    isSessionClosed: (id) => isSessionClosed(container.ledger, id),
    metrics,
  }
}

async function readiness({ ledger, queues, environment }: Container): Promise<Readiness> {
  const ask = async (name: string, question: () => Promise<unknown>) => {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer within 3 s')), 3_000).unref())
    try {
      await Promise.race([question(), late])
      return { name, ok: true, message: 'answers' }
    } catch (error) {
      return { name, ok: false, message: error instanceof Error ? error.message : 'does not answer' }
    }
  }
  const checks = await Promise.all([
    ask('postgres', () => ledger.query('select 1')),
    ask(`queue (${environment.redisUrl === null ? 'postgres' : 'redis'})`, () => queues.ping()),
  ])
  return { ready: checks.every(({ ok }) => ok), checks }
}

async function checkStores(container: Container): Promise<Finding[]> {
  const { checks } = await readiness(container)
  const where = container.environment.databaseUrl === null ? 'the embedded server' : 'DATABASE_URL'
  return checks.map(({ name, ok, message }) => ({
    level: ok ? 'ok' : 'problem',
    subject: name,
    message: name === 'postgres' ? `${where} ${message}` : message,
    ...(ok ? {} : { action: 'see that the server runs and that its address is right', code: 'E_STORE' }),
  }))
}
