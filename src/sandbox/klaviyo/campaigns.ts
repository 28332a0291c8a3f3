import { z } from 'zod'
import type { Answer, Call, Handler } from './answer.ts'
import {
  toAssignedMessage,
  toCampaignResource,
  toIncludedInCampaigns,
  toIncludedInMessages,
  toMessageResource,
} from './campaign-document.ts'
import type { StoredCampaign } from './campaign-store.ts'
import { toWireInstant } from './clock.ts'
import { type ApiError, invalid, invalidParameter, notFound, refuse, toErrors } from './errors.ts'
import type { OperationId } from './limits.ts'
import { type Listing, listPage } from './paging.ts'
import type { World } from './world.ts'

const Text = z.string().nullable().optional()
const CreateBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('campaign'),
    attributes: z.strictObject({
      name: z.string().min(1),
      audiences: z.strictObject({
        included: z.array(z.string()).min(1),
        excluded: z.array(z.string()).nullable().optional(),
      }),
      send_strategy: z
        .strictObject({ method: z.literal('immediate') })
        .nullable()
        .optional(),
      send_options: z.strictObject({ use_smart_sending: z.boolean().nullable().optional() }).nullable().optional(),
      'campaign-messages': z.strictObject({
        data: z.tuple([
          z.strictObject({
            type: z.literal('campaign-message'),
            attributes: z.strictObject({
              definition: z.strictObject({
                channel: z.literal('email'),
                label: Text,
                content: z
                  .strictObject({
                    subject: Text,
                    preview_text: Text,
                    from_email: Text,
                    from_label: Text,
                    reply_to_email: Text,
                    cc_email: Text,
                    bcc_email: Text,
                  })
                  .nullable()
                  .optional(),
              }),
            }),
          }),
        ]),
      }),
    }),
  }),
})
const AssignBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('campaign-message'),
    id: z.string(),
    relationships: z.strictObject({
      template: z.strictObject({ data: z.strictObject({ type: z.literal('template'), id: z.string() }) }),
    }),
  }),
})

const LISTING: Listing<StoredCampaign> = {
  idOf: (campaign) => campaign.id,
  valueOf(campaign, field) {
    if (field === 'created_at') return Date.parse(toWireInstant(campaign.createdAtMs))
    if (field === 'updated_at') return Date.parse(toWireInstant(campaign.updatedAtMs))
    if (field === 'scheduled_at') return null
    if (field === 'archived') return false
    if (field === 'messages.channel') return 'email'
    if (field === 'status') return campaign.status
    return field === 'id' ? campaign.id : campaign.name
  },
}

/** Campaigns up to the draft and its template. There is no way to send one: a request that tries is a 404. */
export function createCampaignHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const withCampaign = (call: Call, use: (campaign: StoredCampaign) => Answer): Answer => {
    const campaign = world.campaigns.get(call.params['id'] ?? '')
    return campaign === undefined ? refuse(noCampaign(call.params['id'])) : use(campaign)
  }
  const included = (all: readonly object[]) => (all.length > 0 ? { included: all } : {})

  return {
    get_campaigns(call) {
      if (!call.query.filters.some(({ field }) => field === 'messages.channel')) {
        return refuse(invalidParameter('A filter on messages.channel is required.', 'filter'))
      }
      const page = listPage(world.campaigns.list(), call, LISTING)
      if ('status' in page) return page
      const data = page.items.map((campaign) => toCampaignResource(world, campaign, call))
      const more = included(toIncludedInCampaigns(world, page.items, call))
      return { status: 200, document: { data, ...more, links: page.links } }
    },
    get_campaign: (call) =>
      withCampaign(call, (campaign) => {
        const more = included(toIncludedInCampaigns(world, [campaign], call))
        const data = toCampaignResource(world, campaign, call)
        return { status: 200, document: { data, ...more, links: { self: call.self } } }
      }),
    create_campaign(call) {
      const body = CreateBody.safeParse(call.body)
      if (!body.success) return refuse(...toErrors(body.error))
      const { name, audiences, send_options, 'campaign-messages': messages } = body.data.data.attributes
      const { included: wanted, excluded } = audiences
      const unknown = [...wanted, ...(excluded ?? [])].find((id) => world.segments.get(id) === undefined)
      if (unknown !== undefined) {
        return refuse(invalid(`There is no list or segment ${unknown}.`, '/data/attributes/audiences'))
      }
      const { label, content } = messages.data[0].attributes.definition
      const campaign = world.campaigns.create(
        {
          name,
          audiences: { included: wanted, excluded: excluded ?? [] },
          usesSmartSending: send_options?.use_smart_sending ?? true,
        },
        { label: label ?? null, content: toContent(content) },
      )
      const data = toCampaignResource(world, campaign, call, true)
      return { status: 201, document: { data, links: { self: call.self } } }
    },
    get_messages_for_campaign: (call) =>
      withCampaign(call, (campaign) => {
        const more = included(toIncludedInMessages(world, campaign, call))
        return {
          status: 200,
          document: { data: [toMessageResource(campaign, call)], ...more, links: { self: call.self } },
        }
      }),
    assign_template_to_campaign_message(call) {
      const body = AssignBody.safeParse(call.body)
      if (!body.success) return refuse(...toErrors(body.error))
      const { id, relationships } = body.data.data
      const campaign = world.campaigns.ofMessage(id)
      if (campaign === undefined) return refuse(notFound(`A campaign message with id ${id} does not exist.`))
      const template = world.templates.get(relationships.template.data.id)
      if (template === undefined) {
        return refuse(notFound(`A template with id ${relationships.template.data.id} does not exist.`))
      }
      if (campaign.status !== 'Draft') return refuse(invalid('Only a draft can be given another template.'))
      const copy = world.templates.create({ ...template, isReusable: false, createdAtMs: world.clock.now() })
      campaign.message.templateId = copy.id
      campaign.updatedAtMs = world.clock.now()
      return { status: 200, document: { data: toAssignedMessage(campaign, call), links: { self: call.self } } }
    },
  }
}

function noCampaign(id: string | undefined): ApiError {
  return notFound(`A campaign with id ${id} does not exist.`)
}

/** Every field is in the answer, those not given are null. */
function toContent(given: Readonly<Record<string, string | null | undefined>> | null | undefined) {
  const fields = ['subject', 'preview_text', 'from_email', 'from_label', 'reply_to_email', 'cc_email', 'bcc_email']
  return Object.fromEntries(fields.map((field) => [field, given?.[field] ?? null]))
}
