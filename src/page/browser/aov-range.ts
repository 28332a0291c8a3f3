/** From where to where the axis of an AOV over time goes: with room below and above, and not below nothing unless an AOV is. */
export function aovRange(lowest: number, highest: number): [from: number, to: number] {
  const room = Math.max((highest - lowest) * 0.25, Math.abs(highest) * 0.05, 1)
  return [lowest < 0 ? lowest - room : Math.max(0, lowest - room), highest + Math.max(Math.abs(highest) * 0.05, 1)]
}
