import { renderBehind } from './behind.ts'
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
  /** The chart as the server draws it: for paper, and where no script runs. */
  readonly still: Html
  /** The same numbers, and where they are to be had as a file; null where they stand elsewhere, as in a report. */
  readonly behind: { readonly table: Html; readonly csvUrl: string } | null
}

/** A chart with its legend, its table and its download. */
export function renderFigure(voice: Voice, { id, label, legend, data, still, behind }: Figure): Html {
  return html`<figure class="chart" id="${id}" data-chart="${id}" data-source="${id}-data">
<figcaption class="legend">${legend}</figcaption>
<div class="plot-area"><div class="plot" role="img" aria-label="${label}" hidden></div></div>
<div class="still" role="img" aria-label="${label}">${still}</div>
</figure>
${dataElement(`${id}-data`, data)}
${behind !== null && renderBehind(voice, behind.table, behind.csvUrl)}`
}
