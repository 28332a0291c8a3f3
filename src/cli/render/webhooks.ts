import type { SourceWebhooks } from '../../app/application.ts'
import type { Paint } from '../paint.ts'
import { renderTable } from './table.ts'

const WORDS = {
  none: 'delivers here',
  create: 'missing: --repair creates it',
  move: 'goes elsewhere or was stopped: --repair moves it',
  remove: 'there twice: --repair removes it',
} as const

/** Each source's address and, where the shop lets us see them, its webhooks. */
export function renderWebhooks(sources: readonly SourceWebhooks[], paint: Paint): string {
  if (sources.length === 0) return 'No configured source takes webhooks.'
  return sources
    .map(({ account, source, url, webhooks }) => {
      const heading = `${paint('bold', `${account} ${source}`)}  ${url}`
      if (webhooks === null) return `${heading}\n  this shop’s webhooks are made in the shop itself: see docs/sources`
      const rows = webhooks.map((one) => [one.topic, WORDS[one.action], one.url ?? '–'])
      return `${heading}\n${renderTable([{ title: 'topic' }, { title: 'state' }, { title: 'goes to' }], rows, paint)}`
    })
    .join('\n\n')
}
