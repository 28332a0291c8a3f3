import type { Finding } from './finding.ts'
import type { BatchLimits } from './profiles/batch.ts'
import type { ImportStart, ImportStatus, ProfileRefusal, ProfileUpdate, RemoteProfile } from './profiles/profile.ts'
import type { CampaignDestination } from './segments/campaign.ts'
import type { FlowTrigger, RemoteSegment, SegmentSize, SegmentSpec } from './segments/segment.ts'

/** What the destination knows of the account behind our key. */
export interface RemoteAccount {
  readonly id: string
  /** ISO 4217. */
  readonly currency: string
  /** IANA name. */
  readonly timezone: string
}

/** Takes profiles, one by one or in batches, and answers per item. */
interface ProfileDestination {
  /** Batches beyond these are refused by the remote. */
  readonly batchLimits: BatchLimits
  /** Bytes a profile takes in a batch, as serialised. */
  sizeOf(update: ProfileUpdate): number
  /** Creates or updates one profile. Null: accepted. Throws our errors when the remote as a whole does not answer. */
  pushProfile(update: ProfileUpdate, signal: AbortSignal): Promise<ProfileRefusal | null>
  /** Starts an import job. Rows the remote points at are taken out and the rest is sent once more. */
  startImport(updates: readonly ProfileUpdate[], signal: AbortSignal): Promise<ImportStart>
  fetchImport(importId: string, signal: AbortSignal): Promise<ImportStatus>
  /** Every page of an import job's refusals. */
  readImportRefusals(importId: string, signal: AbortSignal): AsyncIterable<readonly ProfileRefusal[]>
  /** Which of these addresses have a profile: address → the remote's profile id. */
  findProfiles(emails: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>
  /** The profiles of these addresses: address → profile; who has none is left out. */
  fetchProfiles(emails: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, RemoteProfile>>
  /** Has a person's profile deleted for good, sooner or later. Null: accepted, or there is none. */
  deleteProfile(email: string, signal: AbortSignal): Promise<ProfileRefusal | null>
}

/** Keeps segments; nothing here decides what should be changed. */
interface SegmentDestination {
  /** Daily allowance of the vendor for creating and for updating segments. */
  readonly segmentQuota: { readonly createsPerDay: number; readonly updatesPerDay: number }
  /** Spec → the vendor's definition. @throws ConfigError when the vendor cannot express it. */
  toDefinition(spec: SegmentSpec): unknown
  /** Whether two vendor definitions ask the same (order of keys, `1` and `1.0` and server-added fields do not matter). */
  sameDefinition(a: unknown, b: unknown): boolean
  /** Segments with one of these ids, one of these names, or our tag; each once. */
  fetchSegments(
    wanted: { ids: readonly string[]; names: readonly string[] },
    signal: AbortSignal,
  ): Promise<RemoteSegment[]>
  /** Creates the segment and answers its id. Not repeated by itself: look with `fetchSegments` first. */
  createSegment(name: string, definition: unknown, signal: AbortSignal): Promise<string>
  updateSegment(id: string, change: { name?: string; definition?: unknown }, signal: AbortSignal): Promise<void>
  deleteSegment(id: string, signal: AbortSignal): Promise<void>
  /** Puts our tag on segments, creating the tag when the account has none yet (looks for it first). */
  tagSegments(ids: readonly string[], signal: AbortSignal): Promise<void>
  fetchSegmentSize(id: string, signal: AbortSignal): Promise<SegmentSize>
  /** Whether any profile of a sample has figures of the vendor's own, which segments with `basis: predictive` ask for. */
  hasOwnFigures(signal: AbortSignal): Promise<boolean>
  fetchFlowTriggers(id: string, signal: AbortSignal): Promise<readonly FlowTrigger[]>
}

/** A place we push to. One folder under `src/destinations/` each. */
export interface Destination extends ProfileDestination, SegmentDestination {
  readonly name: string
  readonly campaigns: CampaignDestination
  /** Key, scopes, currency and time zone against ours, the vendor's own figures and drafts of campaigns where they are wanted, what the account already has. Problems are findings, not throws. */
  check(
    expected: { currency: string; timezone: string; ownFigures: boolean; campaignDrafts: boolean },
    signal: AbortSignal,
  ): Promise<readonly Finding[]>
  fetchAccount(signal: AbortSignal): Promise<RemoteAccount>
}
