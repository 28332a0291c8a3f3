import { NO_PUSHES, type PushCounts } from '../../src/app/push-counts.ts'
import { type PushStep, pushProfiles } from '../../src/app/push-profiles.ts'
import { type OpenAccount, openAccountServices } from '../../src/bin/account-services.ts'
import type { AccountSettings } from '../../src/core/account.ts'
import type { CustomerRefund, SourceOrder } from '../../src/core/orders/order.ts'
import type { Source } from '../../src/core/orders/source.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { createRateLimiter } from '../../src/lib/rate-limiter.ts'
import {
  createKlaviyoSandbox,
  type KlaviyoSandbox,
  type KlaviyoSandboxOptions,
} from '../../src/sandbox/klaviyo/index.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { computeAll, SETTINGS, toOrder, toPage } from './ledger.ts'
import { createTestDatabase } from './test-database.ts'
import { until } from './until.ts'

/** A ledger for all tests of a file; every test opens accounts of its own in it. */
export interface Rig {
  readonly url: string
  readonly ledger: Database
  readonly locks: Database
  /** An account with a Klaviyo of its own. */
  openShop(settings?: Partial<AccountSettings>, sandbox?: KlaviyoSandboxOptions): Promise<Shop>
  close(): Promise<void>
}

/** How a shop is wired anew: other settings, another key, other sources. */
interface Reopening {
  readonly settings?: Partial<AccountSettings>
  readonly apiKey?: string
  /** Paths of files of orders by source key. */
  readonly files?: Readonly<Record<string, string>>
  /** Sources that the test brings itself, by key. */
  readonly connectors?: Readonly<Record<string, Source>>
}

/** One account between orders and Klaviyo. */
export interface Shop {
  readonly klaviyo: KlaviyoSandbox
  readonly services: OpenAccount
  /** What the use cases take for now; starts at the machine's time and moves only when told to. */
  readonly clock: { at: Date; pass(ms: number): void }
  /** Wires the same account differently, as after a change of the configuration. */
  reopen(change: Reopening): Promise<OpenAccount>
  /** Saves orders and computes what profiles should hold. */
  sell(orders: readonly SourceOrder[], refunds?: readonly CustomerRefund[]): Promise<void>
  compute(): Promise<void>
  /** One step of a push. */
  step(wishes?: Partial<Parameters<typeof pushProfiles>[1]>): Promise<PushStep>
  /** Steps until it is done, Klaviyo's time and ours passing in between. */
  push(wishes?: Partial<Parameters<typeof pushProfiles>[1]>): Promise<PushCounts>
  /** Requests that reached Klaviyo, by its own names of operations. */
  requests(): Readonly<Record<string, number>>
}

/** Call it in `beforeAll`, and `close` in `afterAll`. */
export async function openRig(): Promise<Rig> {
  const database = await createTestDatabase()
  const ledger = openDatabase(database.url)
  const locks = openDatabase(database.url)
  const sandboxes: KlaviyoSandbox[] = []
  return {
    url: database.url,
    ledger,
    locks,
    async openShop(settings = {}, options = {}) {
      const klaviyo = await createKlaviyoSandbox({ fast: true, enforceLimits: false, ...options })
      sandboxes.push(klaviyo)
      return openShop(`account-${sandboxes.length}`, settings, klaviyo, { ledger, locks })
    },
    async close() {
      for (const klaviyo of sandboxes) await klaviyo.close()
      await locks.close()
      await ledger.close()
      await database.drop()
    },
  }
}

async function openShop(
  key: string,
  settings: Partial<AccountSettings>,
  klaviyo: KlaviyoSandbox,
  databases: { ledger: Database; locks: Database },
): Promise<Shop> {
  const logger = createLogger('silent')
  let current: Required<Reopening> = { settings, apiKey: 'pk_test', files: {}, connectors: {} }
  const open = async (): Promise<OpenAccount> => {
    const opened = await openAccountServices(
      {
        settings: { ...SETTINGS, ...current.settings, key },
        klaviyo: { apiKey: current.apiKey, baseUrl: klaviyo.url },
        sources: Object.entries(current.files).map(([source, path]) => ({
          key: source,
          type: 'file',
          config: fileConfig(path),
        })),
      },
      { ...databases, limiter: createRateLimiter({ kind: 'memory' }), logger },
    )
    const brought = Object.entries(current.connectors).map(
      ([source, connector]) => [source, { connector, keyFingerprint: source }] as const,
    )
    return { ...opened, sources: new Map([...opened.sources, ...brought]) }
  }
  let services = await open()
  const clock = {
    at: new Date(),
    pass(ms: number) {
      clock.at = new Date(clock.at.getTime() + ms)
    },
  }
  const shop: Shop = {
    klaviyo,
    get services() {
      return services
    },
    clock,
    async reopen(change) {
      current = { ...current, ...change, settings: { ...current.settings, ...change.settings } }
      services = await open()
      return services
    },
    async sell(orders, refunds = []) {
      const { readSince } = await services.orders.beginReading('till')
      await services.orders.saveOrderPage('till', toPage(orders, refunds), readSince)
      await shop.compute()
    },
    compute: () => computeAll(services.aggregates, clock.at, 20_000),
    step: (wishes = {}) =>
      pushProfiles(
        {
          settings: services.settings,
          destination: services.destination.connector,
          profiles: services.profiles,
          erasures: services.erasures,
        },
        {
          counts: NO_PUSHES,
          now: () => clock.at,
          recheckAbsent: false,
          onProgress: () => undefined,
          onCounts: async () => undefined,
          signal: new AbortController().signal,
          ...wishes,
        },
      ),
    async push(wishes = {}) {
      for (let counts = wishes.counts ?? NO_PUSHES; ; ) {
        const step = await shop.step({ ...wishes, counts })
        if (step.done) return step.counts
        counts = step.counts
        await until('Klaviyo has worked off its imports', () => klaviyo.state.isSettled())
        clock.pass(step.delayMs)
      }
    },
    requests: () => klaviyo.requestCounts().byOperation,
  }
  return shop
}

function fileConfig(path: string): Record<string, unknown> {
  const columns = { order: 'Id', placedAt: 'Date', email: 'Email', total: 'Total' }
  return { type: 'file', path, rows: 'orders', timezone: 'Europe/Rome', currency: 'EUR', columns }
}

/** `count` customers with one order of `totalMinor` each: `c0@example.com`, … */
export function oneOrderEach(count: number, totalMinor = 1_000, day = '2026-03-01'): SourceOrder[] {
  return Array.from({ length: count }, (_, index) =>
    toOrder({
      externalId: `o${index}`,
      totalMinor,
      updatedAt: new Date(`${day}T12:00:00Z`),
      customer: { email: `c${index}@example.com` },
    }),
  )
}
