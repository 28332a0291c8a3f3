import { type Html, html } from './html.ts'
import type { Voice } from './view.ts'

/** What a chart is drawn from: the table folded up, and the way to the same as a file. */
export function renderBehind({ words }: Voice, table: Html, csvUrl: string): Html {
  return html`<div class="beside"><details><summary>${words.table}</summary>${table}</details><a href="${csvUrl}" download>${words.download}</a></div>`
}
