import { type Call, pickFields, toRelationship } from './answer.ts'
import type { StoredTag } from './tag-store.ts'
import type { World } from './world.ts'

/** A tag as a JSON:API resource. */
export function toTagResource(tag: StoredTag, world: World, call: Call): object {
  const relate = (name: string) => toRelationship(call.origin, 'tags', tag.id, name)
  const group = { type: 'tag-group', id: world.tags.groupId }
  return {
    type: 'tag',
    id: tag.id,
    attributes: pickFields({ name: tag.name }, call.query.fields['tag']),
    relationships: {
      'tag-group': toRelationship(call.origin, 'tags', tag.id, 'tag-group', group),
      lists: relate('lists'),
      segments: relate('segments'),
      campaigns: relate('campaigns'),
      flows: relate('flows'),
    },
    links: { self: `${call.origin}/api/tags/${tag.id}/` },
  }
}

/** The default tag group, the only one there is. */
export function toTagGroupResource(world: World, call: Call): object {
  const id = world.tags.groupId
  return {
    type: 'tag-group',
    id,
    attributes: pickFields({ name: 'Ungrouped Tags', exclusive: false, default: true }, call.query.fields['tag-group']),
    relationships: { tags: toRelationship(call.origin, 'tag-groups', id, 'tags') },
    links: { self: `${call.origin}/api/tag-groups/${id}/` },
  }
}
