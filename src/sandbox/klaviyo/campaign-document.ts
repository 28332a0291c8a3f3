import { type Call, pickFields, toRelationship } from './answer.ts'
import type { StoredCampaign } from './campaign-store.ts'
import { toWireInstant } from './clock.ts'
import { toTagResource } from './tag-document.ts'
import { toTemplateResource } from './templates.ts'
import type { World } from './world.ts'

/** A campaign as a JSON:API resource. Its messages are named where it was just created, or where the call includes them. */
export function toCampaignResource(world: World, campaign: StoredCampaign, call: Call, isNew = false): object {
  const { include, fields } = call.query
  const relate = (name: string, data?: object[]) => toRelationship(call.origin, 'campaigns', campaign.id, name, data)
  const messages = [{ type: 'campaign-message', id: campaign.message.id }]
  const tags = world.tags.ofCampaign(campaign.id).map(({ id }) => ({ type: 'tag', id }))
  const attributes = {
    name: campaign.name,
    status: campaign.status,
    archived: false,
    audiences: campaign.audiences,
    send_options: { use_smart_sending: campaign.usesSmartSending },
    tracking_options: { add_tracking_params: false, custom_tracking_params: [] },
    send_strategy: { method: 'immediate' },
    created_at: toWireInstant(campaign.createdAtMs),
    scheduled_at: null,
    updated_at: toWireInstant(campaign.updatedAtMs),
    send_time: null,
  }
  const resource = {
    type: 'campaign',
    id: campaign.id,
    attributes: pickFields(attributes, fields['campaign']),
    links: { self: `${call.origin}/api/campaigns/${campaign.id}/` },
  }
  // Sparse fieldsets drop relationships, except those that the call includes.
  if (fields['campaign'] !== undefined && include.length === 0) return resource
  const namesMessages = isNew || include.includes('campaign-messages')
  return {
    ...resource,
    relationships: {
      'campaign-messages': namesMessages ? relate('campaign-messages', messages) : relate('campaign-messages'),
      tags: include.includes('tags') ? relate('tags', tags) : relate('tags'),
    },
  }
}

/** What `include=campaign-messages,tags` brings along, each resource once. */
export function toIncludedInCampaigns(world: World, campaigns: readonly StoredCampaign[], call: Call): object[] {
  const { include } = call.query
  const tags = include.includes('tags') ? campaigns.flatMap(({ id }) => world.tags.ofCampaign(id)) : []
  const messages = include.includes('campaign-messages') ? campaigns : []
  return [
    ...messages.map((campaign) => toMessageResource(campaign, call)),
    ...[...new Set(tags)].map((tag) => toTagResource(tag, world, call)),
  ]
}

/** The message of a campaign as a JSON:API resource. */
export function toMessageResource(campaign: StoredCampaign, call: Call): object {
  const { label, content } = campaign.message
  const attributes = {
    definition: { channel: 'email', label, content },
    send_times: null,
    created_at: toWireInstant(campaign.createdAtMs),
    updated_at: toWireInstant(campaign.updatedAtMs),
  }
  return {
    ...toMessageFrame(campaign, call),
    attributes: pickFields(attributes, call.query.fields['campaign-message']),
  }
}

/** The same in the older form in which assigning a template answers. */
export function toAssignedMessage(campaign: StoredCampaign, call: Call): object {
  const { label, content } = campaign.message
  return { ...toMessageFrame(campaign, call), attributes: { label: label ?? '', channel: 'email', content } }
}

/** The copies of templates that messages have, where the call includes them. */
export function toIncludedInMessages(world: World, campaign: StoredCampaign, call: Call): object[] {
  const { include } = call.query
  const template = world.templates.get(campaign.message.templateId ?? '')
  return [
    ...(include.includes('campaign') ? [toCampaignResource(world, campaign, call)] : []),
    ...(include.includes('template') && template !== undefined ? [toTemplateResource(template, call)] : []),
  ]
}

function toMessageFrame({ id, message }: StoredCampaign, call: Call) {
  const relate = (name: string, data?: object) =>
    toRelationship(call.origin, 'campaign-messages', message.id, name, data)
  const { templateId } = message
  return {
    type: 'campaign-message',
    id: message.id,
    relationships: {
      campaign: relate('campaign', { type: 'campaign', id }),
      template: templateId === null ? relate('template') : relate('template', { type: 'template', id: templateId }),
    },
    links: { self: `${call.origin}/api/campaign-messages/${message.id}/` },
  }
}
