import { BANDS, toShares } from '../browser/band-texts.ts'
import type { Bands } from '../browser/split-bands.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'

/** Two lines of the same length, parted by band: how many customers, and how much of the revenue is theirs. */
export function renderShares({ words }: Voice, bands: Bands): Html {
  const line = (of: 'customers' | 'revenueMinor', title: string) => {
    const shares = toShares(bands, of)
    let left = 0
    return html`<div class="share"><span>${title}</span><svg width="100%" height="14" aria-hidden="true" focusable="false">${BANDS.map(
      (band) => {
        const width = 100 * Math.max(0, shares[band] ?? 0)
        const x = left
        left += width
        return html`<rect class="band ${band}" data-share="${of}" data-band="${band}" x="${x.toFixed(3)}%" width="${width.toFixed(3)}%" height="14"/>`
      },
    )}</svg></div>`
  }
  return html`<div class="shares">${line('customers', words.thresholds.shares.customers)}${line('revenueMinor', words.thresholds.shares.revenue)}</div>`
}
