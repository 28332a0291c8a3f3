import type { UnratedOrders } from '../core/numbers/report.ts'

/** How many orders count for nothing because their currency has no rate, as one sentence without its full stop. */
export function unratedText(unrated: readonly UnratedOrders[]): string {
  const orders = unrated.reduce((sum, one) => sum + one.orders, 0)
  const codes = unrated.map(({ currency }) => currency).join(', ')
  const [noun, verb] = orders === 1 ? ['order', 'has'] : ['orders', 'have']
  const [what, whose] = orders === 1 ? ['it counts', 'its'] : ['they count', 'their']
  return `${orders.toLocaleString('en-GB')} ${noun} in ${codes} ${verb} no rate at ${whose} date: ${what} for nothing until \`rates\` has one`
}

/** From when on the account needs which rates. */
export function unratedAction(unrated: readonly UnratedOrders[]): string {
  const needed = unrated.map(({ currency, since }) => `${currency} from ${since} or before`).join(', ')
  return `give \`rates\` for ${needed}, then scontrino sync`
}
