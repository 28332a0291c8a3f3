import type { AppliedSegment } from '../../app/apply-segments.ts'
import type { Paint, Style } from '../paint.ts'
import { renderTable } from './table.ts'

type Outcome = AppliedSegment['outcome']

const OUTCOMES: Readonly<Record<Outcome, { readonly style: Style; readonly advice: string }>> = {
  created: { style: 'green', advice: '' },
  updated: { style: 'green', advice: '' },
  'put back': { style: 'green', advice: '' },
  adopted: { style: 'green', advice: '' },
  deleted: { style: 'green', advice: '' },
  unchanged: { style: 'dim', advice: '' },
  kept: { style: 'dim', advice: 'no longer configured; --prune deletes it' },
  blocked: { style: 'red', advice: 'a segment of this name is not ours: rename one of them' },
  held: { style: 'yellow', advice: 'left alone: a flow may start from it, or its flows could not be read' },
  drifted: { style: 'yellow', advice: 'left as somebody changed it in Klaviyo' },
  unfounded: {
    style: 'yellow',
    advice: 'not written: Klaviyo seems to have no figures of its own; see scontrino check',
  },
  deferred: { style: 'yellow', advice: 'Klaviyo allows no more today: apply again later' },
}

/** What became of each segment of an account, and what to do where nothing did. */
export function renderApplied(account: string, segments: readonly AppliedSegment[], paint: Paint): string {
  if (segments.length === 0) return `${paint('bold', account)}  no segments are configured`
  const rows = segments.map(({ name, outcome }) => {
    const { style, advice } = OUTCOMES[outcome]
    return [{ text: outcome, style }, name, advice]
  })
  return [paint('bold', account), renderTable([{ title: '' }, { title: '' }, { title: '' }], rows, paint)].join('\n')
}
