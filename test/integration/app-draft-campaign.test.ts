import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applySegments } from '../../src/app/apply-segments.ts'
import { type DraftOutcome, type DraftRequest, draftCampaign } from '../../src/app/draft-campaign.ts'
import { planSegments } from '../../src/app/plan-segments.ts'
import type { AccountSettings } from '../../src/core/account.ts'
import { ConfigError, RateLimitedError, RemoteUnavailableError, StoreError } from '../../src/core/errors.ts'
import type { SegmentSpec } from '../../src/core/segments/segment.ts'
import { campaignText } from '../../src/page/segments/campaign-text.ts'
import type { FaultRule } from '../../src/sandbox/klaviyo/faults.ts'
import { oneOrderEach, openRig, type Rig, type Shop } from '../support/account-rig.ts'
import { HIGH } from '../support/high-segment.ts'
import { until } from '../support/until.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const { signal } = new AbortController()
const RECENT: SegmentSpec = {
  key: 'recent',
  name: 'Recent',
  basis: 'property',
  all: [{ any: [{ property: 'last_order_at', operator: 'inLastDays', value: 30 }] }],
}
const IN_ENGLISH: DraftRequest = { segment: 'high', language: 'en', write: (play) => campaignText(play, 'en') }
const IN_ITALIAN: DraftRequest = { segment: 'high', language: 'it', write: (play) => campaignText(play, 'it') }
const nameIn = ({ services }: Shop) => `AOV | High: New releases (scontrino ${services.settings.key} high)`

async function apply({ services }: Shop): Promise<void> {
  const { settings, segments, thresholds } = services
  const destination = services.destination.connector
  const plan = await planSegments({ settings, destination, segments, thresholds }, { sizes: false, signal })
  await applySegments({ destination, segments, thresholds }, plan, { prune: false, confirmed: true, signal })
}

/** A shop with drafts switched on and its segment in Klaviyo. */
async function openApplied(settings: Partial<AccountSettings> = {}): Promise<Shop> {
  const shop = await rig.openShop({ segments: [HIGH, RECENT], campaigns: 'drafts', ...settings })
  await apply(shop)
  return shop
}

function draft({ services }: Shop, request: DraftRequest = IN_ENGLISH): Promise<DraftOutcome> {
  return draftCampaign(services, request, { now: new Date(), signal })
}

interface Resource {
  readonly id: string
  readonly attributes: Readonly<Record<string, unknown>>
}

async function list({ klaviyo }: Shop, path: string): Promise<readonly Resource[]> {
  const headers = { authorization: 'Klaviyo-API-Key pk_tester', revision: '2026-07-15' }
  const response = await fetch(klaviyo.url + path, { headers })
  return ((await response.json()) as { data: readonly Resource[] }).data
}

const campaignsIn = (shop: Shop) => list(shop, "/api/campaigns?filter=equals(messages.channel,'email')")
const templatesIn = (shop: Shop) => list(shop, '/api/templates')

async function countsIn({ klaviyo }: Shop): Promise<object> {
  const { templates, campaigns } = klaviyo.state.summary()
  return { templates, campaigns }
}

async function onlyCampaign(shop: Shop): Promise<Resource> {
  const [campaign, ...others] = await campaignsIn(shop)
  if (campaign === undefined || others.length > 0) throw new Error('expected one campaign')
  return campaign
}

/** The e-mail that whoever opens the campaign sees. */
async function emailOf({ klaviyo }: Shop, { id }: Resource) {
  const headers = { authorization: 'Klaviyo-API-Key pk_tester', revision: '2026-07-15' }
  const response = await fetch(`${klaviyo.url}/api/campaigns/${id}/campaign-messages?include=template`, { headers })
  const document = (await response.json()) as { data: Resource[]; included?: Resource[] }
  return { message: document.data[0]?.attributes, template: document.included?.[0]?.attributes }
}

describe.concurrent('drafting a campaign', () => {
  it('makes a draft to the segment with the words of its play', async () => {
    const shop = await openApplied()
    const [segment] = await shop.services.segments.loadSegmentStates()
    expect(await draft(shop)).toMatchObject({ kind: 'drafted', play: 'new-releases', isResumed: false })
    const campaign = await onlyCampaign(shop)
    expect(campaign.attributes).toMatchObject({
      name: nameIn(shop),
      status: 'Draft',
      audiences: { included: [segment?.remoteId], excluded: [] },
      scheduled_at: null,
      send_time: null,
    })
    const { html, text, subject, previewText } = campaignText('new-releases', 'en')
    const { message, template } = await emailOf(shop, campaign)
    expect(message).toMatchObject({ definition: { content: { subject, preview_text: previewText } } })
    expect(template).toMatchObject({ html, text })
  })

  it('calls nothing that could send or schedule', async () => {
    const shop = await openApplied()
    await draft(shop)
    await draft(shop)
    const requests = (await (await fetch(`${shop.klaviyo.url}/sandbox/requests`)).json()) as {
      method: string
      operation: string | null
    }[]
    const writes = requests.flatMap(({ method, operation }) => (method === 'GET' ? [] : [operation]))
    expect(new Set(writes)).toEqual(
      new Set([
        'create_segment',
        'create_tag',
        'tag_segments',
        'create_template',
        'create_campaign',
        'assign_template_to_campaign_message',
        'tag_campaigns',
      ]),
    )
  })

  it('says how many people are in the segment, by the ledger and by the last count', async () => {
    const shop = await openApplied()
    await shop.sell(oneOrderEach(3))
    await shop.push()
    await until('members are there', () => shop.klaviyo.state.isSettled())
    expect(await draft(shop)).toMatchObject({ recipients: { expected: 3, counted: null } })

    const { settings, segments, thresholds } = shop.services
    const destination = shop.services.destination.connector
    await planSegments({ settings, destination, segments, thresholds }, { sizes: true, signal })
    shop.klaviyo.state.changeCampaign((await onlyCampaign(shop)).id, { status: 'Sent' })
    expect(await draft(shop)).toMatchObject({ recipients: { expected: 3, counted: { members: 3 } } })
  })

  it('takes another play when one is named', async () => {
    const shop = await openApplied()
    expect(await draft(shop, { ...IN_ENGLISH, play: 'vip' })).toMatchObject({ kind: 'drafted', play: 'vip' })
  })

  it('guesses no play for a segment that stands for none', async () => {
    const shop = await openApplied()
    expect(await draft(shop, { ...IN_ENGLISH, segment: 'recent' })).toMatchObject({ kind: 'no-play' })
    expect(await countsIn(shop)).toEqual({ templates: 0, campaigns: 0 })
  })

  it('is off unless it is switched on', async () => {
    const shop = await openApplied({ campaigns: 'off' })
    await expect(draft(shop)).rejects.toThrow(ConfigError)
    expect(await countsIn(shop)).toEqual({ templates: 0, campaigns: 0 })
  })

  it('knows the configured segments only', async () => {
    const shop = await openApplied()
    await expect(draft(shop, { ...IN_ENGLISH, segment: 'hihg' })).rejects.toThrow('there is no segment hihg')
  })

  it('wants the segment to be in Klaviyo first', async () => {
    const shop = await rig.openShop({ segments: [HIGH], campaigns: 'drafts' })
    expect(await draft(shop)).toEqual({ kind: 'not-applied', segment: { key: 'high', name: 'AOV | High' } })
  })

  it('wants a segment that somebody deleted in Klaviyo to be made again first', async () => {
    const shop = await openApplied()
    const states = await shop.services.segments.loadSegmentStates()
    const high = states.find(({ key }) => key === 'high')
    await shop.services.destination.connector.deleteSegment(high?.remoteId ?? '', signal)
    expect(await draft(shop)).toMatchObject({ kind: 'not-applied' })
  })
})

describe.concurrent('a draft that is there already', () => {
  it('is left alone, and no second one is made', async () => {
    const shop = await openApplied()
    await draft(shop)
    expect(await draft(shop)).toMatchObject({ kind: 'exists', campaign: { name: nameIn(shop), status: 'Draft' } })
    expect(await countsIn(shop)).toEqual({ templates: 1, campaigns: 1 })
  })

  it('is known by its tag when somebody has renamed it', async () => {
    const shop = await openApplied()
    await draft(shop)
    shop.klaviyo.state.changeCampaign((await onlyCampaign(shop)).id, { name: 'Spring' })
    expect(await draft(shop)).toMatchObject({ kind: 'exists', campaign: { name: 'Spring' } })
  })

  it('stands in the way also when it is in another language, or scheduled by now', async () => {
    const shop = await openApplied()
    await draft(shop)
    expect(await draft(shop, IN_ITALIAN)).toMatchObject({ kind: 'exists' })
    shop.klaviyo.state.changeCampaign((await onlyCampaign(shop)).id, { status: 'Scheduled' })
    expect(await draft(shop)).toMatchObject({ kind: 'exists', campaign: { status: 'Scheduled' } })
  })

  it('of another segment does not stand in the way', async () => {
    const shop = await openApplied({ segments: [HIGH, { ...HIGH, key: 'high-2', name: 'AOV | Higher' }] })
    await draft(shop, { ...IN_ENGLISH, segment: 'high-2' })
    expect(await draft(shop)).toMatchObject({ kind: 'drafted' })
  })

  it.each(['Sent', 'Cancelled: No Recipients'])('no longer stands in the way once it is %s', async (status) => {
    const shop = await openApplied()
    await draft(shop)
    shop.klaviyo.state.changeCampaign((await onlyCampaign(shop)).id, { status })
    expect(await draft(shop)).toMatchObject({ kind: 'drafted', isResumed: false })
    // The template is taken up again: it is the same words.
    expect(await countsIn(shop)).toEqual({ templates: 1, campaigns: 2 })
  })

  it('of somebody else, to the same segment, does not stand in the way and is left alone', async () => {
    const shop = await openApplied()
    const { campaigns } = shop.services.destination.connector
    const [segment] = await shop.services.segments.loadSegmentStates()
    await campaigns.createDraft('Spring', segment?.remoteId ?? '', campaignText('vip', 'en'), signal)
    expect(await draft(shop)).toMatchObject({ kind: 'drafted' })
    expect((await campaignsIn(shop)).map(({ attributes }) => attributes['name'])).toEqual(['Spring', nameIn(shop)])
  })
})

/** Each write, and where Klaviyo takes it. */
const WRITES = [
  ['the template', '/api/templates'],
  ['the campaign', '/api/campaigns'],
  ['the template in the campaign', '/api/campaign-message-assign-template'],
  ['our tag on it', '^/api/tags/.*/campaigns$'],
] as const

async function expectOneWholeDraft(shop: Shop): Promise<void> {
  expect(await countsIn(shop)).toEqual({ templates: 1, campaigns: 1 })
  const { template } = await emailOf(shop, await onlyCampaign(shop))
  expect(template).toMatchObject({ html: campaignText('new-releases', 'en').html })
  expect(await draft(shop)).toMatchObject({ kind: 'exists', campaign: { tagged: true } })
}

describe.concurrent('drafting with Klaviyo in trouble', () => {
  const disturb = ({ klaviyo }: Shop, rule: FaultRule) => klaviyo.faults.add({ method: 'POST', ...rule })

  it.each(WRITES.slice(0, 3))('goes on when only the answer about %s was lost', async (_what, path) => {
    const shop = await openApplied()
    disturb(shop, { kind: 'accept-then-drop', path })
    expect(await draft(shop)).toMatchObject({ kind: 'drafted' })
    await expectOneWholeDraft(shop)
  })

  it.each(WRITES)('takes up what is there after Klaviyo failed at %s', async (_what, path) => {
    const shop = await openApplied()
    disturb(shop, { kind: 'status', status: 500, path })
    await expect(draft(shop)).rejects.toThrow(RemoteUnavailableError)
    expect(await draft(shop)).toMatchObject({ kind: 'drafted' })
    await expectOneWholeDraft(shop)
  })

  it.each(WRITES)('takes up what is there after the line was cut before %s', async (_what, path) => {
    const shop = await openApplied()
    disturb(shop, { kind: 'drop', path })
    await expect(draft(shop)).rejects.toThrow(RemoteUnavailableError)
    expect(await draft(shop)).toMatchObject({ kind: 'drafted' })
    await expectOneWholeDraft(shop)
  })

  it.each(WRITES)('says when to come back where Klaviyo allows no more at %s', async (_what, path) => {
    const shop = await openApplied()
    disturb(shop, { kind: 'status', status: 429, retryAfterSeconds: 30, path })
    await expect(draft(shop)).rejects.toThrow(RateLimitedError)
    expect(await draft(shop)).toMatchObject({ kind: 'drafted' })
    await expectOneWholeDraft(shop)
  })

  it('says of a campaign that an earlier attempt began that it did', async () => {
    const shop = await openApplied()
    disturb(shop, { kind: 'status', status: 500, path: '/api/campaign-message-assign-template' })
    await expect(draft(shop)).rejects.toThrow(RemoteUnavailableError)
    expect(await draft(shop)).toMatchObject({ kind: 'drafted', isResumed: true })
  })

  it('does not mix two languages in one that was left unfinished', async () => {
    const shop = await openApplied()
    disturb(shop, { kind: 'status', status: 500, path: '/api/campaign-message-assign-template' })
    await expect(draft(shop)).rejects.toThrow(RemoteUnavailableError)
    expect(await draft(shop, IN_ITALIAN)).toMatchObject({ kind: 'exists', campaign: { tagged: false } })
    expect((await templatesIn(shop)).map(({ attributes }) => attributes['name'])).toEqual([
      `New releases, en (scontrino ${shop.services.settings.key} high)`,
    ])
  })

  it('makes one draft when two ask at once', async () => {
    const shop = await openApplied()
    const outcomes = await Promise.allSettled([draft(shop), draft(shop), draft(shop)])
    const kinds = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.kind : outcome.reason))
    expect(kinds.filter((kind) => kind === 'drafted')).toHaveLength(1)
    for (const kind of kinds) expect(kind === 'drafted' || kind === 'exists' || kind instanceof StoreError).toBe(true)
    await expectOneWholeDraft(shop)
  })
})
