import { TAG_FIELDS, TAG_GROUP_FIELDS } from './field-names.ts'
import { TEXT } from './list-rules.ts'
import { get, type Operation, patch, post, remove } from './operation.ts'

const WRITE_TAGS = ['segments:write', 'tags:write']

/** Of tags, and of what carries them. */
export const TAG_OPERATIONS: readonly Operation[] = [
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
]
