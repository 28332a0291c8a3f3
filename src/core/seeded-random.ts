/** Numbers from 0 (included) to 1 that look random and are the same for the same seed: mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** From this mean on a rounded normal number stands for a Poisson one: its skewness is a quarter, and it takes no loop. */
const NORMAL_FROM = 16

/** A Poisson-distributed whole number of this mean; small means by Knuth's product of uniform numbers. */
export function drawPoisson(mean: number, random: () => number): number {
  if (mean >= NORMAL_FROM) return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}

/** Box–Muller. */
function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A seed of 32 bits out of whole numbers: the same numbers in the same order, the same seed (FNV-1a over their halves). */
export function toSeed(numbers: Iterable<number>): number {
  let hash = 0x811c9dc5
  for (const number of numbers) {
    for (const part of [number >>> 0, Math.floor(number / 4_294_967_296) >>> 0]) {
      hash = Math.imul(hash ^ part, 0x01000193)
    }
  }
  return hash >>> 0
}
