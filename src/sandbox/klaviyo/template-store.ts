import { randomId } from './random-id.ts'

/** A template of an e-mail. Instants in milliseconds. */
export interface StoredTemplate {
  readonly id: string
  readonly name: string
  readonly editorType: string
  readonly html: string
  readonly text: string | null
  readonly createdAtMs: number
  /** False: a message's own copy, which the list of templates leaves out. */
  readonly isReusable: boolean
}

/** All templates, copies included. */
export interface TemplateStore {
  create(template: Omit<StoredTemplate, 'id'>): StoredTemplate
  get(id: string): StoredTemplate | undefined
  /** Those that can be used again, in the order of their creation. */
  list(): readonly StoredTemplate[]
}

/** No templates yet. */
export function createTemplateStore(): TemplateStore {
  const templates = new Map<string, StoredTemplate>()
  return {
    create(template) {
      const stored = { ...template, id: randomId() }
      templates.set(stored.id, stored)
      return stored
    },
    get: (id) => templates.get(id),
    list: () => [...templates.values()].filter(({ isReusable }) => isReusable),
  }
}
