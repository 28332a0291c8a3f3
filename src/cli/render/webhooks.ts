import type { SourceWebhooks } from '../../app/application.ts'
import type { Paint } from '../paint.ts'
import { renderTable } from './table.ts'

const WORDS = {
  none: 'delivers here',
  create: 'missing: --repair creates it',
  move: 'goes elsewhere or was stopped: --repair moves it',
  remove: 'there twice: --repair removes it',
} as const

/** Each source's address, its webhooks where the shop lets us see them, and what is left to a person. */
export function renderWebhooks(sources: readonly SourceWebhooks[], paint: Paint): string {
  if (sources.length === 0) return 'No configured source is a shop that could tell of changes.'
  return sources
    .map(({ account, source, url, steps, webhooks }) => {
      const heading = `${paint('bold', `${account} ${source}`)}${url === null ? '' : `  ${url}`}`
      const rows = (webhooks ?? []).map((one) => [one.topic, WORDS[one.action], one.url ?? '–'])
      const table = renderTable([{ title: 'topic' }, { title: 'state' }, { title: 'goes to' }], rows, paint)
      return [heading, ...(webhooks === null ? [] : [table]), ...steps.map((step) => `  → ${step}`)].join('\n')
    })
    .join('\n\n')
}
