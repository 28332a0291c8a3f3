import type { StoredAggregate } from '../customers/aggregate-store.ts'
import type { PushState, RecordedOrder, RecordedRefund, WaitingFor } from '../customers/customer-record.ts'
import type { CountedValue, NotCounted, OrderPart } from '../orders/order-value.ts'
import type { AovPolicy } from '../orders/policy.ts'
import type { PropertyValue } from '../profiles/profile.ts'
import type { SegmentSpec } from '../segments/segment.ts'
import type { SegmentJudgement } from '../segments/segment-membership.ts'
import type { SegmentOverview } from '../segments/segment-overview.ts'

/** A rate as configured: from `validFrom` on, one unit of `currency` is `rate` units of the account's currency. */
export interface ExplainedRate {
  readonly currency: string
  /** `YYYY-MM-DD` in the account's time zone. */
  readonly validFrom: string
  /** Decimal text. */
  readonly rate: string
}

/** What an order or a refund counts for: minor units of the account's currency, and the rate unless it is in that. */
type Counted<Value> = Omit<Value, 'rate'> & { readonly rate: ExplainedRate | null }

/** An order with what it counts for, step by step, or the reason why it does not. */
export interface ExplainedOrder extends RecordedOrder {
  /** What the policy leaves out of the total; minor units of the order's currency. */
  readonly excluded: readonly OrderPart[]
  readonly value: Counted<CountedValue> | { readonly notCounted: NotCounted }
  /** Whether it is young enough for the figures of the last twelve months; also told of orders that do not count. */
  readonly isIn12Months: boolean
}

/** A refund that names no order, with what it takes from the revenue, or the reason why it takes nothing. */
export interface ExplainedRefund extends RecordedRefund {
  readonly value:
    | Counted<{ readonly valueMinor: number }>
    | { readonly notCounted: 'refunds are not deducted' | 'other currency' }
  readonly isIn12Months: boolean
}

/** How the AOV comes about; minor units of the account's currency. */
export interface ExplainedSums {
  readonly orders: number
  /** What the counted orders are worth together. */
  readonly ordersMinor: number
  /** What refunds that name no order take from it. */
  readonly refundsMinor: number
  /** ordersMinor − refundsMinor. */
  readonly revenueMinor: number
  /** revenueMinor / orders, rounded half up once; null without orders. */
  readonly aovMinor: number | null
  /** Whether the division left a rest, so that it was rounded. */
  readonly isRounded: boolean
}

/** One property of ours on one profile. */
export interface ExplainedProperty {
  /** With the account's prefix. */
  readonly name: string
  /** Null: there should be none. */
  readonly desired: PropertyValue | null
  /** Any JSON, since people may have changed it; null: there is none, or Klaviyo could not be asked. */
  readonly actual: unknown
  /** Null: Klaviyo could not be asked. */
  readonly isSame: boolean | null
}

/** The profile under one address of a customer. */
export interface ExplainedProfile {
  readonly email: string
  /** False: a former address, whose profile should hold nothing of ours. */
  readonly isCurrent: boolean
  /** Null: nothing of ours was ever meant for it. */
  readonly push: PushState | null
  /** Null: Klaviyo has no such profile, or could not be asked. */
  readonly remote: { readonly id: string; readonly updatedAt: Date | null } | null
  readonly properties: readonly ExplainedProperty[]
}

/** Whether Klaviyo answered; why not, with the code of docs/errors.md. */
export type KlaviyoAnswer =
  | { readonly isRead: true; readonly at: Date }
  | { readonly isRead: false; readonly code: string; readonly message: string }

/** A configured segment, in or out, by the stored figures. */
export interface ExplainedSegment
  extends Pick<SegmentSpec, 'key' | 'name' | 'basis'>,
    Pick<SegmentOverview, 'remoteId' | 'lastChange'> {
  /** Whether Klaviyo has it as it is judged here; as of the last look. */
  readonly standing: Exclude<SegmentOverview['standing'], 'waiting' | 'unwanted'>
  /** Null: `basis: predictive`, where figures of Klaviyo's own decide, which are not asked for. */
  readonly judgement: SegmentJudgement | null
}

/** Somebody who was forgotten: that is all that is known. */
export interface ForgottenExplanation {
  readonly kind: 'forgotten'
  readonly account: string
  readonly forgottenAt: Date
}

/** Why one customer has the figures and the segments that they have. */
export interface CustomerExplanation {
  readonly kind: 'customer'
  readonly account: string
  /** ISO 4217: of every figure that names no other. */
  readonly currency: string
  /** IANA name. */
  readonly timezone: string
  readonly policy: AovPolicy
  readonly at: Date
  /** As asked for, normalised. */
  readonly email: string
  /** Whose profile carries the figures. */
  readonly profileEmail: string | null
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  readonly shopIds: readonly { readonly source: string; readonly externalId: string }[]
  /** Oldest first. */
  readonly orders: readonly ExplainedOrder[]
  /** Refunds that name no order, oldest first. */
  readonly refunds: readonly ExplainedRefund[]
  readonly sums: {
    readonly lifetime: ExplainedSums
    /** Orders and refunds after `since`. */
    readonly last12Months: ExplainedSums & { readonly since: Date }
  }
  /** As last computed, with the instant at which a figure last changed; null: no order counted then. */
  readonly stored: StoredAggregate | null
  /** Null: computed after everything that is shown here. */
  readonly waitingFor: WaitingFor | null
  /** Whether `stored` is what the sums come to now. */
  readonly isStoredCurrent: boolean
  readonly klaviyo: KlaviyoAnswer
  /** One for each address, the present one first. */
  readonly profiles: readonly ExplainedProfile[]
  readonly segments: readonly ExplainedSegment[]
}

/** The whole answer about one address. */
export type Explanation = ForgottenExplanation | CustomerExplanation
