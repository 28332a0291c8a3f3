/** A webhook as it came in: nothing in it is trusted before its signature is checked. */
export interface WebhookDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Byte for byte, since signatures are over these. */
  readonly body: Buffer
  readonly receivedAt: Date
}

/** Something that happened to a customer in the shop, as far as an order cannot tell it. */
export type CustomerChange =
  /** Two customers of the shop became one: orders of `goneId` now belong to `keptId`. */
  | { readonly kind: 'merged'; readonly keptId: string; readonly goneId: string }
  /** Everything personal is to go, for good. */
  | { readonly kind: 'redacted'; readonly email?: string; readonly externalId?: string }
  /** Something only a person can see to. `place`: stable, so that asking twice is one task. */
  | { readonly kind: 'task'; readonly place: string; readonly what: string }

/** What a delivery turned out to be. */
export type WebhookReading =
  /** Not signed by the shop, or too old: answered 401 and forgotten. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Genuine, or a harmless ping, and nothing to do: answered 200. */
  | { readonly kind: 'ignored'; readonly reason: string }
  | {
      readonly kind: 'event'
      /** The same for repeated deliveries of one event, and for no other; at most 200 characters. */
      readonly key: string
      /** Orders that may have changed: they are fetched anew, whatever the delivery says about them. */
      readonly orderIds: readonly string[]
      readonly customers: readonly CustomerChange[]
    }

/** A webhook that the shop has registered. */
export interface WebhookSubscription {
  readonly id: string
  readonly topic: string
  /** Where deliveries go. */
  readonly url: string
  /** False: the shop has stopped delivering. */
  readonly active: boolean
}

/** The webhooks of a shop, where they can be managed with its key. */
export interface WebhookSubscriptions {
  /** What we want to be told of, in the platform's words; after `list`, without what it found the key may not have. */
  readonly topics: readonly string[]
  list(signal: AbortSignal): Promise<readonly WebhookSubscription[]>
  create(topic: string, url: string, signal: AbortSignal): Promise<void>
  remove(id: string, signal: AbortSignal): Promise<void>
}
