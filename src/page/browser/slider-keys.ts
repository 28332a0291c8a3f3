import { stepPrice, toAxisPrices } from './price-ladder.ts'

/** As far as a press of a key is told by its event. */
interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/**
 * Where a key moves a line that stands at an amount: arrows by one price, PageUp and PageDown to the next mark of the axis,
 * Home and End as far as it may go. Null: the key means something else. Never beyond `limits`, both included.
 */
export function moveByKeys(
  { key, ctrlKey, metaKey, altKey }: Press,
  minor: number,
  [least, most]: readonly [number, number],
  ladder: readonly number[],
): number | null {
  if (ctrlKey || metaKey || altKey) return null
  const marks = toAxisPrices(ladder[0] ?? least, ladder.at(-1) ?? most)
  const target = () => {
    switch (key) {
      case 'ArrowRight':
      case 'ArrowUp':
        return stepPrice(ladder, minor, 1)
      case 'ArrowLeft':
      case 'ArrowDown':
        return stepPrice(ladder, minor, -1)
      case 'PageUp':
        return stepPrice(marks, minor, 1)
      case 'PageDown':
        return stepPrice(marks, minor, -1)
      case 'Home':
        return least
      case 'End':
        return most
      default:
        return null
    }
  }
  const wanted = target()
  return wanted === null ? null : Math.min(Math.max(wanted, least), most)
}
