import { type AovCell, medianOf, quantileOf, storeAov, type ThresholdWindow } from './aov-cell.ts'
import type { BandRule } from './band.ts'
import type { BandHistory } from './band-wavering.ts'
import type { BandsInForce } from './crossed-bands.ts'
import { toPrices } from './threshold-prices.ts'

/** A number that follows the shop: `store_aov`, `store_median`, or `p1` … `p99` of customers' AOV, over a window. */
export interface ThresholdRef {
  readonly name: string
  readonly window: ThresholdWindow
}

/** Where the configuration says an amount: major units, or a threshold. */
export type MoneyValue = number | ThresholdRef

/** How thresholds follow the shop. */
export interface ThresholdOptions {
  /** They stay while today's figure is within this share of the one in force: 0.1 is a tenth. */
  readonly tolerance: number
  /** They move at most once in so many days. */
  readonly atMostEveryDays: number
  /** Whether they are rounded to a price a person would pick. */
  readonly round: boolean
}

/** A threshold in force. Minor units. */
export interface ThresholdInForce extends ThresholdRef {
  readonly valueMinor: number
  /** What it was rounded from. */
  readonly rawMinor: number
  readonly decidedAt: Date
}

/** The same as the ledger holds it. */
export interface StoredThreshold extends ThresholdInForce {
  /** When it was last held against today's figure. */
  readonly lookedAt: Date
}

/**
 * What becomes of a threshold today, in minor units. `set`: it gets its first value; `kept`: today's figure is within the
 * tolerance, or comes to the same price; `held`: it should move, and may from `mayMoveAt` on; `moved`; `waiting`: no
 * customer has an AOV, so it has no value (or stays as it was).
 */
export interface ThresholdDecision extends ThresholdRef {
  readonly outcome: 'set' | 'kept' | 'held' | 'moved' | 'waiting'
  /** Today's figure; null without customers. */
  readonly rawMinor: number | null
  /** In force from now on; null: none. */
  readonly valueMinor: number | null
  /** In force until now; null: none. */
  readonly formerMinor: number | null
  /** Where it would go: null unless held. */
  readonly wantedMinor: number | null
  /** When the value in force was decided; null without one. */
  readonly decidedAt: Date | null
  /** When a value in force may move again. */
  readonly mayMoveAt: Date | null
}

/** Where thresholds in force are kept. One instance per account. */
export interface ThresholdStore {
  /** Those decided under the currency and policy of now: others mean another amount. */
  loadThresholds(): Promise<readonly StoredThreshold[]>
  saveThresholds(thresholds: readonly ThresholdInForce[]): Promise<void>
  /** Notes that these were held against today's figure, and stay. */
  noteLooks(thresholds: readonly ThresholdRef[], at: Date): Promise<void>
  /** Customers with an AOV over this window, the lowest first. */
  loadAovCells(window: ThresholdWindow): Promise<readonly AovCell[]>
  /** What customers' bands are in line with; null: there are none, or their borders are amounts of another currency. */
  loadBandsInForce(): Promise<BandsInForce | null>
  /** Customers with an address who would be in another band than that of their AOV, were bands in line with this rule now. */
  countHeld(rule: BandRule, now: Date): Promise<number>
  /** Customers who may have changed band and come back since an instant. */
  loadBandHistories(since: Date): Promise<readonly BandHistory[]>
}

const DAY_MS = 86_400_000
/** Less than a day: a sync that comes once a day, now a little later and now a little sooner, looks every time. */
const LOOK_EVERY_DAYS = 20 / 24

/** Today's figure of a threshold in minor units, before rounding; null without customers. */
function thresholdOf(name: string, cells: readonly AovCell[]): number | null {
  if (name === 'store_aov') return storeAov(cells)
  return name === 'store_median' ? medianOf(cells) : quantileOf(cells, Number(name.slice(1)) / 100)
}

/** When a value in force may move again. */
function mayMoveAt(
  { decidedAt }: Pick<ThresholdInForce, 'decidedAt'>,
  { atMostEveryDays }: Pick<ThresholdOptions, 'atMostEveryDays'>,
): Date {
  return new Date(decidedAt.getTime() + atMostEveryDays * DAY_MS)
}

/**
 * When a threshold is to be held against today's figure again: before it may move that tells nothing, and after it has
 * been seen to stay it is soon enough once a day, since every customer is read for it.
 */
export function lookAgainAt(
  stored: Pick<StoredThreshold, 'decidedAt' | 'lookedAt'>,
  options: Pick<ThresholdOptions, 'atMostEveryDays'>,
): Date {
  const lookEveryMs = Math.min(LOOK_EVERY_DAYS, options.atMostEveryDays) * DAY_MS
  return new Date(Math.max(mayMoveAt(stored, options).getTime(), stored.lookedAt.getTime() + lookEveryMs))
}

/** Whether today's figure is within the tolerance of the value in force; never where one of them is not there. */
export function isWithinTolerance(
  { rawMinor, valueMinor }: Pick<ThresholdDecision, 'rawMinor' | 'valueMinor'>,
  { tolerance }: Pick<ThresholdOptions, 'tolerance'>,
): boolean {
  return rawMinor !== null && valueMinor !== null && Math.abs(rawMinor - valueMinor) <= tolerance * valueMinor
}

/** Decides one threshold. `cells`: the customers over its window, the lowest AOV first. */
export function decideThreshold(
  { name, window }: ThresholdRef,
  former: ThresholdInForce | undefined,
  cells: readonly AovCell[],
  options: ThresholdOptions,
  now: Date,
): ThresholdDecision {
  const { round } = options
  const rawMinor = thresholdOf(name, cells)
  const formerMinor = former?.valueMinor ?? null
  const stay = (outcome: ThresholdDecision['outcome'], wantedMinor: number | null = null): ThresholdDecision => ({
    ...{ name, window, outcome, rawMinor, valueMinor: formerMinor, formerMinor, wantedMinor },
    decidedAt: former?.decidedAt ?? null,
    mayMoveAt: former === undefined ? null : mayMoveAt(former, options),
  })
  // An amount of nothing would put everybody on one side.
  if (rawMinor === null || rawMinor <= 0) return stay('waiting')
  const [wanted = rawMinor] = round ? toPrices(cells, [rawMinor]) : []
  if (formerMinor !== null) {
    if (isWithinTolerance({ rawMinor, valueMinor: formerMinor }, options) || wanted === formerMinor) return stay('kept')
    const held = stay('held', wanted)
    if (held.mayMoveAt !== null && held.mayMoveAt > now) return held
  }
  return {
    ...stay(formerMinor === null ? 'set' : 'moved'),
    valueMinor: wanted,
    decidedAt: now,
    mayMoveAt: mayMoveAt({ decidedAt: now }, options),
  }
}

/** Whether two references mean the same threshold. */
export function isSameThreshold(a: ThresholdRef, b: ThresholdRef): boolean {
  return a.name === b.name && a.window === b.window
}

/** `p75`, or `p75 of the last twelve months`. */
export function thresholdText({ name, window }: ThresholdRef): string {
  return window === 'lifetime' ? name : `${name} of the last twelve months`
}
