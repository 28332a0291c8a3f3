/**
 * Prices a person would pick, ascending, from one to another (minor units): steps of 5 from 100 to 200, of 10 to 500, of 20
 * to 1,000, and so on for every power of ten. None has more than three significant digits.
 */
export function toPriceLadder(fromMinor: number, toMinor: number): number[] {
  const prices: number[] = []
  for (let power = 1; power <= toMinor; power *= 10) {
    const [first, second, third] = power >= 100 ? [power / 20, power / 10, power / 5] : [1, 1, power === 1 ? 1 : 2]
    for (let price = power; price < 10 * power; ) {
      if (price >= fromMinor && price <= toMinor) prices.push(price)
      price += price < 2 * power ? first : price < 5 * power ? second : third
    }
  }
  return prices
}

/** The marks of an axis: 1, 2 and 5 with any number of noughts, as far as they lie between the two. */
export function toAxisPrices(fromMinor: number, toMinor: number): number[] {
  const prices: number[] = []
  for (let power = 1; power <= toMinor; power *= 10) {
    for (const price of [power, 2 * power, 5 * power]) if (price >= fromMinor && price <= toMinor) prices.push(price)
  }
  return prices
}

/** The price of a ladder so many steps from an amount, which need not be on it; the last one where the ladder ends. */
export function stepPrice(ladder: readonly number[], fromMinor: number, steps: number): number {
  if (steps === 0) return fromMinor
  if (steps > 0) {
    const above = ladder.filter((price) => price > fromMinor)
    return above[steps - 1] ?? above.at(-1) ?? fromMinor
  }
  const below = ladder.filter((price) => price < fromMinor)
  return below[below.length + steps] ?? below[0] ?? fromMinor
}

/** The price of a ladder that is nearest to an amount by proportion. */
export function nearestPrice(ladder: readonly number[], minor: number): number {
  const distance = (price: number) => Math.abs(Math.log(price / minor))
  return ladder.reduce((best, price) => (distance(price) < distance(best) ? price : best), ladder[0] ?? minor)
}
