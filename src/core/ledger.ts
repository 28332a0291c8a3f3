import type { AovBand, BandRule } from './band.ts'
import type { Cursor, OrderPage, RollCall } from './page.ts'
import type { ProfileRefusal } from './profile.ts'
import type { RunFilter, WebhookRuns } from './run-filter.ts'
import type { FlowTrigger, SegmentSpec } from './segment.ts'
import type { SizeFinding } from './segment-size.ts'
import type { FetchedOrders } from './source.ts'

/** What saving one page changed. */
export interface PageCounts {
  readonly orders: number
  readonly refunds: number
  /** Orders and refunds that were new or different. */
  readonly changed: number
  readonly rejected: number
  readonly skipped: number
}

/** Where pulled orders go. One instance per account. */
export interface OrderStore {
  /** The cursor to read from (null: from the beginning) and the ledger's own time, for `saveOrderPage`. */
  beginReading(source: string): Promise<{ cursor: Cursor | null; readSince: Date }>
  /** Forgets the cursor, so that the next pull reads from the beginning. */
  resetCursor(source: string): Promise<void>
  /**
   * Saves orders, refunds, dead letters and the cursor in one transaction. Idempotent; an order older than the stored
   * one never overwrites it. `readSince`: when this reading began, to resolve dead letters that did not come again.
   */
  saveOrderPage(source: string, page: OrderPage, readSince: Date): Promise<PageCounts>
  /** Saves orders that were looked up one by one: the cursor stays where it is. */
  saveFetchedOrders(source: string, fetched: FetchedOrders): Promise<PageCounts>
  /** Stored orders, not known as deleted, that were placed in the roll call's range and are not named in it. */
  loadAbsent(
    source: string,
    rollCall: RollCall,
  ): Promise<{ readonly absent: readonly string[]; readonly stored: number }>
}

/** What one computation did. */
export interface ComputeCounts {
  readonly customers: number
  readonly changed: number
  /** True when a changed setting made everything dirty. */
  readonly everything: boolean
}

/** The aggregates of one account. */
export interface AggregateStore {
  /** Marks what the settings or the passing of time made dirty. @returns whether a changed setting touched everyone. */
  markOutdated(now: Date): Promise<boolean>
  /** Computes up to `limit` dirty customers and what their profiles should hold. @returns how many were taken and changed. */
  computeCustomers(now: Date, limit: number): Promise<{ taken: number; changed: number }>
  countDirtyCustomers(): Promise<number>
  /** Brings bands in line with a rule, and with minimum stays that have ended. @returns how many customers changed band. */
  applyBands(rule: BandRule | null, now: Date): Promise<number>
}

/** The aggregates of a customer, money in minor units of the account's currency. */
export interface CustomerAggregate {
  readonly orderCount: number
  readonly revenueMinor: number
  readonly aovMinor: number
  readonly orderCount12m: number
  readonly revenue12mMinor: number
  /** Null: no counted order within twelve months. */
  readonly aov12mMinor: number | null
  readonly firstOrderAt: Date
  readonly lastOrderAt: Date
  /** Null for a single order. */
  readonly avgDaysBetweenOrdersTenths: number | null
  /** When the oldest order leaves the window; null when none is in it. */
  readonly recomputeAfter: Date | null
}

/** A customer's aggregates as the ledger holds them. */
export interface StoredAggregate extends CustomerAggregate {
  /** When what is pushed of the customer last changed. */
  readonly changedAt: Date
  /** Null: the account has no bands, or they have no borders yet. */
  readonly band: AovBand | null
  /** When they came into it. */
  readonly bandSince: Date | null
}

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

/** The account at the destination that all states speak of. */
export interface RemoteAccountStore {
  /** Null before the first push. */
  loadRemoteAccount(): Promise<{
    readonly id: string
    readonly keyFingerprint: string
    readonly checkedAt: Date
  } | null>
  saveRemoteAccount(account: { id: string; keyFingerprint: string; checkedAt: Date }): Promise<void>
  /** Another account holds nothing of ours: every profile is pending again, and no segment is known. */
  forgetRemoteStates(): Promise<void>
}

/** A segment as we last wrote it. */
export interface SegmentState {
  readonly key: string
  readonly remoteId: string
  readonly name: string
  readonly definition: unknown
}

/** How many customers a segment will have and what they are worth, from the ledger. Minor units. */
export interface SegmentForecast {
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
  /** The same customers by what the destination holds of them; the four add up to `customers`. */
  readonly profiles: {
    /** Their profile holds what the ledger says. */
    readonly confirmed: number
    /** To be pushed, or on its way. */
    readonly pending: number
    readonly refused: number
    /** Without a profile, where none is created. */
    readonly absent: number
  }
}

/** What was last seen of a segment of ours at the destination. */
export interface SegmentSight extends SegmentState {
  readonly change: 'create' | 'update' | 'adopt'
  readonly changedAt: Date
  /** Changed by somebody at the destination, at the last look. */
  readonly drifted: boolean
  /** Null: never looked at, or not allowed to. */
  readonly flows: readonly FlowTrigger[] | null
  /** Null: not counted since the last change. */
  readonly count: SegmentCount | null
  /** Since when no count has fitted; null: the last one did. */
  readonly misfitSince: Date | null
  /** Null: as soon as membership can be expected after the last change. */
  readonly countDueAt: Date | null
}

/** One count of a segment's members, and what was made of it. */
export interface SegmentCount {
  /** Null: the destination did not say. */
  readonly members: number | null
  readonly expectedMembers: number
  readonly at: Date
  readonly finding: SizeFinding
}

/** What of the account bears on the size of every segment. */
export interface SizeCircumstances {
  /** Profiles confirmed by pushes that ended after an instant. */
  readonly justPushed: number
  /** Profiles from which our properties are still to be taken. */
  readonly toBeCleared: number
  /** Every property name that may be on a profile. */
  readonly pushedProperties: readonly string[]
}

/** What we know of our segments. */
export interface SegmentStateStore {
  loadSegmentStates(): Promise<readonly SegmentState[]>
  saveSegmentState(state: SegmentState, change: 'create' | 'update' | 'adopt'): Promise<void>
  removeSegmentState(key: string): Promise<void>
  /** Creates and updates within the last 24 hours. */
  countSegmentChanges(): Promise<{ creates: number; updates: number }>
  /** Who the segments will hold, in their order, for the price of one. Conditions on dates are asked as of `now`. */
  forecastSegments(specs: readonly SegmentSpec[], now: Date): Promise<readonly SegmentForecast[]>
  loadSegmentSights(): Promise<readonly SegmentSight[]>
  /** Notes which of our segments somebody has changed at the destination; the others are as we left them. */
  noteDrifted(keys: readonly string[]): Promise<void>
  /** Keeps a count, unless the segment has changed since it was loaded. `flows` undefined: not looked at. */
  saveSegmentCount(
    sight: SegmentSight,
    count: SegmentCount & { readonly flows: readonly FlowTrigger[] | null | undefined; readonly nextAt: Date },
  ): Promise<void>
  /** Counts it no sooner than this. */
  postponeSegmentCount(key: string, until: Date): Promise<void>
  loadSizeCircumstances(pushedSince: Date): Promise<SizeCircumstances>
}

/** The outcome of one job, for people. */
export interface Run {
  readonly runId: number
  readonly job: string
  readonly jobId: string
  readonly source: string | null
  readonly trigger: string
  readonly state: 'running' | 'done' | 'failed'
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly attempts: number
  readonly counts: Readonly<Record<string, unknown>>
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** The history of jobs. */
export interface RunStore {
  /** A job that comes back (waiting, or tried again) keeps its row. @returns the run's id. */
  startRun(run: { job: string; jobId: string; source?: string; trigger: string; attempt: number }): Promise<number>
  finishRun(
    runId: number,
    outcome: { counts: Readonly<Record<string, unknown>>; failure?: { code: string; message: string } },
  ): Promise<void>
  /** The runs of these jobs, whichever of them have one. */
  loadRunsOf(jobIds: readonly string[]): Promise<readonly Run[]>
  /** Latest first. */
  loadRuns(limit: number, filter?: RunFilter): Promise<readonly Run[]>
  /** All that began before an instant and have not ended, latest first. */
  loadRunning(before: Date): Promise<readonly Run[]>
  /** When the latest sync that was done ended, however many others have run since; null: none was. */
  lastSyncedAt(): Promise<Date | null>
  /** What the shop's webhooks had done since an instant. */
  countWebhookRuns(since: Date): Promise<WebhookRuns>
}

/** A dead letter that is still open, or a task for a person. */
export interface DeadLetter {
  /** Unique in the whole ledger; by it a person closes a task. */
  readonly number: number
  /** `record`: could not be read, and goes when it can be. `task`: only a person closes it; `place` says what, `reason` why. */
  readonly kind: 'record' | 'task'
  readonly source: string
  readonly place: string
  readonly field: string
  readonly reason: string
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}

/** Connectors whose key was refused. */
export interface PauseStore {
  /** The reason why a connector is paused under this key; null when it may work. */
  loadPause(connector: string, keyFingerprint: string): Promise<{ reason: string; pausedAt: Date } | null>
  pause(connector: string, keyFingerprint: string, reason: string): Promise<void>
  resume(connector: string): Promise<void>
  loadPauses(): Promise<readonly { connector: string; reason: string; pausedAt: Date }[]>
}
