import type { FlowTrigger, SegmentSpec } from './segment.ts'
import type { SizeFinding } from './segment-size.ts'
import type { SegmentForecast } from './segment-state-store.ts'

/** A segment as the ledger knows it, without asking Klaviyo. */
export interface SegmentOverview {
  readonly key: string
  readonly name: string
  /** Who is in it, as configured; null when unwanted or waiting. */
  readonly all: SegmentSpec['all'] | null
  /** Null: not in Klaviyo as far as we know. */
  readonly remoteId: string | null
  /**
   * As of the last look: `create`, `update`: what the configuration asks for is not in Klaviyo yet; `drifted`: changed
   * there by somebody; `waiting`: for a threshold to have a value, or borders to part, and left as it is until then;
   * `unwanted`: no longer configured.
   */
  readonly standing: 'create' | 'update' | 'drifted' | 'unchanged' | 'waiting' | 'unwanted'
  /** From the ledger, now; null when unwanted or waiting, or not asked. */
  readonly expected: SegmentForecast | null
  /** Members it should have in Klaviyo, now: fewer than the customers where nobody is created. Null like that. */
  readonly expectedMembers: number | null
  /** Members in Klaviyo and how many were expected at that moment; null: not counted since its last change. */
  readonly counted: { readonly members: number; readonly expectedMembers: number; readonly at: Date } | null
  /** Null when unwanted, waiting or not created. */
  readonly finding: SizeFinding | null
  /** By us; null: not created. */
  readonly lastChange: { readonly kind: 'create' | 'update' | 'adopt'; readonly at: Date } | null
  /** Flows that start from it, as last seen; null: never looked at, or the key may not read flows. */
  readonly flows: readonly FlowTrigger[] | null
}
