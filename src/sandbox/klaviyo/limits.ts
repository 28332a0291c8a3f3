/** How many requests an operation allows in a second, in a minute and, for some, in a day. */
export interface RateLimit {
  readonly burst: number
  readonly steady: number
  readonly daily?: number
}

const XS: RateLimit = { burst: 1, steady: 15 }
const S: RateLimit = { burst: 3, steady: 60 }
const M: RateLimit = { burst: 10, steady: 150 }
const L: RateLimit = { burst: 75, steady: 750 }
const SEGMENT_WRITE: RateLimit = { ...XS, daily: 100 }

/** `x-klaviyo-ratelimit` of each operation in Klaviyo's own document, revision 2026-07-15, by its operation id. */
export const RATE_LIMITS = {
  get_accounts: XS,
  get_account: XS,
  get_metrics: M,
  get_metric: M,
  get_mapped_metrics: S,
  get_mapped_metric: S,
  get_profiles: L,
  create_profile: L,
  get_profile: L,
  update_profile: L,
  create_or_update_profile: L,
  request_profile_deletion: S,
  get_segments_for_profile: S,
  get_segment_ids_for_profile: S,
  bulk_import_profiles: M,
  get_bulk_import_profiles_jobs: M,
  get_bulk_import_profiles_job: M,
  get_errors_for_bulk_import_profiles_job: M,
  get_profiles_for_bulk_import_profiles_job: M,
  get_profile_ids_for_bulk_import_profiles_job: M,
  get_segments: L,
  create_segment: SEGMENT_WRITE,
  get_segment: L,
  update_segment: SEGMENT_WRITE,
  delete_segment: S,
  get_profiles_for_segment: L,
  get_profile_ids_for_segment: L,
  get_flows: S,
  get_flows_triggered_by_segment: S,
  get_ids_for_flows_triggered_by_segment: S,
  get_tags_for_segment: S,
  get_tag_ids_for_segment: S,
  get_tags: S,
  create_tag: S,
  get_tag: S,
  update_tag: S,
  delete_tag: S,
  get_segment_ids_for_tag: S,
  tag_segments: S,
  remove_tag_from_segments: S,
  get_templates: L,
  create_template: L,
  get_template: L,
  get_campaigns: M,
  create_campaign: M,
  get_campaign: M,
  get_messages_for_campaign: M,
  assign_template_to_campaign_message: M,
  get_campaign_ids_for_tag: S,
  tag_campaigns: S,
} as const satisfies Record<string, RateLimit>

/** An operation the sandbox knows, by the name Klaviyo's document gives it. */
export type OperationId = keyof typeof RATE_LIMITS

/** Buckets that a parameter takes from besides the operation's own: `additional-fields` globally, `include` per operation. */
export const EXTRA_LIMITS = {
  /** `additional-fields[profile]=predictive_analytics`, one bucket for all operations. */
  predictiveAnalytics: M,
  /** `additional-fields[segment]=profile_count`. */
  profileCount: XS,
  /** `include=lists` or `include=segments` on one profile. */
  profileIncludes: XS,
} as const satisfies Record<string, RateLimit>

/** Largest request after decompression. Klaviyo writes 5 MB; the smaller reading. */
export const MAX_BODY_BYTES = 5_000_000
/** Largest single profile. Klaviyo writes 100 KB; the smaller reading. */
export const MAX_PROFILE_BYTES = 100_000
export const MAX_PROFILES_PER_JOB = 10_000
export const MAX_PROCESSING_SEGMENTS = 5
export const MAX_CONDITIONS = 100
export const MAX_TAGS = 500
export const MAX_TAGS_PER_SEGMENT = 100
export const MAX_TAGS_PER_CAMPAIGN = 100
/** Beyond these, creating through the API fails. */
export const MAX_TEMPLATES = 1_000
/** An import job and its errors can be read for this long (recorded: created + 7 days). */
export const JOB_LIFE_MS = 7 * 86_400_000
