import type { AccountSettings } from '../core/account.ts'
import type { AggregateStore } from '../core/customers/aggregate-store.ts'
import type { CustomerRecordStore } from '../core/customers/customer-record.ts'
import type { CustomerStore, PendingErasureStore } from '../core/customers/customer-store.ts'
import type { Destination } from '../core/destination.ts'
import type { StoreNumbersStore } from '../core/numbers/store-numbers.ts'
import type { OrderStore } from '../core/orders/order-store.ts'
import type { Source } from '../core/orders/source.ts'
import type { WebhookInbox } from '../core/orders/webhook-inbox.ts'
import type { ProfileStateStore } from '../core/profiles/profile-state-store.ts'
import type { RemoteAccountStore } from '../core/profiles/remote-account-store.ts'
import type { HistoryStore } from '../core/runs/history.ts'
import type { PauseStore } from '../core/runs/pause-store.ts'
import type { RunStore } from '../core/runs/run-store.ts'
import type { SegmentStateStore } from '../core/segments/segment-state-store.ts'
import type { ThresholdStore } from '../core/thresholds/threshold.ts'

/** A destination or source with what tells its key from the one before; never the key itself. */
export interface Keyed<T> {
  readonly connector: T
  readonly keyFingerprint: string
}

/** Everything one account's use cases work with. Wired in `src/bin`. */
export interface AccountServices {
  readonly settings: AccountSettings
  readonly sources: ReadonlyMap<string, Keyed<Source>>
  readonly destination: Keyed<Destination>
  readonly orders: OrderStore
  readonly inbox: WebhookInbox
  readonly aggregates: AggregateStore
  readonly storeNumbers: StoreNumbersStore
  readonly profiles: ProfileStateStore
  readonly customers: CustomerStore
  readonly customerRecords: CustomerRecordStore
  readonly erasures: PendingErasureStore
  readonly remoteAccount: RemoteAccountStore
  readonly segments: SegmentStateStore
  readonly thresholds: ThresholdStore
  readonly runs: RunStore
  readonly pauses: PauseStore
  readonly history: HistoryStore
  /** Whether the ledger holds any order of this account. */
  hasOrders(): Promise<boolean>
  /**
   * Runs `work` while nobody else, in any process, does the same kind of work for this account; null: somebody does.
   * The signal fires when that can no longer be promised: the work has to stop.
   */
  exclusively<T>(kind: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | null>
  /** Whether somebody, in whatever process, does this kind of work at this moment; keeps nobody from it. */
  isHeld(kind: string): Promise<boolean>
}

/** How far a running job is, for people: `pulling shop`, 5000 of 18532 orders. */
export interface JobProgress {
  readonly step: string
  readonly done?: number
  readonly total?: number
  readonly unit?: string
  /** Orders read so far, where something else is counted. */
  readonly orders?: number
}

/** Called as work goes on. */
export type OnProgress = (progress: JobProgress) => void
