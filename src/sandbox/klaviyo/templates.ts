import { z } from 'zod'
import { type Call, type Handler, pickFields } from './answer.ts'
import { toWireInstant } from './clock.ts'
import { invalid, notFound, refuse, toErrors } from './errors.ts'
import { MAX_TEMPLATES, type OperationId } from './limits.ts'
import { type Listing, listPage } from './paging.ts'
import type { StoredTemplate } from './template-store.ts'
import type { World } from './world.ts'

/** Templates drawn in Klaviyo's own editor have a grammar of their own, which is not played. */
const CreateBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('template'),
    attributes: z.strictObject({
      name: z.string().min(1),
      editor_type: z.enum(['CODE', 'USER_DRAGGABLE']),
      html: z.string(),
      text: z.string().nullable().optional(),
    }),
  }),
})

const LISTING: Listing<StoredTemplate> = {
  idOf: (template) => template.id,
  valueOf(template, field) {
    if (field === 'created' || field === 'updated') return Date.parse(toWireInstant(template.createdAtMs))
    return field === 'id' ? template.id : template.name
  },
}

/** Templates of e-mails, which are stored as they come and never rendered. */
export function createTemplateHandlers(world: World): Partial<Record<OperationId, Handler>> {
  return {
    get_templates(call) {
      const page = listPage(world.templates.list(), call, LISTING)
      if ('status' in page) return page
      return {
        status: 200,
        document: { data: page.items.map((template) => toTemplateResource(template, call)), links: page.links },
      }
    },
    get_template(call) {
      const template = world.templates.get(call.params['id'] ?? '')
      if (template === undefined) return refuse(notFound(`A template with id ${call.params['id']} does not exist.`))
      return { status: 200, document: { data: toTemplateResource(template, call), links: { self: call.self } } }
    },
    create_template(call) {
      const body = CreateBody.safeParse(call.body)
      if (!body.success) return refuse(...toErrors(body.error))
      if (world.templates.list().length >= MAX_TEMPLATES) {
        return refuse(invalid(`An account may have at most ${MAX_TEMPLATES} templates.`))
      }
      const { name, editor_type, html, text } = body.data.data.attributes
      const template = world.templates.create({
        name,
        editorType: editor_type,
        html,
        text: text ?? null,
        createdAtMs: world.clock.now(),
        isReusable: true,
      })
      return { status: 201, document: { data: toTemplateResource(template, call), links: { self: call.self } } }
    },
  }
}

/** A template as a JSON:API resource. */
export function toTemplateResource(template: StoredTemplate, call: Call): object {
  const at = toWireInstant(template.createdAtMs)
  const { name, editorType: editor_type, html, text } = template
  const attributes = { name, editor_type, html, text, amp: null, created: at, updated: at }
  return {
    type: 'template',
    id: template.id,
    attributes: pickFields(attributes, call.query.fields['template']),
    links: { self: `${call.origin}/api/templates/${template.id}/` },
  }
}
