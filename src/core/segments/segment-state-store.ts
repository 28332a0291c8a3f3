import type { FlowTrigger, SegmentSpec } from './segment.ts'
import type { SizeFinding } from './segment-size.ts'

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
  /** Takes the verdict from the last count, which stays, and has it made again at `dueAt` at the latest. */
  outdateSegmentCount(key: string, finding: SizeFinding, dueAt: Date): Promise<void>
  /** Counts it no sooner than this. */
  postponeSegmentCount(key: string, until: Date): Promise<void>
  loadSizeCircumstances(pushedSince: Date): Promise<SizeCircumstances>
}
