/**
 * The allowed word somebody most likely meant, or undefined when none is near. Case, `_` and `-` do not count; when no
 * word is a few letters off, one that begins with what was written, or the other way round, is near.
 */
export function closestWord(word: string, allowed: readonly string[]): string | undefined {
  const plain = simplify(word)
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(plain.length / 3)) + 1
  for (const candidate of allowed) {
    const other = simplify(candidate)
    const distance = editDistance(plain, other)
    if (distance < Math.min(bestDistance, other.length)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best ?? allowed.find((candidate) => begins(plain, simplify(candidate)))
}

function begins(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a))
}

function simplify(word: string): string {
  return word.slice(0, 60).toLowerCase().replace(/[_-]/g, '')
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const cheapest = Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced)
      row.push(swapped ? Math.min(cheapest, at(beforeLast, j - 2) + 1) : cheapest)
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
