import type { AccountSettings } from '../core/account.ts'
import { ConfigError, RemoteUnavailableError, StoreError } from '../core/errors.ts'
import type { CampaignDestination, CampaignText, RemoteCampaign } from '../core/segments/campaign.ts'
import { type Play, playOf } from '../core/segments/play.ts'
import type { SegmentSpec } from '../core/segments/segment.ts'
import { expectedMembers } from '../core/segments/segment-size.ts'
import type { AccountServices } from './services.ts'
import { unknownName } from './unknown-name.ts'

/** What a draft is asked for. */
export interface DraftRequest {
  /** Key of the segment that it is aimed at. */
  readonly segment: string
  /** Absent: the one that the segment stands for. */
  readonly play?: Play
  /** ISO 639 code of the language that `write` writes in. */
  readonly language: string
  readonly write: (play: Play) => CampaignText
}

/** How many people are in a segment. Whom of them Klaviyo may mail only Klaviyo knows. */
export interface DraftRecipients {
  /** By the ledger, now. */
  readonly expected: number
  /** In Klaviyo at the last count; null: not counted since its last change. */
  readonly counted: { readonly members: number; readonly at: Date } | null
}

/**
 * What became of it. `drafted`: it is there, not sent and not scheduled, whoever began it; `exists`: one of ours to this
 * segment is there and not sent yet; `not-applied`: the segment is not in Klaviyo; `no-play`: the segment stands for none.
 */
export type DraftOutcome =
  | {
      readonly kind: 'drafted'
      readonly campaign: Pick<RemoteCampaign, 'id' | 'name'>
      readonly segment: { readonly key: string; readonly name: string; readonly remoteId: string }
      readonly play: Play
      readonly text: CampaignText
      readonly recipients: DraftRecipients
      /** An earlier attempt had got as far as the campaign. */
      readonly isResumed: boolean
    }
  | { readonly kind: 'exists'; readonly campaign: RemoteCampaign }
  | { readonly kind: 'not-applied'; readonly segment: { readonly key: string; readonly name: string } }
  | { readonly kind: 'no-play'; readonly segment: { readonly key: string; readonly name: string } }

type Parts = Pick<AccountServices, 'settings' | 'destination' | 'segments' | 'exclusively'>

/**
 * Makes the draft of a campaign to a segment of ours: template, campaign, the one into the other, our tag. Each is looked
 * for before it is made, and again when the answer was lost, so that whoever was killed in between goes on where they were.
 * Sends nothing and schedules nothing.
 * @throws ConfigError when drafts are not switched on, or the segment is not configured
 */
export async function draftCampaign(
  parts: Parts,
  request: DraftRequest,
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<DraftOutcome> {
  const { settings, destination, segments, exclusively } = parts
  if (settings.campaigns !== 'drafts') throw switchedOff(settings)
  const spec = configuredSegment(settings, request.segment)
  if (spec === null) return { kind: 'not-applied', segment: { key: request.segment, name: request.segment } }
  const { key, name } = spec
  const play = request.play ?? playOf(spec.all)
  if (play === null) return { kind: 'no-play', segment: { key, name } }

  const sight = (await segments.loadSegmentSights()).find((one) => one.key === key)
  const ids = sight === undefined ? [] : [sight.remoteId]
  const remotes = ids.length === 0 ? [] : await destination.connector.fetchSegments({ ids, names: [] }, signal)
  const remote = remotes.find(({ id }) => id === sight?.remoteId)
  if (sight === undefined || remote === undefined) return { kind: 'not-applied', segment: { key, name } }

  const text = request.write(play)
  // Two accounts of the configuration may share one of Klaviyo.
  const mark = `scontrino ${settings.key} ${key}`
  const names = {
    template: `${text.title}, ${request.language} (${mark})`,
    campaign: `${remote.name}: ${text.title} (${mark})`,
  }
  // Two at once would both find nothing.
  const made = await exclusively('draft-campaign', (held) =>
    makeDraft(
      destination.connector.campaigns,
      { mark, names, segmentId: remote.id, text },
      AbortSignal.any([signal, held]),
    ),
  )
  if (made === null) {
    throw new StoreError(`somebody else makes a draft for ${settings.key}: try again when they have ended`, {
      account: settings.key,
    })
  }
  if (made.kind === 'exists') return made
  const [forecast] = await segments.forecastSegments([spec], now)
  const members = sight.count?.members ?? null
  return {
    ...made,
    segment: { key, name: remote.name, remoteId: remote.id },
    play,
    text,
    recipients: {
      expected: forecast === undefined ? 0 : expectedMembers(forecast, settings.profiles.mode),
      counted: members === null || sight.count === null ? null : { members, at: sight.count.at },
    },
  }
}

/** What is to be made, and how ours is known. */
interface Draft {
  readonly mark: string
  readonly names: { readonly template: string; readonly campaign: string }
  readonly segmentId: string
  readonly text: CampaignText
}

async function makeDraft(
  campaigns: CampaignDestination,
  draft: Draft,
  signal: AbortSignal,
): Promise<
  | { kind: 'drafted'; campaign: Pick<RemoteCampaign, 'id' | 'name'>; isResumed: boolean }
  | { kind: 'exists'; campaign: RemoteCampaign }
> {
  const { mark, names, segmentId, text } = draft
  const find = () => campaigns.findCampaigns(mark, segmentId, signal)
  const found = await find()
  // The tag comes last: what has none yet, and is otherwise as it was begun here, was left unfinished.
  const other = found.find(({ tagged, isDraft, name }) => tagged || !isDraft || name !== names.campaign)
  if (other !== undefined) return { kind: 'exists', campaign: other }
  const [begun] = found
  const hasTemplate = async (id: string) => ((await campaigns.fetchMessage(id, signal)).hasTemplate ? true : null)
  const isWhole = begun !== undefined && (await hasTemplate(begun.id)) !== null
  const id = isWhole ? begun.id : await write()
  await campaigns.tagCampaign(id, signal)
  return { kind: 'drafted', campaign: { id, name: names.campaign }, isResumed: begun !== undefined }

  async function write(): Promise<string> {
    const findTemplate = () => campaigns.findTemplate(names.template, signal)
    // Before the campaign: a person would meet it empty.
    const templateId = await unlessFound(await findTemplate(), findTemplate, () =>
      campaigns.createTemplate(names.template, text, signal),
    )
    const campaignId = await unlessFound(
      begun?.id ?? null,
      async () => (await find()).find(({ name }) => name === names.campaign)?.id ?? null,
      () => campaigns.createDraft(names.campaign, segmentId, text, signal),
    )
    const message = await campaigns.fetchMessage(campaignId, signal)
    await unlessFound(
      null,
      () => hasTemplate(campaignId),
      () => campaigns.assignTemplate(message.id, templateId, signal),
    )
    return campaignId
  }
}

/** Makes what was not found. When the answer is lost it may be there all the same, and a second one must not be made. */
async function unlessFound<T>(found: T | null, lookAgain: () => Promise<T | null>, make: () => Promise<T>): Promise<T> {
  if (found !== null) return found
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof RemoteUnavailableError)) throw error
    const made = await lookAgain()
    if (made === null) throw error
    return made
  }
}

/** Null: it is configured, and waits for a threshold that has no value yet. */
function configuredSegment({ segments, following }: AccountSettings, key: string): SegmentSpec | null {
  const spec = segments.find((segment) => segment.key === key)
  if (spec !== undefined) return spec
  const keys = new Set([...segments, ...(following?.segments ?? [])].map((segment) => segment.key))
  if (keys.has(key)) return null
  throw unknownName('segment', key, [...keys])
}

function switchedOff({ key }: AccountSettings): ConfigError {
  return new ConfigError(`drafts of campaigns are not switched on for ${key}`, [
    {
      path: `accounts.${key}.campaigns`,
      message: 'expected drafts',
      hint: 'set campaigns: drafts; the key then also needs campaigns:read, campaigns:write, templates:read, templates:write',
    },
  ])
}
