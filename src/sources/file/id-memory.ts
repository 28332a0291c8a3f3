/** Remembers ids by 64-bit hashes in memory that does not grow; the oldest are forgotten first. */
export interface IdMemory {
  has(id: string): boolean
  add(id: string): void
}

/** At least half as many ids as this are remembered, at most as many: two generations, the older given up as a whole. */
const REMEMBERED_IDS = 2_000_000

/** In 32-bit words; a power of two. */
const SMALLEST_TABLE = 4096

/**
 * Takes 16 bytes an id, 32 MB at most with `REMEMBERED_IDS`. Two ids have the same hash once in 10^19 pairs: a
 * wrong "seen" among millions of ids is less likely than a broken disk.
 */
export function createIdMemory(capacity = REMEMBERED_IDS): IdMemory {
  const perGeneration = Math.max(1, Math.floor(capacity / 2))
  let young: Generation | null = null
  let old: Generation | null = null

  return {
    has: (id) => {
      if (young === null) return false
      const [low, high] = hash(id)
      return young.has(low, high) || (old?.has(low, high) ?? false)
    },
    add: (id) => {
      young ??= createGeneration()
      if (young.size() >= perGeneration) {
        old = young
        young = createGeneration()
      }
      young.add(...hash(id))
    },
  }
}

interface Generation {
  size(): number
  has(low: number, high: number): boolean
  add(low: number, high: number): void
}

/** Open addressing, at most half full, twice as large when it is; (0, 0) marks a free place. */
function createGeneration(): Generation {
  let table = new Uint32Array(SMALLEST_TABLE)
  let size = 0

  const find = (low: number, high: number): number => {
    let place = (low * 2) & (table.length - 1)
    while ((table[place] !== 0 || table[place + 1] !== 0) && (table[place] !== low || table[place + 1] !== high)) {
      place = (place + 2) & (table.length - 1)
    }
    return place
  }

  const put = (low: number, high: number): boolean => {
    const place = find(low, high)
    if (table[place] === low) return false
    table[place] = low
    table[place + 1] = high
    return true
  }

  const grow = (): void => {
    const former = table
    table = new Uint32Array(former.length * 2)
    for (let at = 0; at < former.length; at += 2) {
      const low = former[at] ?? 0
      if (low !== 0) put(low, former[at + 1] ?? 0)
    }
  }

  return {
    size: () => size,
    has: (low, high) => table[find(low, high)] === low,
    add: (low, high) => {
      if (size * 4 >= table.length) grow()
      if (put(low, high)) size++
    },
  }
}

/** cyrb53's two lanes, both kept whole; `low` is never 0. */
function hash(id: string): [low: number, high: number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at)
    a = Math.imul(a ^ code, 0x9e3779b1)
    b = Math.imul(b ^ code, 0x5f356495)
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return [a >>> 0 || 1, b >>> 0]
}
