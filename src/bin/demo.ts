import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { loadEnvironment, readVariables } from '../../config/environment.ts'
import { planSegments } from '../app/plan-segments.ts'
import type { CliContext } from '../cli/context.ts'
import type { ShowDemoStep } from '../cli/demo-step.ts'
import type { DemoShop } from '../cli/shop-kinds.ts'
import { createLogger } from '../lib/logger.ts'
import { createKlaviyoSandbox, type KlaviyoSandbox } from '../sandbox/klaviyo/index.ts'
import { shopConfigYaml } from '../sandbox/shop/config-yaml.ts'
import { generateShop } from '../sandbox/shop/generate.ts'
import { writeShopFile } from '../sandbox/shop/write-file.ts'
import { createApplication } from './application.ts'
import { type Container, openContainer } from './container.ts'
import { followJobs } from './follow-jobs.ts'
import { createReleases } from './releases.ts'
import { openSampleShop, startOfToday } from './sample-shop.ts'
import { serveContainer } from './serve.ts'
import { untilSettled } from './until-settled.ts'

const ACCOUNT = 'main'

/**
 * Plays the whole job on a made-up shop: its own Postgres and its own Klaviyo, in a folder of its own that is gone
 * afterwards. Nothing of the user's configuration, database or Redis is touched.
 */
export async function playDemo(
  { shop, openDashboard, ready, version, signal }: Parameters<CliContext['demo']>[0] & { readonly version: string },
  show: ShowDemoStep,
): Promise<void> {
  const { dataDir, apiToken } = loadEnvironment(readVariables())
  const folder = resolve(dataDir, `demo-${process.pid}`)
  const releases = createReleases()
  try {
    await mkdir(folder, { recursive: true })
    releases.add(() => rm(folder, { recursive: true, force: true }))

    show({
      kind: 'part',
      title: 'A sample shop',
      explanation: sampleText(shop),
    })
    const { source, truth } = await openShop()
    const klaviyo = await createKlaviyoSandbox({
      fast: true,
      account: { id: 'SANDBX', currency: 'EUR', timezone: 'Europe/Rome' },
    })
    releases.add(() => klaviyo.close())
    const configPath = join(folder, 'scontrino.yaml')
    await writeFile(configPath, shopConfigYaml({ source, klaviyoUrl: klaviyo.url, category: 'fashion' }))
    show({
      kind: 'part',
      title: 'Sync',
      explanation: `${truth.orders.toLocaleString('en-GB')} orders go through the ledger to Klaviyo (a sandbox on this machine): pull, compute, push, segments.`,
    })

    const container = await openContainer({
      configPath,
      // Its own Postgres and queue, whatever the environment says.
      variables: { SCONTRINO_DATA_DIR: folder, ...(apiToken !== null && { SCONTRINO_API_TOKEN: apiToken }) },
      logger: createLogger('fatal'),
      signal,
    })
    releases.add(() => container.close())
    await play(container, klaviyo, signal, show)
    if (openDashboard) {
      await serveContainer(container, {
        roles: ['worker', 'http'],
        http: { host: '127.0.0.1', port: 0 },
        version,
        signal,
        ready(url) {
          if (url === null) return
          show({ kind: 'dashboard', url, hasLogin: apiToken !== null })
          ready(url, apiToken)
        },
      })
    }
  } finally {
    await releases.run()
  }

  async function openShop() {
    if (shop !== 'file') {
      const server = await openSampleShop(shop, { port: 0 })
      releases.add(() => server.close())
      return server
    }
    const orders = generateShop({ to: startOfToday(), category: 'fashion' })
    return { source: { path: 'orders.csv' }, truth: await writeShopFile(join(folder, 'orders.csv'), orders, 'csv') }
  }
}

/** WooCommerce marks no test order, so there the few of the sample are orders like any other. */
function sampleText(shop: DemoShop): string {
  const sample = 'Made up from a seed: three years of a fashion shop, with guests, refunds, cancellations'
  return shop === 'woocommerce'
    ? `${sample} and a month of sale. WooCommerce cannot tell test orders: the few of the sample count too.`
    : `${sample}, test orders and a month of sale.`
}

async function play(
  container: Container,
  klaviyo: KlaviyoSandbox,
  signal: AbortSignal,
  show: ShowDemoStep,
): Promise<void> {
  const application = createApplication(container)
  const queued = await application.enqueue('sync', {}, 'cli')
  const jobs = await followJobs(container, queued, (status) => show({ kind: 'progress', status }), signal)
  show({ kind: 'synced', jobs })

  const [account] = application.accounts
  if (account === undefined) return
  show({
    kind: 'part',
    title: 'The three numbers',
    explanation: 'Customers × how often × how much per order, over the last four quarters and this one.',
  })
  const report = await application.report(ACCOUNT, { from: fourQuartersAgo(), by: 'quarter', definition: 'period' })
  show({ kind: 'report', account, report })

  show({
    kind: 'part',
    title: 'Segments',
    explanation: 'What the configuration asks for against what Klaviyo has; the sizes come from the ledger.',
  })
  await untilSettled(klaviyo, signal)
  const { settings, destination, segments, thresholds } = await container.account(ACCOUNT)
  const plan = await planSegments(
    { settings, destination: destination.connector, segments, thresholds },
    { sizes: true, signal },
  )
  show({ kind: 'plan', plan })
  show({ kind: 'members', segments: plan.segments.map(({ name, memberCount }) => ({ name, members: memberCount })) })

  show({ kind: 'part', title: 'One profile', explanation: 'As Klaviyo has it: our properties and nothing else.' })
  const someone = await firstRecurring(container)
  if (someone !== null) {
    show({
      kind: 'profile',
      email: someone,
      properties: klaviyo.state.propertiesOf(someone) as Record<string, string | number | boolean>,
    })
  }
  show({
    kind: 'next',
    commands: [
      { command: 'scontrino init', purpose: 'write a commented scontrino.yaml' },
      { command: 'scontrino check', purpose: 'try every connection and say what to do' },
      { command: 'scontrino sync --dry-run', purpose: 'read and compute, send nothing' },
      { command: 'scontrino plan', purpose: 'see the segments before they exist' },
      { command: 'scontrino sync', purpose: 'do it' },
    ],
  })
}

async function firstRecurring(container: Container): Promise<string | null> {
  const application = createApplication(container)
  for await (const page of application.readCustomers(ACCOUNT, new AbortController().signal)) {
    const found = page.find((line) => line.orderCount > 2)
    if (found !== undefined) return found.email
  }
  return null
}

/** First day of the quarter a year before this one, so that no row is of half a quarter. */
function fourQuartersAgo(): string {
  const now = new Date()
  const month = now.getUTCMonth() - (now.getUTCMonth() % 3)
  return new Date(Date.UTC(now.getUTCFullYear() - 1, month, 1)).toISOString().slice(0, 10)
}
