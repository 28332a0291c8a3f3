/** One bar of the distribution: from, below, customers. */
export type Bin = readonly [fromMinor: number, toMinor: number, customers: number]

/** Where an amount lies among bars that are equally wide on a logarithmic scale: 2.5 is the middle of the third. */
export function positionOf(minor: number, bins: readonly Bin[]): number {
  const last = bins.length - 1
  const found = bins.findIndex(([, toMinor]) => minor < toMinor)
  if (found === -1) return bins.length
  const index = Math.min(found, last)
  const [from, to] = bins[index] ?? [0, 1]
  if (minor <= from) return index
  // The bar that begins at nothing has no logarithm.
  return index + (from === 0 ? minor / to : Math.log(minor / from) / Math.log(to / from))
}

/** The amount at a position; the twin of `positionOf`. */
export function amountAt(position: number, bins: readonly Bin[]): number {
  const within = Math.min(Math.max(position, 0), bins.length)
  const index = Math.min(Math.floor(within), bins.length - 1)
  const [from, to] = bins[index] ?? [0, 1]
  const part = within - index
  return from === 0 ? to * part : from * (to / from) ** part
}
