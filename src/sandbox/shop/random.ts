/** A repeatable stream of chance. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** Log-normal: half of the draws lie below `median`; `sigma` is the standard deviation of the logarithm. */
  logNormal(median: number, sigma: number): number
}

/**
 * The same seed gives the same stream on the same version of Node: `Math.random` takes no seed. xoshiro128**, whose
 * period of 2^128 − 1 no shop exhausts, seeded by splitmix32 (Blackman and Vigna, prng.di.unimi.it).
 */
export function createRandom(seed: number): Random {
  let mixed = seed | 0
  const splitmix = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0
    let z = mixed
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()]

  const next = (): number => {
    const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return (scrambled >>> 0) / 2 ** 32
  }

  return {
    next,
    chance: (probability) => next() < probability,
    logNormal: (median, sigma) =>
      // Box–Muller; 1 − u keeps the logarithm finite.
      median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  }
}

function rotateLeft(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by))
}
