import type { CustomerExplanation, Explanation } from '../../core/explanation/explanation.ts'
import { type Html, html } from '../html.ts'
import { urlOf } from '../link.ts'
import type { View, Voice } from '../view.ts'
import { renderExplainedOrders, renderExplainedRefunds } from './customer-orders.ts'
import { renderExplainedProfiles } from './customer-profiles.ts'
import { renderExplainedSegments } from './customer-segments.ts'
import { renderExplainedSums } from './customer-sums.ts'

/** The form that asks for an address, and the answer where there is one. `problem`: why there is none. */
export function renderCustomer(
  view: View,
  asked: { readonly email: string; readonly problem: string | null } | null,
  explanation: Explanation | null,
): Html {
  const { words } = view
  const says = words.customer
  const problem = asked?.problem ?? null
  return html`<p class="lead">${says.lead}</p>
<form method="post" action="${urlOf(view, '/customer')}">
<input type="hidden" name="form" value="${view.formToken}">
<label for="email">${says.email}</label>
<input id="email" name="email" type="email" autocomplete="off" required value="${asked?.email ?? ''}" aria-describedby="email-hint"${problem !== null && html` aria-invalid="true"`}>
<p class="soft" id="email-hint">${says.hint}</p>
<button class="main">${says.submit}</button>
</form>
${problem !== null && html`<p class="notice problem" role="alert">${problem}</p>`}
${explanation?.kind === 'forgotten' && html`<p class="notice">${says.forgotten(view.formats.instant(explanation.forgottenAt))}</p>`}
${explanation?.kind === 'customer' && renderExplanation(view, explanation)}`
}

function renderExplanation(voice: Voice, explanation: CustomerExplanation): Html {
  const { words, formats } = voice
  const says = words.customer
  const part = (id: string, title: string, content: Html) =>
    html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`
  return html`<section aria-labelledby="person"><h2 id="person">${explanation.email}</h2>
<p class="soft">${words.policy(explanation.currency, explanation.policy.name)}. ${says.at(formats.instant(explanation.at))}</p>
${renderNames(voice, explanation)}</section>
${part('orders', says.orders.title, renderExplainedOrders(voice, explanation))}
${explanation.refunds.length > 0 && part('refunds', says.refunds.title, renderExplainedRefunds(voice, explanation))}
${part('sums', says.sums.title, renderExplainedSums(voice, explanation))}
${part('profiles', says.profile.heading, renderExplainedProfiles(voice, explanation))}
${part('segments', says.segments.title, renderExplainedSegments(voice, explanation))}`
}

/** Said only of who is known by more than the one address. */
function renderNames({ words }: Voice, { emails, phones, shopIds, profileEmail }: CustomerExplanation): Html | false {
  if (emails.length + phones.length + shopIds.length < 2) return false
  const { knownBy, carries } = words.customer
  return html`<p>${knownBy}</p>
<ul>${emails.map((email) => html`<li>${email}${email === profileEmail && html` <span class="soft">(${carries})</span>`}</li>`)}${phones.map((phone) => html`<li>${phone}</li>`)}${shopIds.map(({ source, externalId }) => html`<li>${externalId} · ${words.quoted(source)}</li>`)}</ul>`
}
