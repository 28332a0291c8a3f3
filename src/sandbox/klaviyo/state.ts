import type { PredictiveValues } from './predictive.ts'
import { randomId } from './random-id.ts'
import type { RequestCounts, RequestLog } from './request-log.ts'
import type { World } from './world.ts'

/** A profile put in from behind. */
interface ProfileSeed {
  readonly email: string
  readonly properties?: Readonly<Record<string, unknown>> | undefined
  readonly predictive?: PredictiveValues | undefined
}

/** Counts of what the account holds. */
interface SandboxSummary {
  readonly profiles: number
  readonly segments: number
  readonly tags: number
  readonly templates: number
  readonly campaigns: number
  readonly jobs: Readonly<Record<string, number>>
  readonly requests: RequestCounts
}

/** The account from behind, for tests; everything else can be read through Klaviyo's own API. */
export interface SandboxState {
  summary(): SandboxSummary
  /** Custom properties of a profile; undefined when nobody has the address. */
  propertiesOf(email: string): Readonly<Record<string, unknown>> | undefined
  /** Addresses of a segment's members in the order of joining; undefined when there is no such segment. */
  membersOf(segmentId: string): readonly (string | null)[] | undefined
  /** Creates profiles or merges properties into existing ones. */
  seedProfiles(seeds: readonly ProfileSeed[]): void
  /** Makes a segment forget its members and take no new ones, as Klaviyo has done on bad days; false: no such segment. */
  loseMembers(segmentId: string): boolean
  /** Starts a flow from a segment; its id, or null when there is no such segment. */
  attachFlow(segmentId: string, flow: { readonly name: string; readonly status?: string | undefined }): string | null
  /** As if somebody had renamed, sent or scheduled a campaign on Klaviyo's own pages; false: no such campaign. */
  changeCampaign(campaignId: string, change: { readonly name?: string; readonly status?: string }): boolean
  /** Whether no import and no evaluation is under way. */
  isSettled(): boolean
}

/** The account from behind. */
export function createState(world: World, log: RequestLog): SandboxState {
  const { profiles, segments, clock } = world
  return {
    summary() {
      const jobs: Record<string, number> = {}
      for (const { status } of world.imports.list()) jobs[status] = (jobs[status] ?? 0) + 1
      return {
        profiles: profiles.all.filter(({ deleted }) => !deleted).length,
        segments: segments.list().length,
        tags: world.tags.list().length,
        templates: world.templates.list().length,
        campaigns: world.campaigns.list().length,
        jobs,
        requests: log.counts(),
      }
    },
    propertiesOf(email) {
      const profile = profiles.byEmail(email)
      return profile && profiles.propertiesOf(profile)
    },
    membersOf(segmentId) {
      const segment = segments.get(segmentId)
      return segment && segments.membersOf(segment).map((sequence) => profiles.all[sequence]?.email ?? null)
    },
    seedProfiles(seeds) {
      for (const { email, properties, predictive } of seeds) {
        const profile = profiles.byEmail(email) ?? profiles.create(clock.now())
        profiles.setEmail(profile, email)
        profiles.setProperties(profile, { ...profiles.propertiesOf(profile), ...properties })
        if (predictive !== undefined) world.predictive.set(email.toLowerCase(), predictive)
        segments.profileChanged(profile.sequence)
      }
    },
    loseMembers(segmentId) {
      const segment = segments.get(segmentId)
      if (segment !== undefined) segments.loseMembers(segment)
      return segment !== undefined
    },
    attachFlow(segmentId, { name, status = 'live' }) {
      const segment = segments.get(segmentId)
      if (segment === undefined) return null
      const flow = { id: randomId(), name, status, createdAtMs: clock.now() }
      segment.flows.push(flow)
      return flow.id
    },
    changeCampaign(campaignId, change) {
      const campaign = world.campaigns.get(campaignId)
      if (campaign !== undefined) Object.assign(campaign, change)
      return campaign !== undefined
    },
    isSettled() {
      const busy = world.imports.list().some(({ status }) => status === 'queued' || status === 'processing')
      return !busy && segments.isSettled()
    },
  }
}
