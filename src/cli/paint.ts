import { styleText } from 'node:util'
import type { Terminal } from './context.ts'

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red'

/** Colours a text where the stream shows colours, else leaves it alone. */
export type Paint = (style: Style, text: string) => string

/** Node decides: a terminal, its abilities, and `NO_COLOR`. */
export function createPaint(stream: Terminal): Paint {
  return (style, text) => (text === '' ? '' : styleText(style, text, { stream }))
}
