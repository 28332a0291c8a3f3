import { type Call, pickFields, toRelationship } from './answer.ts'
import { toWireInstant } from './clock.ts'
import type { StoredFlow, StoredSegment } from './segment-store.ts'
import { toTagResource } from './tag-document.ts'
import type { World } from './world.ts'

/** A segment as a JSON:API resource; with `profile_count` only where the call asks for it. */
export function toSegmentResource(world: World, segment: StoredSegment, call: Call): object {
  const attributes: Record<string, unknown> = {
    name: segment.name,
    definition: segment.definition,
    created: toWireInstant(segment.createdAtMs),
    updated: toWireInstant(segment.updatedAtMs),
    is_active: segment.isActive,
    is_processing: world.segments.isProcessing(segment),
    is_starred: segment.isStarred,
  }
  if (call.query.additional.includes('profile_count')) attributes['profile_count'] = segment.members.size
  const fields = call.query.fields['segment']
  const { include } = call.query
  const tags = world.tags.ofSegment(segment.id).map(({ id }) => ({ type: 'tag', id }))
  const flows = segment.flows.map(({ id }) => ({ type: 'flow', id }))
  const relate = (name: string, data: object[]) =>
    toRelationship(call.origin, 'segments', segment.id, name, include.includes(name) ? data : undefined)
  const resource = {
    type: 'segment',
    id: segment.id,
    attributes: pickFields(attributes, fields),
    links: { self: `${call.origin}/api/segments/${segment.id}/` },
  }
  // Sparse fieldsets drop relationships, except those that the call includes.
  if (fields !== undefined && include.length === 0) return resource
  const relationships = {
    profiles: toRelationship(call.origin, 'segments', segment.id, 'profiles'),
    tags: relate('tags', tags),
    'flow-triggers': relate('flow-triggers', flows),
  }
  return { ...resource, relationships }
}

/** What `include=tags,flow-triggers` brings along, each resource once. */
export function toIncluded(world: World, segments: readonly StoredSegment[], call: Call): object[] {
  const { include } = call.query
  const tags = include.includes('tags') ? segments.flatMap(({ id }) => world.tags.ofSegment(id)) : []
  const flows = include.includes('flow-triggers') ? segments.flatMap((segment) => segment.flows) : []
  return [
    ...[...new Set(tags)].map((tag) => toTagResource(tag, world, call)),
    ...[...new Set(flows)].map((flow) => toFlowResource(flow, call)),
  ]
}

/** What every flow here starts from, in Klaviyo's words. */
export const FLOW_TRIGGER = 'Added to List'

/** A flow as a JSON:API resource. */
export function toFlowResource(flow: StoredFlow, call: Call): object {
  const attributes = {
    name: flow.name,
    status: flow.status,
    archived: false,
    created: toWireInstant(flow.createdAtMs),
    updated: toWireInstant(flow.createdAtMs),
    trigger_type: FLOW_TRIGGER,
  }
  return {
    type: 'flow',
    id: flow.id,
    attributes: pickFields(attributes, call.query.fields['flow']),
    relationships: {
      'flow-actions': toRelationship(call.origin, 'flows', flow.id, 'flow-actions'),
      tags: toRelationship(call.origin, 'flows', flow.id, 'tags'),
    },
    links: { self: `${call.origin}/api/flows/${flow.id}/` },
  }
}
