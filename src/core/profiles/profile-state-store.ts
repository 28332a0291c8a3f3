import type { StoredAggregate } from '../customers/aggregate-store.ts'
import type { ProfileRefusal } from './profile.ts'

/** A profile whose desired content is not confirmed. `aggregate` null: everything of ours is to be cleared. */
export interface PendingProfile {
  readonly email: string
  readonly desired: string
  readonly aggregate: StoredAggregate | null
}

/** An import job of ours that is not finished. */
export interface OpenImport {
  readonly importId: number
  /** Null: prepared, but never known to have been posted. */
  readonly remoteId: string | null
  readonly polls: number
  readonly nextPollAt: Date | null
}

/** A profile that was refused. */
export interface RefusedProfile {
  readonly email: string
  readonly code: string
  readonly reason: string
  readonly refusedAt: Date
}

/** What profiles should hold, are being told, and hold. */
export interface ProfileStateStore {
  countPending(): Promise<number>
  loadPending(limit: number): Promise<readonly PendingProfile[]>
  /** Every property name that may be on a profile, the given ones added: what is no longer wanted is cleared. */
  rememberProperties(names: readonly string[]): Promise<readonly string[]>
  /** Notes, before anything is sent, that these contents are about to be. @returns the import's id. */
  prepareImport(profiles: readonly { email: string; desired: string }[]): Promise<number>
  /** The profiles of a prepared import, with their content as it should be now. */
  loadImportProfiles(importId: number): Promise<readonly PendingProfile[]>
  markPosted(importId: number, remoteId: string, nextPollAt: Date): Promise<void>
  markPolled(importId: number, nextPollAt: Date): Promise<void>
  loadOpenImports(): Promise<readonly OpenImport[]>
  /** Takes refused profiles out of an import before it is finished. */
  refuse(importId: number, refusals: readonly (ProfileRefusal & { email: string })[]): Promise<void>
  /** Notes these refusals and confirms the rest of an import, at once. @returns how many were confirmed. */
  completeImport(importId: number, refusals: readonly (ProfileRefusal & { email: string })[]): Promise<number>
  /** The import did not happen, or not as we know: these refusals are noted, its other profiles are pending again. */
  abandonImport(importId: number, refusals: readonly (ProfileRefusal & { email: string })[]): Promise<void>
  /** Notes, before they are sent one by one, that these contents are about to be: lost answers leave them pending. */
  markSending(profiles: readonly { email: string; desired: string }[]): Promise<void>
  /** One profile was accepted or refused outside any import. */
  confirmProfile(email: string, desired: string): Promise<void>
  refuseProfile(email: string, desired: string, refusal: { code: string; reason: string }): Promise<void>
  /** Refused with something wrong, newest first; who merely has no profile is not among them. */
  loadRefused(limit: number): Promise<readonly RefusedProfile[]>
  /** Makes refused profiles pending again: all, or those of one code refused before an instant. @returns how many. */
  retryRefused(only?: { code: string; before: Date }): Promise<number>
}
