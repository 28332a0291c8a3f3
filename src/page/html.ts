/** Markup that may stand in a page as it is. */
export interface Html {
  readonly html: string
}

/** What a template takes: text is escaped, markup is not, lists are joined, and what is absent leaves nothing. */
export type Part = Html | string | number | null | undefined | false | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** A template of markup. Attributes have to be quoted: escaping cannot save an unquoted one. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: markup.reduce((text, piece, index) => text + toMarkup(parts[index - 1]) + piece) }
}

/** Data for browser code, in an element that no browser runs; read back with `JSON.parse` of its text. */
export function dataElement(id: string, data: unknown): Html {
  // Inside a script element nothing is unescaped, so what could end it is written as JSON's own escape.
  const text = JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return { html: `<script type="application/json" id="${escapeHtml(id)}">${text}</script>` }
}

function toMarkup(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escapeHtml(part)
  return 'html' in part ? part.html : part.map(toMarkup).join('')
}
