import { ContractError } from '../core/errors.ts'

const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** An instant as headers have it, to the second; null for any other text: `Date.parse` alone would accept '-1'. */
export function parseHttpDate(text: string | undefined): Date | null {
  if (text === undefined || !IMF_FIXDATE.test(text)) return null
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? null : date
}

/** The `Date` header of an answer: the only clock of a shop that can be read. @throws ContractError without one */
export function expectAnswerDate(header: string | undefined, what: string): Date {
  const date = parseHttpDate(header)
  if (date === null) throw new ContractError(`${what}: the answer has no Date header, so the shop’s clock is unknown`)
  return date
}
