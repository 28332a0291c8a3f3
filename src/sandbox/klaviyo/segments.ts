import { z } from 'zod'
import type { Answer, Call, Handler } from './answer.ts'
import { type ApiError, invalid, noSegment, refuse, toErrors } from './errors.ts'
import type { OperationId } from './limits.ts'
import { type Listing, listPage } from './paging.ts'
import { parseDefinition, type SegmentDefinition } from './segment-definition.ts'
import { toFlowResource, toIncluded, toSegmentResource } from './segment-document.ts'
import type { StoredSegment } from './segment-store.ts'
import { toTagResource } from './tag-document.ts'
import type { World } from './world.ts'

const Starred = z.boolean().nullable().optional()
const CreateBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('segment'),
    attributes: z.strictObject({ name: z.string().min(1), definition: z.unknown().optional(), is_starred: Starred }),
  }),
})
const UpdateBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('segment'),
    id: z.string(),
    attributes: z.strictObject({
      name: z.string().min(1).nullable().optional(),
      definition: z.unknown().optional(),
      is_starred: Starred,
      is_active: z.boolean().nullable().optional(),
    }),
  }),
})

const LISTING: Listing<StoredSegment> = {
  idOf: (segment) => segment.id,
  // Recorded: the filter is accepted and not applied.
  skipFilters: ['is_starred'],
  valueOf(segment, field) {
    if (field === 'created') return segment.createdAtMs
    if (field === 'updated') return segment.updatedAtMs
    if (field === 'is_active') return segment.isActive
    return field === 'id' ? segment.id : segment.name
  },
}

/** Segments themselves; their members are in `segment-members.ts`. */
export function createSegmentHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const withSegment = (call: Call, use: (segment: StoredSegment) => Answer): Answer => {
    const segment = world.segments.get(call.params['id'] ?? '')
    return segment === undefined ? refuse(noSegment(call.params['id'])) : use(segment)
  }
  const answerWith = (status: number, segment: StoredSegment, call: Call): Answer => ({
    status,
    document: { data: toSegmentResource(world, segment, call), links: { self: call.self } },
  })
  const answerList = (data: readonly object[], call: Call): Answer => ({
    status: 200,
    document: { data, links: { self: call.self } },
  })

  return {
    get_segments(call) {
      const page = listPage(world.segments.list(), call, LISTING)
      if ('status' in page) return page
      const data = page.items.map((segment) => toSegmentResource(world, segment, call))
      const included = call.query.include.length > 0 ? { included: toIncluded(world, page.items, call) } : {}
      return { status: 200, document: { data, ...included, links: page.links } }
    },
    get_segment: (call) =>
      withSegment(call, (segment) => {
        const answer = answerWith(200, segment, call)
        if (call.query.include.length === 0) return answer
        return { status: 200, document: { ...answer.document, included: toIncluded(world, [segment], call) } }
      }),
    create_segment(call) {
      const body = CreateBody.safeParse(call.body)
      if (!body.success) return refuse(...toErrors(body.error))
      const { name, definition: given, is_starred } = body.data.data.attributes
      const definition = parseDefinition(given)
      if (!isDefinition(definition)) return refuse(...definition)
      return answerWith(201, world.segments.create(name, definition, is_starred ?? false), call)
    },
    update_segment: (call) =>
      withSegment(call, (segment) => {
        const body = UpdateBody.safeParse(call.body)
        if (!body.success) return refuse(...toErrors(body.error))
        if (body.data.data.id !== segment.id) return refuse(invalid('id must be the id in the address.', '/data/id'))
        const { attributes } = body.data.data
        if (attributes.is_active === false && Object.keys(attributes).length > 1) {
          const detail = 'is_active must be the only attribute in the request body when it is false.'
          return refuse(invalid(detail, '/data/attributes/is_active'))
        }
        const definition = attributes.definition === undefined ? null : parseDefinition(attributes.definition)
        if (definition !== null && !isDefinition(definition)) return refuse(...definition)
        segment.name = attributes.name ?? segment.name
        segment.isStarred = attributes.is_starred ?? segment.isStarred
        segment.updatedAtMs = world.clock.now()
        const revived = attributes.is_active === true && !segment.isActive
        segment.isActive = attributes.is_active ?? segment.isActive
        if (definition !== null || revived) world.segments.redefine(segment, definition ?? segment.definition)
        return answerWith(200, segment, call)
      }),
    delete_segment: (call) =>
      withSegment(call, ({ id }) => {
        world.segments.remove(id)
        world.tags.forgetSegment(id)
        return { status: 204, document: null }
      }),
    get_flows_triggered_by_segment: (call) =>
      withSegment(call, ({ flows }) =>
        answerList(
          flows.map((flow) => toFlowResource(flow, call)),
          call,
        ),
      ),
    get_ids_for_flows_triggered_by_segment: (call) =>
      withSegment(call, ({ flows }) =>
        answerList(
          flows.map(({ id }) => ({ type: 'flow', id })),
          call,
        ),
      ),
    get_tags_for_segment: (call) =>
      withSegment(call, ({ id }) =>
        answerList(
          world.tags.ofSegment(id).map((tag) => toTagResource(tag, world, call)),
          call,
        ),
      ),
    get_tag_ids_for_segment: (call) =>
      withSegment(call, (segment) =>
        answerList(
          world.tags.ofSegment(segment.id).map(({ id }) => ({ type: 'tag', id })),
          call,
        ),
      ),
  }
}

function isDefinition(parsed: SegmentDefinition | readonly ApiError[]): parsed is SegmentDefinition {
  return !Array.isArray(parsed)
}
