import type { CountWords } from '../words.ts'

function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count === 1 ? one : more}`
}

/** What jobs count, in English. */
export const countsEn = {
  orders: many('order', 'orders'),
  refunds: many('refund', 'refunds'),
  changed: many('changed', 'changed'),
  rejected: many('record unreadable', 'records unreadable'),
  skipped: many('skipped', 'skipped'),
  pages: many('page', 'pages'),
  events: many('event', 'events'),
  customers: many('customer', 'customers'),
  months: many('month', 'months'),
  periods: many('period', 'periods'),
  confirmed: many('profile confirmed', 'profiles confirmed'),
  refused: many('profile refused', 'profiles refused'),
  absent: many('without a profile', 'without a profile'),
  imports: many('import', 'imports'),
  abandoned: many('import given up', 'imports given up'),
  erased: many('forgotten', 'forgotten'),
  pending: many('profile to send', 'profiles to send'),
  created: many('segment created', 'segments created'),
  updated: many('segment updated', 'segments updated'),
  'put back': many('segment put back', 'segments put back'),
  adopted: many('segment adopted', 'segments adopted'),
  deleted: many('segment deleted', 'segments deleted'),
  unchanged: many('unchanged', 'unchanged'),
  kept: many('kept', 'kept'),
  blocked: many('blocked', 'blocked'),
  held: many('held back', 'held back'),
  drifted: many('changed in Klaviyo', 'changed in Klaviyo'),
  unfounded: many('without Klaviyo’s figures', 'without Klaviyo’s figures'),
  deferred: many('deferred', 'deferred'),
  counted: many('segment counted', 'segments counted'),
  unanswered: many('without an answer', 'without an answer'),
  asExpected: many('as large as expected', 'as large as expected'),
  notYet: many('not to be judged yet', 'not to be judged yet'),
  empty: many('empty', 'empty'),
  off: many('further off than tolerated', 'further off than tolerated'),
  bytes: (_: number, text: string) => `${text} MB`,
  profiles: many('profile', 'profiles'),
} as CountWords
