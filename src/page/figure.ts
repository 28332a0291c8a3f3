import { dataElement, type Html, html } from './html.ts'
import type { Voice } from './view.ts'

/** A chart that browser code draws, and what is said of it. */
export interface Figure {
  /** Of the figure; the data is beside it. */
  readonly id: string
  /** What there is to be seen, for who cannot see it. */
  readonly label: string
  readonly legend: Html
  readonly data: unknown
  /** The same numbers. */
  readonly table: Html
  /** Null where nobody can be asked for it, as in a report. */
  readonly csvUrl: string | null
}

/** A chart with its legend, its table and its download. Without a script the table is what there is. */
export function renderFigure({ words }: Voice, { id, label, legend, data, table, csvUrl }: Figure): Html {
  return html`<figure class="chart" id="${id}" data-chart="${id}" data-source="${id}-data">
<figcaption class="legend">${legend}</figcaption>
<div class="plot-area"><div class="plot" role="img" aria-label="${label}" hidden></div></div>
</figure>
${dataElement(`${id}-data`, data)}
<div class="beside"><details><summary>${words.table}</summary>${table}</details>${csvUrl !== null && html`<a href="${csvUrl}" download>${words.download}</a>`}</div>`
}
