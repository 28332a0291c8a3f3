import type { AccountSettings } from '../core/account.ts'
import type { ThresholdWindow } from '../core/aov-cell.ts'
import {
  collectThresholds,
  type FollowedSettings,
  type Following,
  fillThresholds,
  toBandRule,
} from '../core/following.ts'
import type { AggregateStore } from '../core/ledger.ts'
import {
  decideThreshold,
  isSameThreshold,
  mayMoveAt,
  type ThresholdDecision,
  type ThresholdStore,
} from '../core/threshold.ts'

/** Settings of today with the decisions behind them, in the order of the configuration. */
export interface FollowedThresholds extends FollowedSettings {
  readonly decisions: readonly ThresholdDecision[]
}

interface Followed {
  readonly settings: AccountSettings
  readonly thresholds: ThresholdStore
}

/** Decides every threshold the account refers to. Changes nothing. */
export async function decideThresholds({ settings, thresholds }: Followed, now: Date): Promise<FollowedThresholds> {
  if (settings.following === null) return { ...fillThresholds(settings, [], null), decisions: [] }
  const { options } = settings.following
  const stored = await thresholds.loadThresholds()
  const inForce = await thresholds.loadBandsInForce()
  const refs = collectThresholds(settings.following)
  const windows = [...new Set(refs.map(({ window }) => window))]
  const loaded = await Promise.all(windows.map((window) => thresholds.loadAovCells(window)))
  const cellsOf = (window: ThresholdWindow) => loaded[windows.indexOf(window)] ?? []
  const decisions = refs.map((ref) => {
    const former = stored.find((one) => isSameThreshold(one, ref))
    return decideThreshold(ref, former, cellsOf(ref.window), options, now)
  })
  return { ...fillThresholds(settings, decisions, inForce), decisions }
}

/** Keeps the decisions that set or moved a threshold. @returns how many. */
export async function keepDecisions(
  thresholds: ThresholdStore,
  decisions: readonly ThresholdDecision[],
): Promise<number> {
  const kept = decisions.flatMap(({ name, window, outcome, valueMinor, rawMinor, decidedAt }) => {
    if (outcome !== 'set' && outcome !== 'moved') return []
    if (valueMinor === null || rawMinor === null || decidedAt === null) return []
    return [{ name, window, valueMinor, rawMinor, decidedAt }]
  })
  if (kept.length > 0) await thresholds.saveThresholds(kept)
  return kept.length
}

/** The settings with what is in force now, by the ledger alone: another process may have moved it. Decides nothing. */
export async function loadFollowed({ settings, thresholds }: Followed): Promise<FollowedSettings> {
  if (settings.following === null) return fillThresholds(settings, [], null)
  return fillThresholds(settings, await thresholds.loadThresholds(), await thresholds.loadBandsInForce())
}

/** What following did: how many thresholds were set or moved, and how many customers changed band. */
export interface FollowCounts {
  readonly thresholds: number
  readonly rebanded: number
}

/**
 * After customers were computed: decides and keeps thresholds, and brings bands in line with them; while their borders
 * cross everybody keeps the band they are in. Killed in between, the next run finds bands that are not in line with the
 * thresholds, and goes on there. Null: nothing follows the shop.
 */
export async function followThresholds(
  { settings, thresholds, aggregates }: Followed & { readonly aggregates: AggregateStore },
  now: Date,
): Promise<FollowCounts | null> {
  if (settings.following === null) return null
  const settled = await loadSettled({ settings, thresholds }, settings.following, now)
  const followed = settled ?? (await decideThresholds({ settings, thresholds }, now))
  const moved = await keepDecisions(thresholds, followed.decisions)
  if (settings.following.bands === null) return { thresholds: moved, rebanded: 0 }
  return { thresholds: moved, rebanded: await aggregates.applyBands(toBandRule(followed.settings), now) }
}

/** While no threshold may move, looking at all customers after every computation would tell nothing. Null: one may. */
async function loadSettled(
  { settings, thresholds }: Followed,
  following: Following,
  now: Date,
): Promise<FollowedThresholds | null> {
  const stored = await thresholds.loadThresholds()
  const isSettled = collectThresholds(following).every((ref) => {
    const own = stored.find((one) => isSameThreshold(one, ref))
    return own !== undefined && mayMoveAt(own, following.options) > now
  })
  return isSettled ? { ...fillThresholds(settings, stored, await thresholds.loadBandsInForce()), decisions: [] } : null
}
