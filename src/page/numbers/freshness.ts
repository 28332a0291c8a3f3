import type { Freshness } from '../../core/orders/shop-reading.ts'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'
import { ownWord } from '../words/own-word.ts'

/**
 * When the last order was placed and the shop was last read; loudly where numbers are missing because nothing was read,
 * quietly where the shop was read and has had no order. `runsUrl`: where more is told; null: nowhere.
 */
export function renderFreshness(voice: Voice, freshness: Freshness, runsUrl: string | null): Html {
  const { words, formats } = voice
  const { state, lastOrderAt, lastReadAt, by, emptyPeriods, unreadPeriods, failures, neverRead } = freshness
  const says = words.freshness
  if (lastOrderAt === null) return html``
  const facts = [
    says.lastOrder(formats.instant(lastOrderAt)),
    ...(lastReadAt === null ? [] : [says.lastRead(formats.instant(lastReadAt))]),
  ].join(' ')
  if (state === 'current') return html`<p class="soft">${facts}</p>`
  const unread = unreadPeriods > 0 ? [says.unread[by](unreadPeriods, formats.count(unreadPeriods))] : []
  const troubles = [
    ...failures.flatMap(({ source, code, at }) => {
      const error = ownWord(words.errors, code) ?? words.errors['E_BUG']
      return [says.failed(words.quoted(source), formats.instant(at)), error?.what ?? '', error?.advice ?? '']
    }),
    ...neverRead.map((source) => says.neverRead(words.quoted(source))),
  ]
  const told = {
    failing: [...troubles, ...unread],
    behind: [says.behind, ...unread],
    quiet: [says.quiet[by](emptyPeriods, formats.count(emptyPeriods))],
  }[state]
  const more = runsUrl !== null && state !== 'quiet' && html` <a href="${runsUrl}">${says.runs}</a>`
  return html`<p class="notice${state !== 'quiet' && ' problem'}">${facts} ${told.join(' ')}${more}</p>`
}
