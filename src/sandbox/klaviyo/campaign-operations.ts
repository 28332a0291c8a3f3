import { CAMPAIGN_FIELDS, MESSAGE_FIELDS, TAG_FIELDS, TEMPLATE_FIELDS } from './field-names.ts'
import { EXACT, INSTANT } from './list-rules.ts'
import { get, type Operation, post } from './operation.ts'

const ASK_CAMPAIGN = {
  include: ['campaign-messages', 'tags'],
  fields: { campaign: CAMPAIGN_FIELDS, 'campaign-message': MESSAGE_FIELDS, tag: TAG_FIELDS },
}
/** Of templates and campaigns, as far as drafts. */
export const CAMPAIGN_OPERATIONS: readonly Operation[] = [
  get('get_templates', '/api/templates', ['templates:read'], {
    pageSize: { normal: 10, max: 10 },
    cursor: true,
    sort: ['created', 'id', 'name', 'updated'],
    fields: { template: TEMPLATE_FIELDS },
    filter: {
      id: EXACT,
      name: ['any', 'contains', 'equals'],
      created: ['equals', ...INSTANT],
      updated: ['equals', ...INSTANT],
    },
  }),
  post('create_template', '/api/templates', ['templates:write'], { fields: { template: TEMPLATE_FIELDS } }),
  get('get_template', '/api/templates/:id', ['templates:read'], { fields: { template: TEMPLATE_FIELDS } }),
  get('get_campaigns', '/api/campaigns', ['campaigns:read'], {
    ...ASK_CAMPAIGN,
    pageSize: { normal: 100, max: 100 },
    cursor: true,
    sort: ['created_at', 'id', 'name', 'scheduled_at', 'updated_at'],
    filter: {
      id: ['any'],
      'messages.channel': ['equals'],
      name: ['contains'],
      status: EXACT,
      archived: ['equals'],
      created_at: INSTANT,
      scheduled_at: INSTANT,
      updated_at: INSTANT,
    },
  }),
  post('create_campaign', '/api/campaigns', ['campaigns:write'], { fields: { campaign: CAMPAIGN_FIELDS } }),
  get('get_campaign', '/api/campaigns/:id', ['campaigns:read'], ASK_CAMPAIGN),
  get('get_messages_for_campaign', '/api/campaigns/:id/campaign-messages', ['campaigns:read'], {
    include: ['campaign', 'template'],
    fields: { campaign: CAMPAIGN_FIELDS, 'campaign-message': MESSAGE_FIELDS, template: TEMPLATE_FIELDS },
  }),
  post('assign_template_to_campaign_message', '/api/campaign-message-assign-template', ['campaigns:write'], {}),
]
