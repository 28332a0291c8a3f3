/** What can be wrong with a record, as far as it concerns who looks after the shop; the page has a sentence for each. */
export type RejectKind = 'date' | 'amount' | 'currency' | 'state' | 'person' | 'lines' | 'file' | 'missing' | 'other'

/** The first that fits counts: the narrow ones stand before those whose words also occur in them. */
const SIGNS: readonly (readonly [RejectKind, RegExp])[] = [
  ['lines', /expected the same|another line|other lines|each order once/i],
  ['file', /UTF-8|JSON|columns?\b|header|quote|lone carriage|characters|\bline of at most/i],
  ['currency', /currenc/i],
  ['date', /\bdate\b|time such as|between 1900/i],
  ['state', /\bstat(?:e|us)\b/i],
  ['person', /address|e-mail|customer/i],
  ['amount', /number|amount|zero or more|decimals|total|refunds of|cancellation/i],
  ['missing', /missing|found none|expected a value|required/i],
]

/** The kind of a reason that a source gave in English. */
export function kindOfReason(reason: string, field = ''): RejectKind {
  // What follows says what became of the order, not what is wrong with it.
  const [cause = ''] = reason.split(';', 1)
  const found = SIGNS.find(([, sign]) => sign.test(cause)) ?? SIGNS.find(([, sign]) => sign.test(field))
  return found?.[0] ?? 'other'
}
