/** What may be asked of a profile. */
export const PROFILE_FIELDS = [
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
/** What may be asked of a segment. */
export const SEGMENT_FIELDS = [
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
/** What may be asked of an import job. */
export const JOB_FIELDS = [
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
/** What may be asked of an account. */
export const ACCOUNT_FIELDS = [
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
/** What may be asked of a flow. */
export const FLOW_FIELDS = ['archived', 'created', 'id', 'name', 'status', 'trigger_type', 'updated']
/** What may be asked of a metric. */
export const METRIC_FIELDS = ['created', 'id', 'integration', 'name', 'updated']
/** What may be asked of an error of an import. */
export const ERROR_FIELDS = ['code', 'detail', 'id', 'original_payload', 'source', 'source.pointer', 'title']
/** What may be asked of a template. */
export const TEMPLATE_FIELDS = ['amp', 'created', 'editor_type', 'html', 'id', 'name', 'text', 'updated']
/** What may be asked of a campaign. */
export const CAMPAIGN_FIELDS = [
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
/** What may be asked of a message of a campaign. */
export const MESSAGE_FIELDS = ['created_at', 'definition', 'definition.content', 'id', 'send_times', 'updated_at']
/** What may be asked of a tag. */
export const TAG_FIELDS = ['id', 'name']
/** What may be asked of a group of tags. */
export const TAG_GROUP_FIELDS = ['default', 'exclusive', 'id', 'name']
