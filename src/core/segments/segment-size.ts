import type { SegmentForecast } from './segment-state-store.ts'

/** Why a segment in Klaviyo may not be as large as the ledger expects, with the number behind the reason. */
export type SizeCause =
  /** Created or changed so recently that membership cannot be expected yet. */
  | { readonly kind: 'just-changed' }
  /** Klaviyo itself says that it is still working on the segment. */
  | { readonly kind: 'processing' }
  /** So many profiles were pushed within the last minutes: their membership follows. */
  | { readonly kind: 'just-pushed'; readonly profiles: number }
  /** So many members were expected when it was counted, and by now others are. */
  | { readonly kind: 'forecast-moved'; readonly customers: number }
  /** It was never counted, or Klaviyo did not say. */
  | { readonly kind: 'not-counted' }
  /** Somebody changed the segment in Klaviyo. */
  | { readonly kind: 'drifted' }
  /** The configuration asks for something else by now, and that has not been written to Klaviyo. */
  | { readonly kind: 'not-applied' }
  /** Under `update-existing`: customers without a profile in Klaviyo are nobody's members. */
  | { readonly kind: 'no-profile'; readonly customers: number }
  /** Klaviyo refused their profiles. */
  | { readonly kind: 'refused'; readonly customers: number }
  /** Their profiles are still to be pushed. */
  | { readonly kind: 'pending'; readonly customers: number }
  /** Profiles may still carry our properties under a former prefix. */
  | { readonly kind: 'prefix-changed'; readonly formerly: string }
  /** Profiles of people who are no customers any more still carry our properties. */
  | { readonly kind: 'to-be-cleared'; readonly profiles: number }
  /** More members than customers: profiles that we did not push carry the property. */
  | { readonly kind: 'not-pushed-by-us'; readonly profiles: number }
  /** It asks how long ago something was: Klaviyo looks at that once a day only. */
  | { readonly kind: 'looked-at-daily' }
  /** Klaviyo's own figures are asked: they follow its own rules and need data of its own. */
  | { readonly kind: 'own-figures' }
  /** Nothing known explains it, and it changed hours ago at most: Klaviyo has been that slow. */
  | { readonly kind: 'slow' }
  /** Nothing known explains it. */
  | { readonly kind: 'unknown' }

/** What comparing a segment's members with the forecast came to. `empty` and `off` are problems. */
export interface SizeFinding {
  /**
   * `not-yet`: too early to tell, or never counted. `fits`: within the tolerance. `outdated`: counted, but other members are
   * expected since, so that it is to be counted again.
   */
  readonly kind: 'fits' | 'not-yet' | 'outdated' | 'empty' | 'off'
  /** The likeliest first; none for `fits`. */
  readonly causes: readonly SizeCause[]
}

/** What is known at the moment of counting. */
export interface SizeSighting {
  /** Null: Klaviyo did not say. */
  readonly members: number | null
  readonly isProcessing: boolean
  /** The ledger's, of the same moment. */
  readonly forecast: SegmentForecast
  readonly mode: 'create' | 'update-existing'
  readonly basis: 'property' | 'predictive'
  /** Whether a condition changes its answer by the mere passing of time. */
  readonly asksHowLongAgo: boolean
  /** Whether Klaviyo has the definition that the configuration asks for. */
  readonly standing: 'unchanged' | 'update' | 'drifted'
  /** Since the segment was created or changed. */
  readonly sinceChangeMs: number
  /** Since the first of the counts in a row that did not fit; null: the last one fitted, or there was none. */
  readonly sinceMisfitMs: number | null
  /** Profiles that were confirmed within `MEMBERSHIP_DELAY_MS`. */
  readonly justPushed: number
  /** Profiles from which our properties are still to be taken. */
  readonly toBeCleared: number
  /** Prefixes under which the properties that the segment asks for were pushed before. */
  readonly formerPrefixes: readonly string[]
}

/** Klaviyo's help centre, article 115005233488: up to a quarter of an hour; recorded after a creation: 8 to 9 minutes. */
export const MEMBERSHIP_DELAY_MS = 15 * 60_000
/** The longest that Klaviyo's status page tells of is two and a half hours. */
const LONGEST_DELAY_MS = 3 * 3_600_000

/** A few profiles are merged, deleted or suppressed by others at any time, and say nothing about the segment. */
const TOLERATED_PROFILES = 3
/** Beyond a twentieth a campaign's reach is not what the plan promised. */
const TOLERATED_SHARE = 0.05

/**
 * How many members a segment should have: every customer, or, where nobody is created, those whose profile holds what
 * the ledger says.
 */
export function expectedMembers(forecast: SegmentForecast, mode: SizeSighting['mode']): number {
  return mode === 'create' ? forecast.customers : forecast.profiles.confirmed
}

/** By how many members a segment may differ from `expected` and still fit. */
export function toleranceOf(expected: number): number {
  return Math.max(TOLERATED_PROFILES, Math.floor(expected * TOLERATED_SHARE))
}

/** Whether a segment is as large as expected, and if not, the likely causes, by rules alone. */
export function judgeSize(sighting: SizeSighting): SizeFinding {
  const { members, forecast, mode, basis, justPushed, sinceMisfitMs } = sighting
  if (members === null) return { kind: 'not-yet', causes: [{ kind: 'not-counted' }] }
  const isEmpty = members === 0 && forecast.customers > 0
  const expected = expectedMembers(forecast, mode)
  const distance = Math.abs(members - expected)
  const tolerance = toleranceOf(expected)
  // Klaviyo's own figures count other orders than ours: only their absence can be told.
  const fits = !isEmpty && (basis === 'predictive' || distance <= tolerance)
  if (fits) return { kind: 'fits', causes: [] }

  if (sighting.sinceChangeMs < MEMBERSHIP_DELAY_MS) return { kind: 'not-yet', causes: [{ kind: 'just-changed' }] }
  // A shop that pushes all the time must not hide a segment that never fills.
  if (sinceMisfitMs === null || sinceMisfitMs < LONGEST_DELAY_MS) {
    if (sighting.isProcessing) return { kind: 'not-yet', causes: [{ kind: 'processing' }] }
    if (justPushed > 0 && distance <= tolerance + justPushed) {
      return { kind: 'not-yet', causes: [{ kind: 'just-pushed', profiles: justPushed }] }
    }
  }
  const causes = likelyCauses(sighting, members - expected)
  if (causes.length > 0) return { kind: isEmpty ? 'empty' : 'off', causes }
  const late = sighting.sinceChangeMs < LONGEST_DELAY_MS
  return { kind: isEmpty ? 'empty' : 'off', causes: [{ kind: late ? 'slow' : 'unknown' }] }
}

/** `surplus`: members more (or, below zero, fewer) than expected. */
function likelyCauses(sighting: SizeSighting, surplus: number): SizeCause[] {
  const { forecast, basis, standing, mode, formerPrefixes, toBeCleared } = sighting
  const { confirmed, pending, refused, absent } = forecast.profiles
  const causes: SizeCause[] = []
  if (standing === 'drifted') causes.push({ kind: 'drifted' })
  if (standing === 'update') causes.push({ kind: 'not-applied' })
  if (basis === 'predictive') return [...causes, { kind: 'own-figures' }]
  if (mode === 'update-existing' && confirmed === 0 && absent > 0) {
    causes.push({ kind: 'no-profile', customers: absent })
  }
  const fewer = surplus < 0 || sighting.members === 0
  if (fewer && refused > 0) causes.push({ kind: 'refused', customers: refused })
  if (pending > 0) causes.push({ kind: 'pending', customers: pending })
  const [formerly] = formerPrefixes
  if (formerly !== undefined && (pending > 0 || standing === 'update'))
    causes.push({ kind: 'prefix-changed', formerly })
  if (sighting.asksHowLongAgo) causes.push({ kind: 'looked-at-daily' })
  if (surplus > 0) {
    if (toBeCleared > 0) causes.push({ kind: 'to-be-cleared', profiles: toBeCleared })
    if (surplus > toBeCleared + pending && standing === 'unchanged') {
      causes.push({ kind: 'not-pushed-by-us', profiles: surplus })
    }
  }
  return causes
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * When to count again, in milliseconds from now: what fits once a day, what cannot be told yet when it can, and what
 * does not fit hourly at first, then daily.
 */
export function nextCountMs(
  { kind }: SizeFinding,
  { sinceChangeMs, sinceMisfitMs }: Pick<SizeSighting, 'sinceChangeMs' | 'sinceMisfitMs'>,
): number {
  if (kind === 'fits') return DAY_MS
  if (kind === 'not-yet' || kind === 'outdated') {
    const isEarly = sinceChangeMs < MEMBERSHIP_DELAY_MS
    return isEarly ? MEMBERSHIP_DELAY_MS - Math.max(0, sinceChangeMs) : MEMBERSHIP_DELAY_MS
  }
  return (sinceMisfitMs ?? 0) < 6 * HOUR_MS ? HOUR_MS : DAY_MS
}
