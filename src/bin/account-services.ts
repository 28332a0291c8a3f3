import type { Account } from '../../config/config.ts'
import { loadFollowed } from '../app/follow-thresholds.ts'
import type { AccountServices, Keyed } from '../app/services.ts'
import type { SecretStore } from '../core/orders/secret-store.ts'
import type { Source } from '../core/orders/source.ts'
import { DESTINATION_TYPES } from '../destinations/registry.ts'
import type { Logger } from '../lib/logger.ts'
import type { RateLimiter } from '../lib/rate-limiter.ts'
import { SOURCE_TYPES } from '../sources/registry.ts'
import { type LedgerAccount, openAccount } from '../store/account.ts'
import { createAggregateStore } from '../store/customers/aggregates.ts'
import { createCustomerRecordStore } from '../store/customers/customer-record.ts'
import { createCustomerStore } from '../store/customers/customer-store.ts'
import { createPendingErasureStore } from '../store/customers/pending-erasures.ts'
import type { Database } from '../store/database.ts'
import { isLocked, withLock } from '../store/locks.ts'
import { createStoreNumbersStore } from '../store/numbers/store-numbers.ts'
import { hasOrders } from '../store/orders/has-orders.ts'
import { createOrderStore } from '../store/orders/orders.ts'
import { createSourceSecret } from '../store/orders/source-secret.ts'
import { createWebhookInbox } from '../store/orders/webhook-inbox.ts'
import { createProfileStateStore } from '../store/profiles/profile-states.ts'
import { createRemoteAccountStore } from '../store/profiles/remote-account.ts'
import { createHistoryStore } from '../store/runs/history.ts'
import { createPauseStore } from '../store/runs/pauses.ts'
import { createRunStore } from '../store/runs/runs.ts'
import { createSegmentStateStore } from '../store/segments/segment-states.ts'
import { createThresholdStore } from '../store/thresholds/thresholds.ts'
import { fingerprint } from './fingerprint.ts'

/** What all accounts share. */
export interface SharedParts {
  readonly ledger: Database
  /** A pool of its own: a running job holds one of its connections until it ends. */
  readonly locks: Database
  readonly limiter: RateLimiter
  readonly logger: Logger
}

/** One account's services, and its row of the ledger for what only `src/bin` asks. */
export interface OpenAccount extends AccountServices {
  readonly ledgerAccount: LedgerAccount
}

/** Wires an account of the configuration to the ledger, its sources and its Klaviyo. */
export async function openAccountServices(account: Account, shared: SharedParts): Promise<OpenAccount> {
  const { ledger } = shared
  const { settings, klaviyo } = account
  const ledgerAccount = { ...(await openAccount(ledger, settings)), sources: account.sources.map(({ key }) => key) }
  const lockName = (kind: string) => `${settings.key} ${kind}`
  return {
    settings,
    ledgerAccount,
    sources: new Map(
      account.sources.map((source) => [
        source.key,
        openSource(source, createSourceSecret(ledger, ledgerAccount, source.key)),
      ]),
    ),
    destination: {
      connector: DESTINATION_TYPES.klaviyo.createDestination({
        ...klaviyo,
        prefix: settings.profiles.prefix,
        timezone: settings.timezone,
        limiter: shared.limiter,
        logger: shared.logger,
      }),
      keyFingerprint: fingerprint(`${klaviyo.baseUrl} ${klaviyo.apiKey}`),
    },
    orders: createOrderStore(ledger, ledgerAccount),
    inbox: createWebhookInbox(ledger, ledgerAccount),
    aggregates: createAggregateStore(ledger, ledgerAccount),
    storeNumbers: createStoreNumbersStore(ledger, ledgerAccount),
    profiles: createProfileStateStore(ledger, ledgerAccount),
    customers: createCustomerStore(ledger, ledgerAccount),
    customerRecords: createCustomerRecordStore(ledger, ledgerAccount),
    erasures: createPendingErasureStore(ledger, ledgerAccount),
    remoteAccount: createRemoteAccountStore(ledger, ledgerAccount),
    segments: createSegmentStateStore(ledger, ledgerAccount),
    thresholds: createThresholdStore(ledger, ledgerAccount),
    runs: createRunStore(ledger, ledgerAccount),
    pauses: createPauseStore(ledger, ledgerAccount),
    history: createHistoryStore(ledger, ledgerAccount),
    hasOrders: () => hasOrders(ledger, ledgerAccount),
    exclusively: (kind, work) => withLock(shared.locks, lockName(kind), work),
    isHeld: (kind) => isLocked(ledger, lockName(kind)),
  }
}

/** The services with thresholds by name filled in as they are in force now: another process may have moved them. */
export async function withThresholdsInForce(services: OpenAccount): Promise<OpenAccount> {
  return { ...services, settings: (await loadFollowed(services)).settings }
}

function openSource({ key, type, config }: Account['sources'][number], secrets: SecretStore): Keyed<Source> {
  const sourceType = SOURCE_TYPES[type as keyof typeof SOURCE_TYPES]
  return {
    connector: sourceType.open(key, config, { secrets }),
    keyFingerprint: fingerprint(JSON.stringify(config)),
  }
}
