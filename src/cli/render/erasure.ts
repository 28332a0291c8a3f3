import type { ErasureReceipt, SourceErasure } from '../../core/customers/customer-store.ts'
import { formatInstant } from '../../core/instant-text.ts'
import type { Paint } from '../paint.ts'
import type { AccountView } from '../select-accounts.ts'
import { formatCount } from './number.ts'

/** A receipt with the account it is of. `schedule`: when syncs come by themselves (cron); null: only on demand. */
export interface AccountErasure extends ErasureReceipt {
  readonly account: AccountView
  readonly schedule: string | null
}

/** The receipt for people, without the address: it may be kept. */
export function renderErasure(erasure: AccountErasure, paint: Paint): string {
  const { account, tombstone, customers, identities, orders, refunds } = erasure
  const removed = `${counted(customers, 'customer')} with ${counted(identities, 'address, phone number or shop id', 'addresses, phone numbers and shop ids')}`
  const kept = `${counted(orders, 'order')} and ${counted(refunds, 'refund')} of theirs, without a customer`
  return [
    `${paint('bold', account.key)}  ${outcomeOf(erasure)}`,
    ...(customers === 0 ? [] : [`  removed    ${removed}`, `  kept       ${kept}`]),
    `  tombstone  ${tombstone}`,
    `  Klaviyo    ${nextInKlaviyo(erasure)}`,
  ].join('\n')
}

/** What forgetting a shop did, with the account it is of. */
export interface AccountSourceErasure extends SourceErasure {
  readonly account: AccountView
  readonly schedule: string | null
  readonly source: string
}

/** The receipt of a shop for people. */
export function renderSourceErasure(erasure: AccountSourceErasure, paint: Paint): string {
  const { account, source, erasedAt, customers, removed, orders, refunds, identities, tasks } = erasure
  const stay = customers - removed
  return [
    `${paint('bold', account.key)}  everybody of ${source} forgotten at ${formatInstant(erasedAt, account.timezone)}`,
    `  removed    ${counted(removed, 'customer')} who bought nowhere else; ${counted(identities, 'address, phone number or shop id', 'addresses, phone numbers and shop ids')}`,
    ...(stay === 0 ? [] : [`  stay       ${counted(stay, 'customer')} with what other shops told`]),
    `  kept       ${counted(orders, 'order')} and ${counted(refunds, 'refund')} of theirs, without a customer`,
    `  Klaviyo    ${nextInKlaviyo(erasure)}`,
    ...(tasks === 0
      ? []
      : [
          `  open       ${counted(tasks, 'task')} that the shop asked for: see scontrino rejects, and close each with --done <number>`,
        ]),
    '  mind       a scontrino start that still reads this shop brings everybody back: restart it with the new configuration',
  ].join('\n')
}

/** A tombstone is set for whoever is asked about: it keeps off the orders that a later reading may bring. */
function outcomeOf({ account, erasedAt, repeated, customers }: AccountErasure): string {
  const at = formatInstant(erasedAt, account.timezone)
  if (repeated) {
    const since = `had been forgotten at ${at}`
    return customers === 0 ? `${since}: nothing was left to remove` : `${since}, and was again now`
  }
  if (customers > 0) return `forgotten at ${at}`
  return `nobody was known by this address; from ${at} on its orders stay without a customer`
}

function nextInKlaviyo({ profiles, schedule }: Pick<AccountErasure, 'profiles' | 'schedule'>): string {
  const parts = [
    ...(profiles.clear > 0 ? [`${counted(profiles.clear, 'profile')} to clear of our properties`] : []),
    ...(profiles.delete > 0 ? [`${counted(profiles.delete, 'profile')} to delete, if there`] : []),
  ]
  if (parts.length === 0) return 'nothing to do'
  const when = schedule === null ? 'run scontrino sync' : `by itself (${schedule}), or now with scontrino sync`
  return `${parts.join(', ')} with the next sync: ${when}`
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
