import { escapeHtml } from '../../page/html.ts'
import type { DocumentedSchema } from './api-document.ts'

/** The members of an object as a list, nested ones by dotted names; empty for what is no object. */
export function renderMembers(schema: DocumentedSchema): string {
  const rows = membersOf(schema, '').map(
    ({ name, member, required }) =>
      `<div><dt><code>${escapeHtml(name)}</code> <small>${escapeHtml(typeOf(member))}${required ? '' : ', optional'}</small></dt>` +
      `<dd>${escapeHtml(member.description ?? '')}</dd></div>`,
  )
  return rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`
}

/** What a value may be, in words: `a text`, `waiting | active`, `a list`. */
export function typeOf(schema: DocumentedSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ')
  const types = [schema.type ?? 'any'].flat().map((type) => WORDS[type] ?? type)
  const format = schema.format === undefined ? '' : ` (${schema.format})`
  const fallback = schema.default === undefined ? '' : `, else ${JSON.stringify(schema.default)}`
  return `${types.join(' or ')}${format}${fallback}`
}

const WORDS: Readonly<Record<string, string>> = {
  any: 'anything',
  array: 'list',
  boolean: 'true or false',
  integer: 'whole number',
  object: 'object',
  string: 'text',
}

interface Member {
  readonly name: string
  readonly member: DocumentedSchema
  readonly required: boolean
}

function membersOf(schema: DocumentedSchema, prefix: string): Member[] {
  const inner = schema.anyOf?.find(({ properties }) => properties !== undefined) ?? schema
  const { properties = {}, required = [] } = inner
  return Object.entries(properties).flatMap(([key, member]) => {
    const name = `${prefix}${key}`
    const nested = member.items === undefined ? membersOf(member, `${name}.`) : membersOf(member.items, `${name}[].`)
    return [{ name, member, required: required.includes(key) }, ...nested]
  })
}
