import { PROFILE_FIELDS, SEGMENT_FIELDS } from './field-names.ts'
import { EXACT, HUNDRED } from './list-rules.ts'
import { get, type Operation, patch, post } from './operation.ts'

/** What may be asked of profiles wherever they are answered. */
export const ASK_PROFILE = {
  fields: { profile: PROFILE_FIELDS },
  additional: { profile: ['subscriptions', 'predictive_analytics'] },
}
/** Of profiles, one by one or listed. */
export const PROFILE_OPERATIONS: readonly Operation[] = [
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
]
