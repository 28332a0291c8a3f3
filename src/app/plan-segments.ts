import type { AccountSettings } from '../core/account.ts'
import type { Destination } from '../core/destination.ts'
import { ConfigError, RateLimitedError } from '../core/errors.ts'
import { findingNow } from '../core/segments/outdated-count.ts'
import { findSameNames } from '../core/segments/same-name.ts'
import type { FlowTrigger, RemoteSegment, SegmentSize, SegmentSpec } from '../core/segments/segment.ts'
import { expectedMembers, type SizeFinding } from '../core/segments/segment-size.ts'
import type { SegmentSight, SegmentStateStore } from '../core/segments/segment-state-store.ts'
import { type BandWavering, countWavering, WAVERING_DAYS } from '../core/thresholds/band-wavering.ts'
import { toBandRule } from '../core/thresholds/following.ts'
import type { ThresholdStore } from '../core/thresholds/threshold.ts'
import { fetchFlows } from './fetch-flows.ts'
import { decideDueThresholds, decideThresholds } from './follow-thresholds.ts'
import { keepCount } from './keep-count.ts'
import { type PlanAction, planAction } from './plan-action.ts'
import { SAME_NAME_ACTION, sameNameText } from './same-name-words.ts'
import type { PlannedFollowing, PlannedSegment, SegmentPlan } from './segment-plan.ts'

interface Planning {
  readonly settings: AccountSettings
  readonly destination: Destination
  readonly segments: SegmentStateStore
  readonly thresholds: ThresholdStore
}

/**
 * Compares the configured segments with what is stored and with what Klaviyo has. Changes nothing there; what
 * was seen is kept in the ledger. Sizes, expected and present, are for people: counting them takes longer than everything
 * else, so who only applies leaves them out. `look` `when-due` is for what nobody reads: while no threshold is due, those in
 * force are gone by, and the plan tells no decisions.
 * @throws ConfigError when segments would have one name: nobody could tell them apart in Klaviyo
 */
export async function planSegments(
  { settings: configured, destination, segments, thresholds }: Planning,
  {
    sizes,
    look = 'always',
    now = new Date(),
    signal,
  }: { sizes: boolean; look?: 'always' | 'when-due'; now?: Date; signal: AbortSignal },
): Promise<SegmentPlan> {
  const decide = look === 'always' ? decideThresholds : decideDueThresholds
  const { settings, decisions, waiting, crossed } = await decide({ settings: configured, thresholds }, now)
  refuseSameNames(settings)
  const states = await segments.loadSegmentSights()
  const wanted = { ids: states.map((state) => state.remoteId), names: settings.segments.map((spec) => spec.name) }
  const remotes = await destination.fetchSegments(wanted, signal)
  const owned = new Set(states.map((state) => state.remoteId))

  const planned: PlannedSegment[] = []
  let mayCount = sizes
  /** Klaviyo allows fifteen counts a minute: what is beyond that stays unknown rather than keeping the plan waiting. */
  const countMembers = async (remote: RemoteSegment | undefined): Promise<SegmentSize | null> => {
    if (!mayCount || remote === undefined) return null
    try {
      return await destination.fetchSegmentSize(remote.id, signal)
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error
      mayCount = false
      return null
    }
  }

  let ownFigures: Promise<boolean> | undefined
  const figuresOf = async ({ basis }: SegmentSpec, action: PlanAction): Promise<PlannedSegment['figures']> => {
    if (basis === 'property') return 'ours'
    if (action !== 'create' && action !== 'update' && action !== 'drifted') return 'theirs'
    ownFigures ??= destination.hasOwnFigures(signal)
    return (await ownFigures) ? 'theirs' : 'missing'
  }

  const forecasts = sizes ? await segments.forecastSegments(settings.segments, now) : []
  for (const [index, spec] of settings.segments.entries()) {
    const state = states.find((candidate) => candidate.key === spec.key)
    const verdict = planAction(spec, state, remotes, owned, destination)
    const { action, remote } = verdict
    const forecast = forecasts[index] ?? null
    const size = await countMembers(remote)
    const flows = action === 'update' || action === 'drifted' ? await flowsOf(destination, remote, signal) : undefined
    const sight = state?.remoteId === remote?.id ? state : undefined
    const expected = forecast === null ? null : expectedMembers(forecast, settings.profiles.mode)
    let finding = expected === null ? null : lastFinding(sight, expected, spec)
    if (sight !== undefined && size !== null && forecast !== null) {
      const counted = { spec, sight: { ...sight, drifted: action === 'drifted' }, size, forecast, flows, now }
      finding = (await keepCount({ settings, destination, segments }, counted)).finding
    }
    planned.push({
      key: spec.key,
      name: spec.name,
      action,
      remoteId: remote?.id ?? null,
      definition: destination.toDefinition(spec),
      former: action === 'update' || action === 'drifted' || action === 'blocked' ? formerOf(remote) : null,
      forecast,
      expectedMembers: expected,
      memberCount: size?.members ?? null,
      lastCount: size === null && sizes ? lastCountOf(sight) : null,
      finding,
      tagged: remote?.tagged ?? false,
      figures: await figuresOf(spec, action),
      flows: flows === undefined ? [] : flows,
    })
  }
  for (const state of states) {
    const remote = remotes.find((candidate) => candidate.id === state.remoteId)
    if ([...settings.segments, ...waiting].some(({ key }) => key === state.key)) continue
    const size = await countMembers(remote)
    planned.push({
      key: state.key,
      name: remote?.name ?? state.name,
      action: 'unwanted',
      remoteId: remote?.id ?? null,
      definition: null,
      former: formerOf(remote),
      forecast: null,
      expectedMembers: null,
      memberCount: size?.members ?? null,
      lastCount: size === null && sizes ? lastCountOf(state) : null,
      finding: null,
      tagged: remote?.tagged ?? false,
      figures: 'ours',
      flows: await flowsOf(destination, remote, signal),
    })
  }
  await segments.noteDrifted(planned.filter(({ action }) => action === 'drifted').map(({ key }) => key))
  const used = await segments.countSegmentChanges()
  const count = (...actions: PlanAction[]) => planned.filter(({ action }) => actions.includes(action)).length
  const { createsPerDay, updatesPerDay } = destination.segmentQuota
  return {
    account: settings.key,
    currency: settings.currency,
    timezone: settings.timezone,
    segments: planned,
    following: toFollowing(),
    wavering: sizes ? await countBack() : null,
    heldInBand: sizes ? await countHeld() : null,
    quota: {
      creates: { needed: count('create'), left: Math.max(0, createsPerDay - used.creates) },
      updates: { needed: count('update', 'drifted'), left: Math.max(0, updatesPerDay - used.updates) },
    },
  }

  async function countBack(): Promise<BandWavering | null> {
    const rule = toBandRule(settings)
    if (rule === null) return null
    const since = new Date(now.getTime() - WAVERING_DAYS * 86_400_000)
    const histories = await thresholds.loadBandHistories(since)
    return { days: WAVERING_DAYS, ...countWavering(histories, rule, settings.currency, now) }
  }

  async function countHeld(): Promise<number | null> {
    const rule = toBandRule(settings)
    return rule === null || (rule.margin === null && rule.minStayDays === null) ? null : thresholds.countHeld(rule, now)
  }

  function toFollowing(): PlannedFollowing | null {
    const { following, timezone } = settings
    if (following === null) return null
    const remoteIdOf = (key: string) => states.find((state) => state.key === key)?.remoteId ?? null
    return {
      options: following.options,
      timezone,
      decisions,
      waiting: waiting.map((one) => ({ ...one, remoteId: remoteIdOf(one.key) })),
      crossed,
    }
  }
}

function refuseSameNames({ key, segments }: AccountSettings): void {
  const problems = findSameNames(segments).map((same) => ({
    path: `accounts.${key}.segments`,
    message: sameNameText(same),
    hint: SAME_NAME_ACTION,
  }))
  if (problems.length > 0) throw new ConfigError(`planning the segments of ${key}: two of one name`, problems)
}

function formerOf(remote: RemoteSegment | undefined): PlannedSegment['former'] {
  return remote === undefined ? null : { name: remote.name, definition: remote.definition }
}

function lastFinding(sight: SegmentSight | undefined, expected: number, { basis }: SegmentSpec): SizeFinding | null {
  return sight?.count ? findingNow(sight.count, { expected, basis }) : null
}

function lastCountOf(sight: SegmentSight | undefined): PlannedSegment['lastCount'] {
  const { members, at } = sight?.count ?? {}
  return members === undefined || members === null || at === undefined ? null : { members, at }
}

async function flowsOf(
  destination: Destination,
  remote: RemoteSegment | undefined,
  signal: AbortSignal,
): Promise<readonly FlowTrigger[] | null> {
  return remote === undefined ? [] : fetchFlows(destination, remote.id, signal)
}
