import type { CustomerChange, WebhookReading } from './webhook.ts'

/** A genuine event of a shop's webhook. */
export type WebhookEvent = Extract<WebhookReading, { kind: 'event' }>

/** An event that was received and not yet worked off. */
export interface OpenWebhookEvent {
  readonly eventId: number
  readonly orderIds: readonly string[]
  readonly customers: readonly CustomerChange[]
}

/** Where events wait, so that a shop is answered as soon as they are safe. One instance per account. */
export interface WebhookInbox {
  /** Keeps an event; one of the same key only once. @returns whether it is still to be worked off. */
  receive(source: string, event: WebhookEvent): Promise<boolean>
  /** The oldest first. */
  loadOpen(source: string, limit: number): Promise<readonly OpenWebhookEvent[]>
  /** Those among them that name no order, the oldest first. */
  loadOpenWithoutOrders(source: string, limit: number): Promise<readonly OpenWebhookEvent[]>
  /** Worked off: only the keys stay, so that repeated deliveries are recognised, for thirty days. */
  markDone(source: string, eventIds: readonly number[]): Promise<void>
}
