import type { Finding } from '../finding.ts'
import type { RejectedRecord, SourceOrder } from './order.ts'
import type { Cursor, OrderPage } from './page.ts'
import type { WebhookDelivery, WebhookReading, WebhookSubscriptions } from './webhook.ts'

/** A shop we pull from. One folder under `src/sources/` each. */
export interface Source {
  /** The key of this source in the configuration, unique within its account. */
  readonly name: string
  /** One cheap authenticated look: reach, scopes, currency, time zone. Problems are findings, not throws. */
  check(signal: AbortSignal): Promise<readonly Finding[]>
  /** Pages in order, from `cursor` (null: from the beginning). The caller saves each page with its cursor. */
  readOrders(from: Cursor | null, signal: AbortSignal): AsyncIterable<OrderPage>
  /** These orders as the shop has them now, any number of ids. Absent where a source cannot look one up. */
  fetchOrders?(externalIds: readonly string[], signal: AbortSignal): Promise<FetchedOrders>
  /** Checks a delivery's signature and says what it is about; does no I/O. Absent where the platform sends none. */
  readWebhook?(delivery: WebhookDelivery): WebhookReading
  /**
   * What a person does in the shop so that it tells of changes, or why it tells of none: a sentence each. Absent where
   * there is no shop.
   */
  readonly webhookSteps?: readonly string[]
  /** Absent where the shop's key may not manage webhooks. */
  readonly subscriptions?: WebhookSubscriptions
}

/** The answer to a look at single orders. An id is in none of the three only where the configuration leaves its order out. */
export interface FetchedOrders {
  readonly orders: readonly SourceOrder[]
  readonly rejected: readonly RejectedRecord[]
  /** The shop has no such order (any more), and said so: nothing that merely failed. */
  readonly missing: readonly string[]
}
