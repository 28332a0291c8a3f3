import type { CustomerRefund, OrderRefund } from '../orders/order.ts'
import type { ValuedOrder } from '../orders/order-value.ts'
import type { StoredAggregate } from './aggregate-store.ts'

/** An order of a customer as the ledger holds it. */
export interface RecordedOrder extends ValuedOrder {
  readonly source: string
  readonly externalId: string
  readonly channel: string | null
  /** Those that name the order, oldest first. */
  readonly refunds: readonly OrderRefund[]
}

/** A refund of a customer that names no order. */
export interface RecordedRefund extends Pick<CustomerRefund, 'externalId' | 'refundedAt' | 'amountMinor' | 'currency'> {
  readonly source: string
}

/**
 * Why a customer's aggregates are to be computed again: nothing ever was; the configuration has changed; orders, refunds
 * or addresses have changed; an order has left the twelve months' window.
 */
export type WaitingFor = 'first-computation' | 'settings' | 'records' | 'window'

/**
 * Where the push of a profile stands. `in-flight`: part of an import that is not finished; `refused`: until its content
 * changes or somebody retries; `absent`: Klaviyo has no such profile, and none is created for it.
 */
export type PushState =
  | { readonly state: 'confirmed' | 'pending' | 'in-flight' }
  | { readonly state: 'refused' | 'absent'; readonly code: string; readonly reason: string; readonly at: Date }

/** What is known of the profile under one of a customer's addresses. */
export interface RecordedProfile {
  readonly email: string
  /** Null: nothing of ours was ever meant for it. */
  readonly push: PushState | null
}

/** Everything the ledger knows of one customer, as of one moment. */
export interface CustomerRecord {
  readonly kind: 'customer'
  /** Whose profile carries the figures: the address of the newest order that had one. */
  readonly profileEmail: string | null
  /** All that are known, in the order of the alphabet. */
  readonly emails: readonly string[]
  /** E.164. */
  readonly phones: readonly string[]
  readonly shopIds: readonly { readonly source: string; readonly externalId: string }[]
  /** Oldest first. */
  readonly orders: readonly RecordedOrder[]
  /** Oldest first. */
  readonly refunds: readonly RecordedRefund[]
  /** Null: no order counted when it was last computed. */
  readonly aggregate: StoredAggregate | null
  readonly waitingFor: WaitingFor | null
  /** One for each address. */
  readonly profiles: readonly RecordedProfile[]
  /** Names, with prefix, of every property that was ever written to profiles of this account. */
  readonly everWritten: readonly string[]
}

/** Somebody who was forgotten: that is all that is known. */
export interface ForgottenRecord {
  readonly kind: 'forgotten'
  readonly forgottenAt: Date
}

/** Looks up one customer. One instance per account. */
export interface CustomerRecordStore {
  /** By any address of theirs, as `normalizeEmail` gives it; null: nobody is known by it. */
  loadCustomerRecord(email: string, now: Date): Promise<CustomerRecord | ForgottenRecord | null>
}
