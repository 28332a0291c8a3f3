import { type Html, html } from './html.ts'
import type { View } from './view.ts'

/** What Scontrino keeps in Klaviyo, and the way to the plan. */
export function renderSegments(view: View): Html {
  const { words } = view
  return html`<p class="lead">${words.segments.intro}</p>
<form method="get" action="/segments/plan">
${view.accounts.length > 1 && html`<input type="hidden" name="account" value="${view.account.key}">`}
<p class="soft" id="look-hint">${words.segments.lookHint}</p>
<button class="main" aria-describedby="look-hint">${words.segments.look}</button>
</form>`
}
