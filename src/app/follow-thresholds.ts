import type { AccountSettings } from '../core/account.ts'
import type { AggregateStore } from '../core/customers/aggregate-store.ts'
import type { ThresholdWindow } from '../core/thresholds/aov-cell.ts'
import { collectThresholds, type FollowedSettings, fillThresholds, toBandRule } from '../core/thresholds/following.ts'
import {
  decideThreshold,
  isSameThreshold,
  lookAgainAt,
  type ThresholdDecision,
  type ThresholdStore,
} from '../core/thresholds/threshold.ts'

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

/**
 * The same for work that nobody waits to read: while no threshold is due for another look, what is in force, without
 * reading every customer and without decisions.
 */
export async function decideDueThresholds(followed: Followed, now: Date): Promise<FollowedThresholds> {
  return (await loadSettled(followed, now)) ?? decideThresholds(followed, now)
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

/** Notes what was held against today's figure and stays, so that the next look is not taken before it is due. */
async function noteStaying(
  thresholds: ThresholdStore,
  decisions: readonly ThresholdDecision[],
  now: Date,
): Promise<void> {
  const staying = decisions.filter(
    ({ outcome, formerMinor }) => formerMinor !== null && outcome !== 'set' && outcome !== 'moved',
  )
  if (staying.length > 0) await thresholds.noteLooks(staying, now)
}

/** What following did: how many thresholds were set or moved, and how many customers changed band. */
export interface FollowCounts {
  readonly thresholds: number
  readonly rebanded: number
}

/**
 * After customers were computed: decides and keeps thresholds, and brings bands in line with them; while their borders
 * cross everybody keeps the band they are in. Killed in between, the next run finds bands that are not in line with the
 * thresholds, and goes on there. `look` `when-due`: thresholds are decided only where that may tell something new. Null:
 * nothing follows the shop.
 */
export async function followThresholds(
  { settings, thresholds, aggregates }: Followed & { readonly aggregates: AggregateStore },
  { now, look }: { now: Date; look: 'always' | 'when-due' },
): Promise<FollowCounts | null> {
  if (settings.following === null) return null
  const decide = look === 'always' ? decideThresholds : decideDueThresholds
  const followed = await decide({ settings, thresholds }, now)
  const moved = await keepDecisions(thresholds, followed.decisions)
  await noteStaying(thresholds, followed.decisions, now)
  if (settings.following.bands === null) return { thresholds: moved, rebanded: 0 }
  return { thresholds: moved, rebanded: await aggregates.applyBands(toBandRule(followed.settings), now) }
}

/** What is in force; null: a threshold has no value, or is due for a look. */
async function loadSettled({ settings, thresholds }: Followed, now: Date): Promise<FollowedThresholds | null> {
  const { following } = settings
  if (following === null) return null
  const stored = await thresholds.loadThresholds()
  const isSettled = collectThresholds(following).every((ref) => {
    const own = stored.find((one) => isSameThreshold(one, ref))
    return own !== undefined && lookAgainAt(own, following.options) > now
  })
  return isSettled ? { ...fillThresholds(settings, stored, await thresholds.loadBandsInForce()), decisions: [] } : null
}
