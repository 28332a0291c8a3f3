import type { Bucket } from './limiter.ts'
import { EXTRA_LIMITS, type OperationId, RATE_LIMITS } from './limits.ts'
import type { Query, QueryRules } from './query.ts'

/** Where an operation lives, what it needs and which query parameters it knows. */
export interface Operation {
  readonly id: OperationId
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly scopes: readonly string[]
  readonly query: QueryRules
}

const PROFILE_FIELDS = [
  'created',
  'email',
  'external_id',
  'first_name',
  'id',
  'image',
  'last_event_date',
  'last_name',
  'locale',
  'location',
  'location.*',
  'organization',
  'phone_number',
  'predictive_analytics',
  'predictive_analytics.*',
  'properties',
  'subscriptions',
  'subscriptions.*',
  'title',
  'updated',
]
const SEGMENT_FIELDS = [
  'created',
  'definition',
  'definition.condition_groups',
  'id',
  'is_active',
  'is_processing',
  'is_starred',
  'name',
  'updated',
]
const JOB_FIELDS = [
  'completed_at',
  'completed_count',
  'created_at',
  'expires_at',
  'failed_count',
  'id',
  'started_at',
  'status',
  'total_count',
]
const ACCOUNT_FIELDS = [
  'contact_information',
  'contact_information.*',
  'id',
  'industry',
  'locale',
  'preferred_currency',
  'public_api_key',
  'test_account',
  'timezone',
]
const FLOW_FIELDS = ['archived', 'created', 'id', 'name', 'status', 'trigger_type', 'updated']
const METRIC_FIELDS = ['created', 'id', 'integration', 'name', 'updated']
const ERROR_FIELDS = ['code', 'detail', 'id', 'original_payload', 'source', 'source.pointer', 'title']
const TEMPLATE_FIELDS = ['amp', 'created', 'editor_type', 'html', 'id', 'name', 'text', 'updated']
const CAMPAIGN_FIELDS = [
  'archived',
  'audiences',
  'audiences.excluded',
  'audiences.included',
  'created_at',
  'id',
  'name',
  'scheduled_at',
  'send_options',
  'send_strategy',
  'send_time',
  'status',
  'tracking_options',
  'updated_at',
]
const MESSAGE_FIELDS = ['created_at', 'definition', 'definition.content', 'id', 'send_times', 'updated_at']
const TAG_FIELDS = ['id', 'name']
const TAG_GROUP_FIELDS = ['default', 'exclusive', 'id', 'name']

const EXACT = ['any', 'equals']
const TEXT = ['contains', 'ends-with', 'equals', 'starts-with']
const INSTANT = ['greater-or-equal', 'greater-than', 'less-or-equal', 'less-than']
const HUNDRED = { pageSize: { normal: 20, max: 100 }, cursor: true }
const ASK_PROFILE = {
  fields: { profile: PROFILE_FIELDS },
  additional: { profile: ['subscriptions', 'predictive_analytics'] },
}
const MAPPED = {
  include: ['custom-metric', 'metric'],
  fields: {
    'mapped-metric': ['id', 'updated'],
    metric: METRIC_FIELDS,
    'custom-metric': ['created', 'id', 'name', 'updated'],
  },
}
const ASK_CAMPAIGN = {
  include: ['campaign-messages', 'tags'],
  fields: { campaign: CAMPAIGN_FIELDS, 'campaign-message': MESSAGE_FIELDS, tag: TAG_FIELDS },
}
const MEMBERS = {
  ...HUNDRED,
  sort: ['joined_group_at'],
  filter: {
    profile_id: EXACT,
    email: EXACT,
    phone_number: EXACT,
    push_token: EXACT,
    _kx: ['equals'],
    joined_group_at: INSTANT,
  },
}

const JOBS = '/api/profile-bulk-import-jobs'
const WRITE_TAGS = ['segments:write', 'tags:write']

/** Every operation of Klaviyo's document (2026-07-15) that the sandbox plays. */
export const OPERATIONS: readonly Operation[] = [
  get('get_accounts', '/api/accounts', ['accounts:read'], { fields: { account: ACCOUNT_FIELDS } }),
  get('get_account', '/api/accounts/:id', ['accounts:read'], { fields: { account: ACCOUNT_FIELDS } }),
  get('get_metrics', '/api/metrics', ['metrics:read'], {
    cursor: true,
    filter: { 'integration.name': ['equals'], 'integration.category': ['equals'] },
    include: ['flow-triggers'],
    fields: { metric: METRIC_FIELDS, flow: FLOW_FIELDS },
  }),
  get('get_metric', '/api/metrics/:id', ['metrics:read'], {
    include: ['flow-triggers'],
    fields: { metric: METRIC_FIELDS, flow: FLOW_FIELDS },
  }),
  get('get_mapped_metrics', '/api/mapped-metrics', ['metrics:read'], MAPPED),
  get('get_mapped_metric', '/api/mapped-metrics/:id', ['metrics:read'], MAPPED),

  get('get_profiles', '/api/profiles', ['profiles:read'], {
    ...HUNDRED,
    ...ASK_PROFILE,
    include: ['conversations', 'push-tokens'],
    sort: ['created', 'email', 'id', 'updated'],
    filter: {
      id: EXACT,
      email: EXACT,
      phone_number: EXACT,
      external_id: EXACT,
      created: ['greater-than', 'less-than'],
      updated: ['greater-than', 'less-than'],
    },
  }),
  post('create_profile', '/api/profiles', ['profiles:write'], ASK_PROFILE),
  get('get_profile', '/api/profiles/:id', ['profiles:read'], {
    ...ASK_PROFILE,
    include: ['conversations', 'lists', 'push-tokens', 'segments'],
    fields: { profile: PROFILE_FIELDS, segment: SEGMENT_FIELDS },
  }),
  patch('update_profile', '/api/profiles/:id', ['profiles:write'], ASK_PROFILE),
  post('create_or_update_profile', '/api/profile-import', ['profiles:write'], ASK_PROFILE),
  post('request_profile_deletion', '/api/data-privacy-deletion-jobs', ['data-privacy:write'], {}),
  get('get_segments_for_profile', '/api/profiles/:id/segments', ['profiles:read', 'segments:read'], {
    fields: { segment: SEGMENT_FIELDS },
  }),
  get(
    'get_segment_ids_for_profile',
    '/api/profiles/:id/relationships/segments',
    ['profiles:read', 'segments:read'],
    {},
  ),

  post('bulk_import_profiles', JOBS, ['lists:write', 'profiles:write'], {
    fields: { 'profile-bulk-import-job': JOB_FIELDS },
  }),
  get('get_bulk_import_profiles_jobs', JOBS, ['lists:read', 'profiles:read'], {
    ...HUNDRED,
    filter: { status: EXACT },
    sort: ['created_at'],
    fields: { 'profile-bulk-import-job': JOB_FIELDS },
  }),
  get('get_bulk_import_profiles_job', `${JOBS}/:id`, ['lists:read', 'profiles:read'], {
    include: ['lists'],
    fields: { 'profile-bulk-import-job': JOB_FIELDS },
  }),
  get('get_errors_for_bulk_import_profiles_job', `${JOBS}/:id/import-errors`, ['profiles:read'], {
    ...HUNDRED,
    fields: { 'import-error': ERROR_FIELDS },
  }),
  get('get_profiles_for_bulk_import_profiles_job', `${JOBS}/:id/profiles`, ['profiles:read'], {
    ...HUNDRED,
    ...ASK_PROFILE,
  }),
  get('get_profile_ids_for_bulk_import_profiles_job', `${JOBS}/:id/relationships/profiles`, ['profiles:read'], HUNDRED),

  get('get_segments', '/api/segments', ['segments:read'], {
    pageSize: { normal: 10, max: 10 },
    cursor: true,
    include: ['flow-triggers', 'tags'],
    sort: ['created', 'id', 'name', 'updated'],
    fields: { segment: SEGMENT_FIELDS, tag: TAG_FIELDS, flow: FLOW_FIELDS },
    filter: {
      name: EXACT,
      id: EXACT,
      created: ['greater-than'],
      updated: ['greater-than'],
      is_active: EXACT,
      is_starred: ['equals'],
    },
  }),
  post('create_segment', '/api/segments', ['segments:write'], { fields: { segment: SEGMENT_FIELDS } }),
  get('get_segment', '/api/segments/:id', ['segments:read'], {
    include: ['flow-triggers', 'tags'],
    fields: { segment: [...SEGMENT_FIELDS, 'profile_count'], tag: TAG_FIELDS, flow: FLOW_FIELDS },
    additional: { segment: ['profile_count'] },
  }),
  patch('update_segment', '/api/segments/:id', ['segments:write'], { fields: { segment: SEGMENT_FIELDS } }),
  remove('delete_segment', '/api/segments/:id', ['segments:write']),
  get('get_profiles_for_segment', '/api/segments/:id/profiles', ['profiles:read', 'segments:read'], {
    ...MEMBERS,
    additional: ASK_PROFILE.additional,
    fields: { profile: [...PROFILE_FIELDS, 'joined_group_at'] },
  }),
  get(
    'get_profile_ids_for_segment',
    '/api/segments/:id/relationships/profiles',
    ['profiles:read', 'segments:read'],
    MEMBERS,
  ),
  get('get_flows_triggered_by_segment', '/api/segments/:id/flow-triggers', ['flows:read', 'segments:read'], {
    fields: { flow: FLOW_FIELDS },
  }),
  get(
    'get_ids_for_flows_triggered_by_segment',
    '/api/segments/:id/relationships/flow-triggers',
    ['flows:read', 'segments:read'],
    {},
  ),
  get('get_tags_for_segment', '/api/segments/:id/tags', ['segments:read', 'tags:read'], {
    fields: { tag: TAG_FIELDS },
  }),
  get('get_tag_ids_for_segment', '/api/segments/:id/relationships/tags', ['segments:read', 'tags:read'], {}),

  get('get_flows', '/api/flows', ['flows:read'], {
    pageSize: { normal: 50, max: 50 },
    cursor: true,
    sort: ['created', 'id', 'name', 'status', 'trigger_type', 'updated'],
    fields: { flow: FLOW_FIELDS },
    filter: {
      id: ['any'],
      name: TEXT,
      status: ['equals'],
      archived: ['equals'],
      created: ['equals', ...INSTANT],
      updated: ['equals', ...INSTANT],
      trigger_type: ['equals'],
    },
  }),
  get('get_tags', '/api/tags', ['tags:read'], {
    pageSize: { normal: 50, max: 50 },
    cursor: true,
    include: ['tag-group'],
    sort: ['id', 'name'],
    fields: { tag: TAG_FIELDS, 'tag-group': TAG_GROUP_FIELDS },
    filter: { name: TEXT },
  }),
  post('create_tag', '/api/tags', ['tags:read', 'tags:write'], { fields: { tag: TAG_FIELDS } }),
  get('get_tag', '/api/tags/:id', ['tags:read'], {
    include: ['tag-group'],
    fields: { tag: TAG_FIELDS, 'tag-group': TAG_GROUP_FIELDS },
  }),
  patch('update_tag', '/api/tags/:id', ['tags:read', 'tags:write'], {}),
  remove('delete_tag', '/api/tags/:id', ['tags:read', 'tags:write']),
  get('get_segment_ids_for_tag', '/api/tags/:id/relationships/segments', ['segments:read', 'tags:read'], {}),
  post('tag_segments', '/api/tags/:id/relationships/segments', WRITE_TAGS, {}),
  remove('remove_tag_from_segments', '/api/tags/:id/relationships/segments', WRITE_TAGS),
  get('get_campaign_ids_for_tag', '/api/tags/:id/relationships/campaigns', ['campaigns:read', 'tags:read'], {}),
  post('tag_campaigns', '/api/tags/:id/relationships/campaigns', ['campaigns:write', 'tags:write'], {}),

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

/** The budgets a request takes from: its operation's, and those of what it asks for besides. */
export function bucketsOf(operation: Operation, query: Query): readonly Bucket[] {
  const buckets: Bucket[] = [{ name: operation.id, limit: RATE_LIMITS[operation.id] }]
  if (query.additional.includes('predictive_analytics')) {
    buckets.push({ name: 'predictive_analytics', limit: EXTRA_LIMITS.predictiveAnalytics })
  }
  if (query.additional.includes('profile_count')) {
    buckets.push({ name: 'profile_count', limit: EXTRA_LIMITS.profileCount })
  }
  for (const name of ['lists', 'segments']) {
    if (operation.id === 'get_profile' && query.include.includes(name)) {
      buckets.push({ name: `get_profile include=${name}`, limit: EXTRA_LIMITS.profileIncludes })
    }
  }
  return buckets
}

function get(id: OperationId, path: string, scopes: readonly string[], query: QueryRules): Operation {
  return { id, method: 'GET', path, scopes, query }
}

function post(id: OperationId, path: string, scopes: readonly string[], query: QueryRules): Operation {
  return { id, method: 'POST', path, scopes, query }
}

function patch(id: OperationId, path: string, scopes: readonly string[], query: QueryRules): Operation {
  return { id, method: 'PATCH', path, scopes, query }
}

function remove(id: OperationId, path: string, scopes: readonly string[]): Operation {
  return { id, method: 'DELETE', path, scopes, query: {} }
}
