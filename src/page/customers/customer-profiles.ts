import type { PushState } from '../../core/customers/customer-record.ts'
import type { CustomerExplanation, ExplainedProfile } from '../../core/explanation/explanation.ts'
import { PROPERTY_NAMES } from '../../core/profiles/property-names.ts'
import { tellValue } from '../../core/segments/told-value.ts'
import { NOTHING } from '../formats.ts'
import { type Html, html } from '../html.ts'
import { renderTable } from '../table.ts'
import type { Voice } from '../view.ts'
import { ownWord } from '../words/own-word.ts'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

/** Every profile of the customer: where its push stands, and its properties beside those that Klaviyo has. */
export function renderExplainedProfiles(voice: Voice, { klaviyo, profiles }: CustomerExplanation): Html {
  const { words } = voice
  const error = klaviyo.isRead ? undefined : ownWord(words.errors, klaviyo.code)
  return html`${!klaviyo.isRead && html`<p class="notice problem">${words.customer.profile.unread} ${error?.what} ${error?.advice}</p>`}
${profiles.map((profile) => renderProfile(voice, profile, klaviyo.isRead))}`
}

function renderProfile(voice: Voice, profile: ExplainedProfile, isRead: boolean): Html {
  const { words } = voice
  const says = words.customer.profile
  const { email, isCurrent, push, remote, properties } = profile
  const present = properties.filter(({ desired, actual }) => desired !== null || actual !== null)
  const differs = remote !== null && properties.some(({ isSame }) => isSame === false)
  const columns = [says.columns.property, says.columns.desired, ...(isRead ? [says.columns.actual] : [])]
  return html`<h3>${says.title(email)}</h3>
<p class="soft">${!isCurrent && `${says.former} `}${describePush(voice, push)}${isRead && remote === null && ` ${says.missing}`}</p>
${
  present.length > 0 &&
  renderTable(
    says.title(email),
    columns.map((title) => ({ title })),
    present.map(({ name, desired, actual, isSame }) => [
      html`<code>${name}</code>`,
      textOf(voice, name, desired),
      ...(isRead
        ? [
            isSame === true
              ? html`<span class="state fits">${says.same}</span>`
              : html`<span class="state off">${textOf(voice, name, actual)}<span class="hidden"> (${says.differs})</span></span>`,
          ]
        : []),
    ]),
  )
}
${differs && push?.state === 'confirmed' && html`<p class="warning">${says.changedSince}</p>`}`
}

function describePush({ words, formats }: Voice, push: PushState | null): string {
  const says = words.customer.profile.push
  if (push === null) return says.none
  return push.state === 'refused' ? says.refused(formats.instant(push.at), words.quoted(push.reason)) : says[push.state]
}

/** Amounts as money, unless they are no such; else as Klaviyo holds it, but for instants, which nobody reads as they are. */
function textOf({ formats }: Voice, name: string, value: unknown): string {
  if (value === null) return NOTHING
  if (typeof value === 'string' && INSTANT.test(value)) return formats.instant(new Date(value))
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value)
  // The account's prefix stands before ours.
  const property = PROPERTY_NAMES.find((one) => name.endsWith(one)) ?? name
  const told = tellValue(property, value, formats.browser.currency)
  return told.say === 'money' ? formats.money(told.minor) : told.text
}
