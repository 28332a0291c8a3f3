import { ContractError } from '../../core/errors.ts'
import type { CampaignDestination, CampaignText, RemoteCampaign } from '../../core/segments/campaign.ts'
import type { KlaviyoClient } from './client.ts'
import { anyFilters, containsFilter, equalsFilter } from './filter.ts'
import { OPERATIONS } from './limits.ts'
import { campaign, documentOf, message, reference } from './schema.ts'
import { fetchTaggedIds, putTag } from './tags.ts'

/** Klaviyo lists campaigns of one channel only. */
export const EMAIL_CAMPAIGNS = equalsFilter('messages.channel', 'email')

/** Statuses of campaigns that are over and done with; besides these all that begin with `Cancelled`. */
const OVER: ReadonlySet<string> = new Set(['Sent', 'Variations Sent'])

/** Drafts of campaigns in a Klaviyo account. */
export function createCampaigns(client: KlaviyoClient): CampaignDestination {
  return {
    findCampaigns: (mark, segmentId, signal) => findCampaigns(client, mark, segmentId, signal),
    findTemplate: (name, signal) => findTemplate(client, name, signal),
    createTemplate: (name, text, signal) => createTemplate(client, name, text, signal),
    createDraft: (name, segmentId, text, signal) => createDraft(client, name, segmentId, text, signal),
    fetchMessage: (campaignId, signal) => fetchMessage(client, campaignId, signal),
    assignTemplate: (messageId, templateId, signal) => assignTemplate(client, messageId, templateId, signal),
    tagCampaign: (id, signal) => putTag(client, 'campaign', [id], signal),
  }
}

async function findCampaigns(
  client: KlaviyoClient,
  mark: string,
  segmentId: string,
  signal: AbortSignal,
): Promise<readonly RemoteCampaign[]> {
  const taggedIds = await fetchTaggedIds(client, 'campaign', signal)
  const filters = [containsFilter('name', mark), ...anyFilters('id', [...taggedIds])]
  const found = new Map<string, RemoteCampaign>()
  for (const filter of filters) {
    const query = {
      filter: `${EMAIL_CAMPAIGNS},${filter}`,
      'fields[campaign]': 'archived,audiences,name,status',
      sort: 'created_at',
    }
    for await (const page of client.readPages(OPERATIONS.listCampaigns, campaign, { query, signal })) {
      for (const { id, attributes } of page) {
        const { name, status, archived, audiences } = attributes
        const tagged = taggedIds.has(id)
        // Between its brackets a mark is whole: `(scontrino aov)` is not in `(scontrino aov-high)`.
        const isOurs = name.includes(`(${mark})`) || (tagged && audiences?.included?.includes(segmentId) === true)
        if (!isOurs || archived === true || OVER.has(status) || status.startsWith('Cancelled')) continue
        found.set(id, { id, name, status, isDraft: status === 'Draft', tagged })
      }
    }
  }
  return [...found.values()]
}

async function findTemplate(client: KlaviyoClient, name: string, signal: AbortSignal): Promise<string | null> {
  const query = { filter: equalsFilter('name', name), 'fields[template]': 'name', 'page[size]': '10' }
  for await (const [first] of client.readPages(OPERATIONS.listTemplates, reference, { query, signal })) {
    if (first !== undefined) return first.id
  }
  return null
}

async function createTemplate(
  client: KlaviyoClient,
  name: string,
  { html, text }: CampaignText,
  signal: AbortSignal,
): Promise<string> {
  const body = { data: { type: 'template', attributes: { name, editor_type: 'CODE', html, text } } }
  const { data } = await client.call(OPERATIONS.createTemplate, documentOf(reference), { body, signal })
  return data.id
}

/** Without a send strategy, and without a sender: both are for whoever sends it. */
async function createDraft(
  client: KlaviyoClient,
  name: string,
  segmentId: string,
  { subject, previewText }: CampaignText,
  signal: AbortSignal,
): Promise<string> {
  const definition = { channel: 'email', label: name, content: { subject, preview_text: previewText } }
  const attributes = {
    name,
    audiences: { included: [segmentId] },
    'campaign-messages': { data: [{ type: 'campaign-message', attributes: { definition } }] },
  }
  const body = { data: { type: 'campaign', attributes } }
  const { data } = await client.call(OPERATIONS.createCampaign, documentOf(reference), { body, signal })
  return data.id
}

async function fetchMessage(client: KlaviyoClient, campaignId: string, signal: AbortSignal) {
  const query = { include: 'template', 'fields[template]': 'name' }
  for await (const [first] of client.readPages(OPERATIONS.listMessages, message, { id: campaignId, query, signal })) {
    if (first === undefined) break
    return { id: first.id, hasTemplate: first.relationships?.template?.data != null }
  }
  throw new ContractError('reading the message of a Klaviyo campaign: the answer names none', {})
}

async function assignTemplate(
  client: KlaviyoClient,
  messageId: string,
  templateId: string,
  signal: AbortSignal,
): Promise<true> {
  const template = { data: { type: 'template', id: templateId } }
  const body = { data: { type: 'campaign-message', id: messageId, relationships: { template } } }
  await client.send(OPERATIONS.assignTemplate, { body, signal })
  return true
}
