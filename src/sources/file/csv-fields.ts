/** What one piece of CSV text came to. `fields` are those that are complete. */
export interface FieldScan {
  readonly outcome: 'complete' | 'open' | 'malformed'
  readonly fields: string[]
  /** Outcome `open`: the quoted field so far, still waiting for its closing quote. */
  readonly partial: string
}

/**
 * Cuts one physical line (no line feed; a carriage return at its end is dropped) into fields, RFC 4180 quoting. A quote
 * inside an unquoted field is text (`5" pipe`); text behind a closing quote is malformed. With `open`, goes on inside
 * the quoted field that an earlier line left open.
 */
export function scanFields(line: string, delimiter: string, open?: FieldScan): FieldScan {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  const fields = open?.fields ?? []
  if (open === undefined && !text.includes('"')) {
    return { outcome: 'complete', fields: text.split(delimiter), partial: '' }
  }
  let at = 0
  let quoted: string | null = open === undefined ? null : `${open.partial}\n`
  for (;;) {
    if (quoted === null) {
      if (text.charCodeAt(at) === 0x22) {
        quoted = ''
        at++
        continue
      }
      const next = text.indexOf(delimiter, at)
      fields.push(next < 0 ? text.slice(at) : text.slice(at, next))
      if (next < 0) return { outcome: 'complete', fields, partial: '' }
      at = next + 1
      continue
    }
    const quote = text.indexOf('"', at)
    if (quote < 0) return { outcome: 'open', fields, partial: quoted + line.slice(at) }
    quoted += text.slice(at, quote)
    at = quote + 1
    if (text.charCodeAt(at) === 0x22) {
      quoted += '"'
      at++
      continue
    }
    if (at < text.length && text[at] !== delimiter) return { outcome: 'malformed', fields, partial: '' }
    fields.push(quoted)
    if (at === text.length) return { outcome: 'complete', fields, partial: '' }
    quoted = null
    at++
  }
}
