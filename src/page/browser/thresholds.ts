import { followPointer } from './follow-pointer.ts'
import { keepApart } from './keep-apart.ts'
import { offerCopy } from './offer-copy.ts'
import { fromPercent, toPercent } from './price-axis.ts'
import { nearestPrice, stepPrice, toPriceLadder } from './price-ladder.ts'
import { toPriceText } from './price-text.ts'
import { createThresholdsView, fieldOf, sliderOf } from './show-thresholds.ts'
import { moveByKeys } from './slider-keys.ts'
import type { ThresholdsData } from './thresholds-data.ts'
import { keepRemarks, type Placed, placeTyped } from './typed-thresholds.ts'

type Name = 'low' | 'high'
const NAMES = ['low', 'high'] as const
const NOTHING_SAID = { low: null, high: null }
/** After so long without a movement the lines are where somebody wants them. */
const SETTLED_MS = 300

/** Lets the two lines be moved by pointer, keys, form and links; every number follows without asking the server. */
export function moveThresholds(): void {
  const text = document.getElementById('thresholds-data')?.textContent
  if (text == null) return
  const data = JSON.parse(text) as ThresholdsData
  const { scale, style } = data
  const view = createThresholdsView(data)
  const ladder = toPriceLadder(scale.fromMinor, scale.toMinor)
  const fields = { low: fieldOf('low'), high: fieldOf('high') }
  let remembering: ReturnType<typeof setTimeout> | undefined
  let said: Placed['remarks'] = NOTHING_SAID
  let at = { lowMinor: data.lowMinor, highMinor: data.highMinor }

  for (const name of NAMES) {
    const slider = sliderOf(name)
    followPointer(
      slider,
      () => toPercent(scale, minorOf(name)),
      (percent) => {
        const [least, most] = limitsOf(name)
        const price = nearestPrice(ladder, fromPercent(scale, percent))
        drag(name, Math.min(Math.max(price, least), most))
      },
    )
    slider.addEventListener('keydown', (event) => {
      const price = moveByKeys(event, minorOf(name), limitsOf(name), ladder)
      if (price === null) return
      event.preventDefault()
      drag(name, price)
    })
    fields[name].addEventListener('change', () => type({ [name]: fields[name].value }))
  }
  document.getElementById('thresholds-form')?.addEventListener('submit', (event) => {
    event.preventDefault()
    // A field that nobody touched holds where its line stands, so nothing is said of it again.
    type(Object.fromEntries(NAMES.filter(isTouched).map((name) => [name, fields[name].value])))
  })
  // The advice comes later, so its links are listened to from above.
  document.getElementById('advice')?.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-put]') : null
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    type({ low: link.dataset['low'], high: link.dataset['high'] })
    document.getElementById('thresholds')?.scrollIntoView({ block: 'nearest' })
  })
  offerCopy()

  function minorOf(name: Name): number {
    return name === 'low' ? at.lowMinor : at.highMinor
  }

  function isTouched(name: Name): boolean {
    return fields[name].value !== toPriceText(minorOf(name), style.decimals)
  }

  /** How far a line may go: within the axis, and never up to the other. */
  function limitsOf(name: Name): readonly [number, number] {
    return name === 'low'
      ? [scale.fromMinor, Math.max(scale.fromMinor, stepPrice(ladder, at.highMinor, -1))]
      : [Math.min(scale.toMinor, stepPrice(ladder, at.lowMinor, 1)), scale.toMinor]
  }

  function drag(name: Name, minor: number): void {
    if (minor === minorOf(name)) return
    const wanted = name === 'low' ? { ...at, lowMinor: minor } : { ...at, highMinor: minor }
    const thresholds = keepApart(wanted, name === 'low' ? 'high' : 'low', scale, ladder)
    place({ thresholds, remarks: NOTHING_SAID }, (one) => one === name)
  }

  function type(typed: { readonly [name in Name]?: string | undefined }): void {
    if (typed.low === undefined && typed.high === undefined) return
    place(placeTyped(typed, at, scale, style.decimals), (name) => typed[name] !== undefined)
  }

  /** What was said of a field stays until that field is edited. */
  function place(placed: Placed, isEdited: (name: Name) => boolean): void {
    said = keepRemarks(placed, said, isEdited)
    at = placed.thresholds
    view.show(at, said, { low: limitsOf('low'), high: limitsOf('high') })
    rememberInAddress()
  }

  /** Loading the page again, or handing its address on, shows the same lines. */
  function rememberInAddress(): void {
    clearTimeout(remembering)
    // Browsers refuse an address that changes with every movement of a pointer.
    remembering = setTimeout(() => {
      const url = new URL(location.href)
      for (const name of NAMES) url.searchParams.set(name, toPriceText(minorOf(name), style.decimals))
      for (const name of NAMES) url.searchParams.delete(`${name}-before`)
      history.replaceState(null, '', url)
    }, SETTLED_MS)
  }
}
