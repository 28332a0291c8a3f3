import { bandsLine, type PresentBands, segmentsYaml, toBandsYaml } from '../browser/bands-yaml.ts'
import type { Thresholds } from '../browser/keep-apart.ts'
import { toPriceText } from '../browser/price-text.ts'
import type { Bands } from '../browser/split-bands.ts'
import { NOTHING } from '../formats.ts'
import { type Html, html } from '../html.ts'
import type { View } from '../view.ts'

/**
 * What to write into the configuration for the lines to be the bands, in place of what is there. `today`: where the bands part
 * now, minor units; null: they do not yet.
 */
export function renderBandsOffer(
  view: View,
  present: PresentBands,
  today: readonly [number, number] | null,
  { lowMinor, highMinor }: Thresholds,
  bands: Bands,
): Html {
  const { words, formats, account } = view
  const says = words.thresholds.yaml
  const toText = (minor: number) => toPriceText(minor, formats.browser.decimals)
  const { fixed, following } = toBandsYaml(present, toText(lowMinor), toText(highMinor), bands)
  const { at, isNested, isFollowing, hasSegments, hasFamily, ownSegments } = present
  const line = at === null ? '' : bandsLine(isNested, at)
  const [low, high] = today ?? [null, null]
  const price = (minor: number | null) => (minor === null ? NOTHING : formats.price(minor))
  const lead = at === null ? says.add : isFollowing ? says.fix(line, price(low), price(high)) : says.replace(line)
  const needsSegments = !hasFamily && ownSegments.length === 0 && (at !== null || hasSegments)
  return html`<section aria-labelledby="yaml-title">
<h2 id="yaml-title">${says.title}</h2>
<p class="soft">${says.intro(account.key)}</p>
<p id="yaml-same"${fixed !== null && html` hidden`}>${says.same}</p>
<div id="yaml-fixed"${fixed === null && html` hidden`}><p>${lead}</p>
${renderLines('bands-yaml', fixed ?? '')}${hasFamily && html`<p>${says.family}</p>`}</div>
${
  isFollowing &&
  html`<div id="yaml-following"${following === null && html` hidden`}><p>${says.follow}</p>
${renderLines('bands-following', following ?? '')}</div>`
}
${
  needsSegments &&
  html`<p>${hasSegments ? says.addEntry : says.addSegments}</p>
${renderLines('bands-segments', segmentsYaml(hasSegments))}`
}
${ownSegments.length > 0 && html`<p>${says.ownSegments(ownSegments.map(words.quoted).join(', '))}</p>`}
<p><span class="soft" id="copied" role="status" data-text="${says.copied}"></span></p>
</section>`

  function renderLines(id: string, lines: string): Html {
    return html`<pre class="scroll" tabindex="0" role="group" aria-labelledby="yaml-title"><code id="${id}">${lines}</code></pre>
<p><button type="button" data-copy="${id}" hidden>${says.copy}</button></p>`
  }
}
