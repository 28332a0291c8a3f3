import { z } from 'zod'
import type { Answer, Call, Handler } from './answer.ts'
import { type ApiError, invalid, noSegment, refuse, toErrors } from './errors.ts'
import { MAX_TAGS, MAX_TAGS_PER_CAMPAIGN, MAX_TAGS_PER_SEGMENT, type OperationId } from './limits.ts'
import { type Listing, listPage } from './paging.ts'
import { toTagGroupResource, toTagResource } from './tag-document.ts'
import type { StoredTag } from './tag-store.ts'
import type { World } from './world.ts'

const CreateBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('tag'),
    attributes: z.strictObject({ name: z.string().min(1) }),
    relationships: z
      .strictObject({
        'tag-group': z.strictObject({ data: z.strictObject({ type: z.literal('tag-group'), id: z.string() }) }),
      })
      .optional(),
  }),
})
const UpdateBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('tag'),
    id: z.string(),
    attributes: z.strictObject({ name: z.string().min(1) }),
  }),
})
const SegmentsBody = z.strictObject({
  data: z.array(z.strictObject({ type: z.literal('segment'), id: z.string() })),
})

const CampaignsBody = z.strictObject({
  data: z.array(z.strictObject({ type: z.literal('campaign'), id: z.string() })),
})

const LISTING: Listing<StoredTag> = {
  idOf: (tag) => tag.id,
  valueOf: (tag, field) => (field === 'id' ? tag.id : tag.name),
}

/** Tags, and which segments and campaigns carry them. */
export function createTagHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const withTag = (call: Call, use: (tag: StoredTag) => Answer): Answer => {
    const tag = world.tags.get(call.params['id'] ?? '')
    return tag === undefined ? refuse(tagError(404, `Tag with id ${call.params['id']} not found`)) : use(tag)
  }
  const included = (call: Call) =>
    call.query.include.length > 0 ? { included: [toTagGroupResource(world, call)] } : {}
  const done: Answer = { status: 204, document: null }

  return {
    get_tags(call) {
      const page = listPage(world.tags.list(), call, LISTING)
      if ('status' in page) return page
      const data = page.items.map((tag) => toTagResource(tag, world, call))
      return { status: 200, document: { data, ...included(call), links: page.links } }
    },
    get_tag: (call) =>
      withTag(call, (tag) => {
        return {
          status: 200,
          document: { data: toTagResource(tag, world, call), ...included(call), links: { self: call.self } },
        }
      }),
    create_tag(call) {
      const body = CreateBody.safeParse(call.body)
      if (!body.success) return refuse(...toErrors(body.error))
      const { attributes, relationships } = body.data.data
      const groupId = relationships?.['tag-group'].data.id ?? world.tags.groupId
      if (groupId !== world.tags.groupId) return refuse(tagError(404, `Tag Group with id ${groupId} not found`))
      const tags = world.tags.list()
      if (world.settings.uniqueTagNames && tags.some(({ name }) => name === attributes.name)) {
        return refuse(tagError(409, 'A tag with this name already exists'))
      }
      if (tags.length >= MAX_TAGS) return refuse(tagError(400, `An account may have at most ${MAX_TAGS} tags`))
      const tag = world.tags.create(attributes.name)
      return { status: 201, document: { data: toTagResource(tag, world, call), links: { self: call.self } } }
    },
    update_tag: (call) =>
      withTag(call, (tag) => {
        const body = UpdateBody.safeParse(call.body)
        if (!body.success) return refuse(...toErrors(body.error))
        if (body.data.data.id !== tag.id) return refuse(invalid('id must be the id in the address.', '/data/id'))
        tag.name = body.data.data.attributes.name
        return done
      }),
    delete_tag: (call) =>
      withTag(call, (tag) => {
        world.tags.remove(tag.id)
        return done
      }),
    get_segment_ids_for_tag: (call) =>
      withTag(call, (tag) => {
        const data = [...tag.segmentIds].map((id) => ({ type: 'segment', id }))
        return { status: 200, document: { data, links: { self: call.self } } }
      }),
    tag_segments: (call) =>
      withTag(call, (tag) => {
        const ids = readSegmentIds(world, call)
        if ('status' in ids) return ids
        const full = ids.find(
          (id) => world.tags.ofSegment(id).length >= MAX_TAGS_PER_SEGMENT && !tag.segmentIds.has(id),
        )
        if (full !== undefined) {
          return refuse(tagError(400, `Segment ${full} already has ${MAX_TAGS_PER_SEGMENT} tags`))
        }
        for (const id of ids) tag.segmentIds.add(id)
        return done
      }),
    remove_tag_from_segments: (call) =>
      withTag(call, (tag) => {
        const ids = readSegmentIds(world, call)
        if ('status' in ids) return ids
        for (const id of ids) tag.segmentIds.delete(id)
        return done
      }),
    get_campaign_ids_for_tag: (call) =>
      withTag(call, (tag) => {
        const data = [...tag.campaignIds].map((id) => ({ type: 'campaign', id }))
        return { status: 200, document: { data, links: { self: call.self } } }
      }),
    tag_campaigns: (call) =>
      withTag(call, (tag) => {
        const body = CampaignsBody.safeParse(call.body)
        if (!body.success) return refuse(...toErrors(body.error))
        const ids = body.data.data.map(({ id }) => id)
        const unknown = ids.find((id) => world.campaigns.get(id) === undefined)
        if (unknown !== undefined) return refuse(tagError(404, `Campaign with id ${unknown} not found`))
        const full = ids.find(
          (id) => world.tags.ofCampaign(id).length >= MAX_TAGS_PER_CAMPAIGN && !tag.campaignIds.has(id),
        )
        if (full !== undefined) {
          return refuse(tagError(400, `Campaign ${full} already has ${MAX_TAGS_PER_CAMPAIGN} tags`))
        }
        for (const id of ids) tag.campaignIds.add(id)
        return done
      }),
  }
}

function readSegmentIds(world: World, call: Call): readonly string[] | Answer {
  const body = SegmentsBody.safeParse(call.body)
  if (!body.success) return refuse(...toErrors(body.error))
  const ids = body.data.data.map(({ id }) => id)
  const unknown = ids.find((id) => world.segments.get(id) === undefined)
  return unknown === undefined ? ids : refuse(noSegment(unknown))
}

/** Recorded: the tag service has a code of its own. */
function tagError(status: number, detail: string): ApiError {
  return { status, code: 'tag_service_error', title: 'Tag Service Error', detail }
}
