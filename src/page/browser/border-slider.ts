import { toBorder } from './split-bands.ts'

/** A border between two bands that a pointer drags and keys move. */
export interface BorderSlider {
  readonly element: HTMLElement
  /** Moves it to where the amount is, and says so. `text`: for who hears it; `label`: for who sees it. */
  show(at: {
    minor: number
    lowestMinor: number
    highestMinor: number
    left: number
    text: string
    label: string
  }): void
}

/** Steps of three-digit amounts: a key moves by five of them, with Shift by one. */
const KEY_STEPS = 5
/** PageUp and PageDown move by an eighth. */
const PAGE = 1.125

/**
 * A slider as WAI-ARIA describes it. `amountAt`: the amount under a pointer; `moved` is told what is asked for, which may
 * be beyond the other border.
 */
export function createBorderSlider(
  name: string,
  amountAt: (clientX: number) => number,
  moved: (minor: number) => void,
): BorderSlider {
  const element = document.createElement('div')
  const label = element.appendChild(document.createElement('span'))
  element.className = 'border-slider'
  element.tabIndex = 0
  element.setAttribute('role', 'slider')
  element.setAttribute('aria-label', name)
  label.setAttribute('aria-hidden', 'true')
  let current = 0
  let [lowest, highest] = [0, 0]

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    element.setPointerCapture(event.pointerId)
    element.focus({ preventScroll: true })
    event.preventDefault()
  })
  element.addEventListener('pointermove', (event) => {
    if (element.hasPointerCapture(event.pointerId)) moved(toBorder(amountAt(event.clientX)))
  })
  element.addEventListener('keydown', (event) => {
    const wanted = afterKey(event.key, event.shiftKey)
    if (wanted === null) return
    event.preventDefault()
    moved(wanted)
  })
  return {
    element,
    show({ minor, lowestMinor, highestMinor, left, text, label: words }) {
      current = minor
      lowest = lowestMinor
      highest = highestMinor
      element.style.left = `${left}px`
      label.textContent = words
      element.setAttribute('aria-valuenow', String(minor))
      element.setAttribute('aria-valuemin', String(lowestMinor))
      element.setAttribute('aria-valuemax', String(highestMinor))
      element.setAttribute('aria-valuetext', text)
    },
  }

  function afterKey(key: string, isFine: boolean): number | null {
    const step = stepOf(current) * (isFine ? 1 : KEY_STEPS)
    switch (key) {
      case 'ArrowRight':
      case 'ArrowUp':
        return toBorder((Math.floor(current / step) + 1) * step)
      case 'ArrowLeft':
      case 'ArrowDown':
        return toBorder((Math.ceil(current / step) - 1) * step)
      case 'PageUp':
        return toBorder(Math.max(current * PAGE, current + step))
      case 'PageDown':
        return toBorder(Math.min(current / PAGE, current - step))
      case 'Home':
        return lowest
      case 'End':
        return highest
      default:
        return null
    }
  }
}

function stepOf(minor: number): number {
  return 10 ** Math.max(String(Math.round(minor)).length - 3, 0)
}
