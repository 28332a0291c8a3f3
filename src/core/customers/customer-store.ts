import type { RefusedProfile } from '../profiles/profile-state-store.ts'

/** A person to forget, as known: by address, by the customer id of a shop, or both. */
interface ErasureRequest {
  readonly email?: string
  /** Key of the shop; needed with `externalId`. */
  readonly source?: string
  readonly externalId?: string
}

/** What forgetting somebody did, for whoever asked. Names nobody. */
export interface ErasureReceipt {
  /** When all that was asked for stood first, as stored: the same whenever it is asked again. */
  readonly erasedAt: Date
  /** Keyed hash of what was asked for (the address, else the shop's id): 64 hexadecimal digits, the same every time. */
  readonly tombstone: string
  /** True: it had been asked for before, and the tombstone stood already. */
  readonly repeated: boolean
  readonly customers: number
  /** Orders that stay, without a customer. */
  readonly orders: number
  /** Refunds naming no order that stay, without a customer. */
  readonly refunds: number
  /** Addresses, phone numbers and shop ids removed. */
  readonly identities: number
  /** Profiles at the destination that the next push will clear or delete, those of earlier requests included. */
  readonly profiles: { readonly clear: number; readonly delete: number }
}

/** What forgetting everybody of a shop did. Names nobody. */
export interface SourceErasure {
  readonly erasedAt: Date
  /** Who was known from this shop. */
  readonly customers: number
  /** Those of them who bought nowhere else, and are gone; the others stay known from there. */
  readonly removed: number
  /** Orders that stay, without a customer. */
  readonly orders: number
  /** Refunds that stay, without a customer. */
  readonly refunds: number
  /**
   * The shop's customer ids removed, addresses and phone numbers that no other shop told, and all that those who are gone
   * were recognised by.
   */
  readonly identities: number
  /** Profiles of removed addresses that the next push will clear or delete. */
  readonly profiles: { readonly clear: number; readonly delete: number }
  /** What the shop asks of a person and nobody has seen to: it stays. */
  readonly tasks: number
}

/** What can happen to customers besides buying. One instance per account. */
export interface CustomerStore {
  /**
   * Two customers of a shop have become one: everything of both belongs to one from now on, under either id. Idempotent.
   * A customer who was forgotten is left alone. @returns whether two customers of the ledger became one.
   */
  mergeShopCustomers(source: string, keptId: string, goneId: string): Promise<boolean>
  /**
   * Forgets a person for good: everything personal goes in one transaction, orders stay without a customer, and no later
   * reading links them again. Idempotent; also good for somebody never heard of.
   * @throws RecordError when neither a usable address nor a shop's id is given
   */
  erase(person: ErasureRequest): Promise<ErasureReceipt>
  /**
   * Notes what a shop asks of a person, until one says that it is done: no reading closes it. The same place is the same
   * task; one that is asked for again after it was done is open again.
   */
  noteTask(source: string, task: { readonly place: string; readonly what: string }): Promise<void>
  /** A person has seen to it. False: there is no open task of this number. */
  finishTask(number: number): Promise<boolean>
  /**
   * Makes anonymous what a shop told of people, removes who bought nowhere else and, of the others, what no other shop told,
   * and forgets how far it was read. Leaves no tombstones: reading the shop again brings everybody back. Null: nothing was ever read from such a source.
   */
  eraseSource(source: string): Promise<SourceErasure | null>
}

/** What is to become of a forgotten person's profile: our properties go, or all of it. */
export type ErasureAction = 'clear' | 'delete'

/** A profile to clear or delete. The only place that still knows the address. */
export interface PendingErasure {
  readonly email: string
  readonly action: ErasureAction
}

/** Forgotten people whose profiles are still to be seen to. One instance per account. */
export interface PendingErasureStore {
  /** The next ones by address. */
  loadPendingErasures(after: string, limit: number): Promise<readonly PendingErasure[]>
  /** The destination has done it, or has no such profile: the address goes. */
  confirmErasure(erasure: PendingErasure): Promise<void>
  /** Tried again by the next push. */
  refuseErasure(email: string, refusal: { code: string; reason: string }): Promise<void>
  /** Newest first. */
  loadRefusedErasures(limit: number): Promise<readonly RefusedProfile[]>
}
