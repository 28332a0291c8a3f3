import { type Html, html, type Part } from './html.ts'

/** A column; numbers stand on the right, under each other. */
export interface Column {
  readonly title: Part
  readonly isNumber?: true
}

/** A table that scrolls by itself where the screen is narrower. The first cell of a row is its heading. */
export function renderTable(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const numeric = (index: number) => columns[index]?.isNumber === true && html` class="number"`
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table>
<caption class="hidden">${caption}</caption>
<thead><tr>${columns.map(({ title }, index) => html`<th scope="col"${numeric(index)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, index) =>
        index === 0 ? html`<th scope="row"${numeric(0)}>${cell}</th>` : html`<td${numeric(index)}>${cell}</td>`,
      )}</tr>
`,
  )}</tbody></table></div>`
}
