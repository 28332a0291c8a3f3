import type { Distribution } from '../../core/numbers/distribution.ts'
import { BANDS, type Band, FIGURES, toBandTexts } from '../browser/band-texts.ts'
import type { Thresholds } from '../browser/keep-apart.ts'
import { splitBands } from '../browser/split-bands.ts'
import { fillTemplate } from '../browser/template.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import type { Voice } from '../view.ts'
import { renderShares } from './band-shares.ts'

/** What two borders make of the customers: their shares as two lines, and a table with a column for each band. */
export function renderBandFigures(voice: Voice, { cells }: Distribution, { lowMinor, highMinor }: Thresholds): Html {
  const { words, formats } = voice
  const says = words.thresholds
  const bands = splitBands(cells, lowMinor, highMinor)
  const texts = toBandTexts(bands, formats)
  const prices = { low: formats.price(lowMinor), high: formats.price(highMinor) }
  const cell = (band: Band, figure: string, text: string) =>
    html`<span data-band="${band}" data-figure="${figure}">${text}</span>`
  return html`${renderShares(voice, bands)}
<div class="band-figures">${renderTable(
    says.figures.title,
    [
      { title: html`<span class="hidden">${says.figures.title}</span>` },
      ...BANDS.map((band) => ({
        title: html`<span class="band-key ${band}">${says.bands[band]}</span>`,
        isNumber: true as const,
      })),
    ],
    [
      [
        says.figures.range,
        ...BANDS.map((band) => cell(band, 'range', fillTemplate(rangeTemplates(voice)[band], prices))),
      ],
      ...FIGURES.map((figure) => [
        says.figures[figure],
        ...BANDS.map((band) => cell(band, figure, texts[band][figure])),
      ]),
    ],
  )}</div>`
}

/** From where to where each band reaches, with gaps `{low}` and `{high}` for the borders. */
export function rangeTemplates({ words }: Voice): Readonly<Record<Band, string>> {
  const { below, between, above } = words.thresholds
  return { low: below('{low}'), mid: between('{low}', '{high}'), high: above('{high}') }
}
