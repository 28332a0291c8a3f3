import { FLOW_FIELDS, PROFILE_FIELDS, SEGMENT_FIELDS, TAG_FIELDS } from './field-names.ts'
import { EXACT, HUNDRED, INSTANT } from './list-rules.ts'
import { get, type Operation, patch, post, remove } from './operation.ts'
import { ASK_PROFILE } from './profile-operations.ts'

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

/** Of segments, and of who and what hangs on them. */
export const SEGMENT_OPERATIONS: readonly Operation[] = [
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
]
