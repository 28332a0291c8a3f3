import type { CustomerExplanation, Explanation } from '../../core/explanation/explanation.ts'
import { formatInstant } from '../../core/instant-text.ts'
import type { Paint } from '../paint.ts'
import type { AccountView } from '../select-accounts.ts'
import { renderExplainedOrders, renderExplainedRefunds } from './explained-orders.ts'
import { renderExplainedProfiles } from './explained-profiles.ts'
import { renderExplainedSegments } from './explained-segments.ts'
import { renderExplainedSums } from './explained-sums.ts'
import { formatCounted } from './number.ts'
import { toPlainText } from './table.ts'

/** Everything about one customer, from the orders to the segments, within eighty columns where names and amounts allow. */
export function renderExplanation(explanation: Explanation, account: AccountView, paint: Paint): string {
  if (explanation.kind === 'forgotten') {
    const when = formatInstant(explanation.forgottenAt, account.timezone)
    return `${paint('bold', account.key)}  this person was forgotten at ${when}; nothing else is known`
  }
  return [
    renderPerson(explanation, paint),
    renderExplainedOrders(explanation, paint),
    ...(explanation.refunds.length === 0 ? [] : [renderExplainedRefunds(explanation, paint)]),
    renderExplainedSums(explanation, paint),
    renderExplainedProfiles(explanation, paint),
    renderExplainedSegments(explanation, paint),
  ].join('\n\n')
}

/** Nobody is known by the address. */
export function renderStranger({ key }: AccountView, paint: Paint): string {
  return `${paint('bold', key)}  nobody is known by this address`
}

/** Who it is, by what they are known, and what the figures are in. */
function renderPerson(explanation: CustomerExplanation, paint: Paint): string {
  const { account, at, timezone, currency, policy, emails, phones, shopIds, profileEmail } = explanation
  const ids = shopIds.map(({ source, externalId }) => `${source} ${externalId}`)
  const lines = [
    paint('bold', toPlainText(`${explanation.email} in ${account}`)),
    `at ${formatInstant(at, timezone)} · ${timezone} · ${currency} · policy ${policy.name}`,
  ]
  if (emails.length + phones.length + ids.length > 1) {
    lines.push('Known by all of these; orders under any of them count together:')
    const carries = (email: string) => (email === profileEmail ? `${email}  ← its profile carries the figures` : email)
    lines.push(...list('address', emails.map(carries)), ...list('phone', phones), ...list('shop id', ids))
  }
  const merged = Map.groupBy(shopIds, ({ source }) => source)
  for (const [source, same] of merged) {
    if (same.length < 2) continue
    lines.push(
      `${formatCounted(same.length, 'customers')} of ${source} are one here: merged there, or joined by an address.`,
    )
  }
  return lines.join('\n')
}

function list(title: string, values: readonly string[]): string[] {
  return values.map((value, index) => toPlainText(`  ${(index === 0 ? title : '').padEnd(8)} ${value}`))
}
