/** Round values between two, ascending, about as many as there is room for: steps of 1, 2 or 5 × 10ⁿ. */
export function roundTicks(low: number, high: number, room: number): number[] {
  const least = (high - low) / Math.max(room, 1)
  if (!(least > 0)) return [low]
  const power = 10 ** Math.floor(Math.log10(least))
  const step = Math.max(power * ([1, 2, 5].find((one) => power * one >= least) ?? 10), 1)
  const ticks: number[] = []
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick)
  return ticks
}

/** Places of evenly many of `count` things, the last one always. */
export function thinOut(count: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(2, room)))
  const places: number[] = []
  for (let index = count - 1; index >= 0; index -= every) places.unshift(index)
  return places
}

/** A coordinate with as many decimals as can be seen. */
export function at(coordinate: number): string {
  return String(Math.round(coordinate * 100) / 100)
}
