import type { FlowTrigger } from '../core/segments/segment.ts'
import type { SizeFinding } from '../core/segments/segment-size.ts'
import type { SegmentForecast } from '../core/segments/segment-state-store.ts'
import type { BandWavering } from '../core/thresholds/band-wavering.ts'
import type { CrossedBands } from '../core/thresholds/crossed-bands.ts'
import type { WaitingSegment } from '../core/thresholds/following.ts'
import type { ThresholdDecision, ThresholdOptions } from '../core/thresholds/threshold.ts'
import type { PlanAction } from './plan-action.ts'

/** One segment of a plan. */
export interface PlannedSegment {
  readonly key: string
  readonly name: string
  readonly action: PlanAction
  /** Null: not in Klaviyo yet. */
  readonly remoteId: string | null
  /** The definition it should have; null when it is no longer wanted. */
  readonly definition: unknown
  /** What Klaviyo has, when it differs. */
  readonly former: { readonly name: string; readonly definition: unknown } | null
  /** Customers, orders and revenue it will hold, from the ledger; null when unwanted, or not asked. */
  readonly forecast: SegmentForecast | null
  /** Members it should have now: fewer than the customers where nobody is created; null like the forecast. */
  readonly expectedMembers: number | null
  /** Profiles in it now; null when Klaviyo does not say, or was not asked. */
  readonly memberCount: number | null
  /** The last count that is known, where none was made now; null: none is. */
  readonly lastCount: { readonly members: number; readonly at: Date } | null
  /**
   * What the size in Klaviyo means beside the forecast: of the count just made, else of the last one. Null: not in
   * Klaviyo, no longer wanted, never counted, or not asked.
   */
  readonly finding: SizeFinding | null
  readonly tagged: boolean
  /**
   * Whose figures decide who is in it: `ours`, Klaviyo's own (`theirs`), or `missing`: Klaviyo's own, of which no profile
   * looked at has any, so that the segment would stay empty. Looked at only where it would be written.
   */
  readonly figures: 'ours' | 'theirs' | 'missing'
  /** Flows that start when somebody enters it; null: the key may not read flows. Asked only for what would change. */
  readonly flows: readonly FlowTrigger[] | null
}

/** What follows the shop: what becomes of each threshold, and the segments that have to wait for one. */
export interface PlannedFollowing {
  readonly options: ThresholdOptions
  /** Of the account, for the dates of decisions. */
  readonly timezone: string
  readonly decisions: readonly ThresholdDecision[]
  /** `remoteId` null: not in Klaviyo yet; the others stay there as they are. */
  readonly waiting: readonly (WaitingSegment & { readonly remoteId: string | null })[]
  /** Borders of the bands that cross, so that the bands in force stay; null: they part, or there are none. */
  readonly crossed: CrossedBands | null
}

/** What applying would do, and what of the daily quota it takes. */
export interface SegmentPlan {
  readonly account: string
  readonly currency: string
  /** Of the account, for the instants of counts. */
  readonly timezone: string
  readonly segments: readonly PlannedSegment[]
  /** Null: everything is said in numbers. */
  readonly following: PlannedFollowing | null
  /** Customers who went back and forth between bands lately; null: there are no bands, or it was not asked. */
  readonly wavering: BandWavering | null
  /**
   * Customers with an address whom the margin or the minimum stay keeps in another band than the one that their AOV is in by these borders.
   * Null: there are no bands, nothing holds anybody, or it was not asked.
   */
  readonly heldInBand: number | null
  /** Creates and updates this plan needs, and what is left of each today. */
  readonly quota: {
    readonly creates: { readonly needed: number; readonly left: number }
    readonly updates: { readonly needed: number; readonly left: number }
  }
}
