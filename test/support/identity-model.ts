import { isEmail, normalizeEmail } from '../../src/core/customers/email.ts'
import { toE164 } from '../../src/core/customers/phone.ts'
import type { CustomerRefund, OrderCustomer, SourceOrder } from '../../src/core/orders/order.ts'

/** A record as one source gave it; ids are unique over all sources here. */
export type Received = { readonly source: string } & (
  | { readonly order: SourceOrder }
  | { readonly refund: CustomerRefund }
)

/** Who the rules of identity say bought these. */
export interface ExpectedCustomer {
  /** Normalised, sorted. */
  readonly emails: readonly string[]
  /** The address of the newest record that carried one; the greater on a tie. */
  readonly address: string | null
  /** Ids of orders, sorted. */
  readonly orders: readonly string[]
  readonly refunds: readonly string[]
}

/** Every identified group of records: records are one customer's that share an identity, directly or through others. */
export function expectedCustomers(records: readonly Received[], erased: ReadonlySet<string>): ExpectedCustomer[] {
  const groups: { keys: Set<string>; members: Received[] }[] = []
  for (const record of records) {
    const keys = keysOf(record, erased)
    if (keys.length === 0) continue
    const met = groups.filter((group) => keys.some((key) => group.keys.has(key)))
    for (const group of met) groups.splice(groups.indexOf(group), 1)
    groups.push({
      keys: new Set([...met.flatMap((group) => [...group.keys]), ...keys]),
      members: [...met.flatMap((group) => group.members), record],
    })
  }
  return groups.map(toExpected)
}

function keysOf({ source, ...record }: Received, erased: ReadonlySet<string>): string[] {
  const customer = 'order' in record ? record.order.customer : record.refund.customer
  const email = emailOf(customer)
  if (email !== null && erased.has(email)) return []
  const keys = [
    ...(email === null ? [] : [`email ${email}`]),
    ...(customer?.externalId === undefined ? [] : [`${source} ${customer.externalId}`]),
  ]
  const phone = customer?.phone === undefined ? null : toE164(customer.phone, customer.country)
  return keys.length > 0 || phone === null ? keys : [`phone ${phone}`]
}

function emailOf(customer: OrderCustomer | null): string | null {
  const email = normalizeEmail(customer?.email ?? '')
  return isEmail(email) ? email : null
}

function toExpected({ members }: { members: readonly Received[] }): ExpectedCustomer {
  const addressed = members.flatMap((record) => {
    const at = 'order' in record ? record.order.placedAt : record.refund.refundedAt
    const email = emailOf('order' in record ? record.order.customer : record.refund.customer)
    return email === null ? [] : [{ email, at }]
  })
  const newest = addressed.reduce<(typeof addressed)[number] | null>(
    (a, b) => (a === null || b.at > a.at || (b.at.getTime() === a.at.getTime() && b.email > a.email) ? b : a),
    null,
  )
  return {
    emails: [...new Set(addressed.map(({ email }) => email))].sort(),
    address: newest?.email ?? null,
    orders: members.flatMap((record) => ('order' in record ? [record.order.externalId] : [])).sort(),
    refunds: members.flatMap((record) => ('refund' in record ? [record.refund.externalId] : [])).sort(),
  }
}
