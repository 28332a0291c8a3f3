import type { Paint, Style } from '../paint.ts'

/** Text, or text in a style. What is in it cannot steer the terminal: control characters are shown as `�`. */
export type Cell = string | { readonly text: string; readonly style: Style }

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

const GAP = '  '
const graphemes = new Intl.Segmenter()
const WIDE = /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})/u

/** Columns as wide as their content, titles on top unless all are empty. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], paint: Paint): string {
  const head = columns.map(({ title }) => ({ text: title, style: 'dim' as const }))
  const lines = columns.every(({ title }) => title === '') ? rows : [head, ...rows]
  const widths = columns.map((_, index) => Math.max(0, ...lines.map((cells) => displayWidth(textOf(cells[index])))))
  return lines
    .map((cells) =>
      columns
        .map((column, index) => {
          const cell = cells[index]
          const text = textOf(cell)
          const padding = ' '.repeat((widths[index] ?? 0) - displayWidth(text))
          const painted = typeof cell === 'object' ? paint(cell.style, text) : text
          return column.align === 'right' ? padding + painted : painted + padding
        })
        .join(GAP)
        .trimEnd(),
    )
    .join('\n')
}

/** Text of others, made harmless for a terminal. */
export function toPlainText(text: string): string {
  return text.replace(/\p{Cc}/gu, '�')
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  return toPlainText(typeof cell === 'string' ? cell : cell.text)
}

/** Columns a text takes on a terminal. */
function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1
  return width
}
