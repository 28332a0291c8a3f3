import { BANDS, type Band, FIGURES, toBandTexts, toShares } from './band-texts.ts'
import { toBandsYaml } from './bands-yaml.ts'
import { keepApart } from './keep-apart.ts'
import { createBrowserFormats, type NumberFormat } from './number-format.ts'
import { anchorOf, fromPercent, type LogScale, toPercent } from './price-axis.ts'
import { nearestPrice, stepPrice, toPriceLadder } from './price-ladder.ts'
import { toMajorText, toPriceText } from './price-text.ts'
import { moveByKeys } from './slider-keys.ts'
import { type Cell, splitBands, toBorder } from './split-bands.ts'
import { fillTemplate } from './template.ts'

/** What the server says about the customers; a cell is from, is it a point, customers, orders, revenue. */
interface ThresholdsData {
  readonly style: NumberFormat
  readonly scale: LogScale
  readonly ranges: Readonly<Record<Band, string>>
  readonly valueTexts: Readonly<Record<'low' | 'high', string>>
  readonly cells: readonly (readonly [number, number, number, number, number])[]
}

type Name = 'low' | 'high'
const NAMES = ['low', 'high'] as const
/** After so long without a movement the lines are where somebody wants them. */
const SETTLED_MS = 300

/** Lets the two lines be moved by pointer, keys, form and links; every number follows without asking the server. */
export function moveThresholds(): void {
  const data = document.getElementById('thresholds-data')?.textContent
  if (data == null) return
  const { style, scale, ranges, valueTexts, cells: packed } = JSON.parse(data) as ThresholdsData
  const cells = packed.map(([fromMinor, isPoint, customers, orders, revenueMinor]): Cell => {
    return { fromMinor, isPoint: isPoint === 1, customers, orders, revenueMinor }
  })
  const amounts = createBrowserFormats(style)
  const ladder = toPriceLadder(scale.fromMinor, scale.toMinor)
  const sliders = { low: sliderOf('low'), high: sliderOf('high') }
  const fields = { low: fieldOf('low'), high: fieldOf('high') }
  let remembering: ReturnType<typeof setTimeout> | undefined
  const at = { low: minorOf(fields.low.value) ?? 0, high: minorOf(fields.high.value) ?? 0 }

  for (const name of NAMES) {
    followPointer(name)
    sliders[name].addEventListener('keydown', (event) => {
      const price = moveByKeys(event, at[name], limitsOf(name), ladder)
      if (price === null) return
      event.preventDefault()
      place({ [name]: price })
    })
  }
  document.getElementById('thresholds-form')?.addEventListener('submit', (event) => {
    event.preventDefault()
    place({ low: minorOf(fields.low.value), high: minorOf(fields.high.value) })
  })
  for (const name of NAMES)
    fields[name].addEventListener('change', () => place({ [name]: minorOf(fields[name].value) }))
  // The advice comes later, so its links are listened to from above.
  document.getElementById('advice')?.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-put]') : null
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    place({ low: minorOf(link.dataset['low']), high: minorOf(link.dataset['high']) })
    document.getElementById('thresholds')?.scrollIntoView({ block: 'nearest' })
  })
  offerCopy()

  function minorOf(text: string | undefined): number | null {
    if (text === undefined || !/^\s*\d{1,12}([.,]\d{1,4})?\s*$/.test(text)) return null
    const minor = toBorder(Math.round(Number(text.replace(',', '.')) * 10 ** style.decimals))
    return minor > 0 ? minor : null
  }

  /** How far a line may go: within the axis, and never up to the other. */
  function limitsOf(name: Name): readonly [number, number] {
    return name === 'low'
      ? [scale.fromMinor, Math.max(scale.fromMinor, stepPrice(ladder, at.high, -1))]
      : [Math.min(scale.toMinor, stepPrice(ladder, at.low, 1)), scale.toMinor]
  }

  /** Puts one line or both; one that is in the way of the other gives way. */
  function place(wanted: { readonly low?: number | null; readonly high?: number | null }): void {
    const asked = { lowMinor: wanted.low ?? at.low, highMinor: wanted.high ?? at.high }
    const { lowMinor, highMinor } = keepApart(asked, wanted.low == null ? 'low' : 'high', scale, ladder)
    Object.assign(at, { low: lowMinor, high: highMinor })
    show()
  }

  function show(): void {
    const bands = splitBands(cells, at.low, at.high)
    const texts = toBandTexts(bands, amounts)
    const prices = { low: amounts.price(at.low), high: amounts.price(at.high) }
    for (const name of NAMES) {
      const [least, most] = limitsOf(name)
      const told = { price: prices[name], customers: texts[name].customers, share: texts[name].customerShare }
      showHandle(
        sliders[name],
        { least, most, now: at[name], text: fillTemplate(valueTexts[name], told) },
        prices[name],
      )
      fields[name].value = toPriceText(at[name], style.decimals)
    }
    const [low, high] = [toPercent(scale, at.low), toPercent(scale, at.high)]
    setSpan('#in-low rect', 0, low)
    setSpan('#in-mid rect', low, high)
    setSpan('#in-high rect', high, 100)
    for (const counted of ['customers', 'revenueMinor'] as const) {
      const shares = toShares(bands, counted)
      let left = 0
      for (const band of BANDS) {
        const right = left + 100 * Math.max(0, shares[band] ?? 0)
        setSpan(`[data-share="${counted}"][data-band="${band}"]`, left, right)
        left = right
      }
    }
    for (const band of BANDS) {
      showFigure(band, 'range', fillTemplate(ranges[band], prices))
      for (const figure of FIGURES) showFigure(band, figure, texts[band][figure])
    }
    showYaml()
    rememberInAddress()
  }

  function showHandle(
    slider: SVGGElement,
    { least, most, now, text }: { least: number; most: number; now: number; text: string },
    price: string,
  ): void {
    const percent = toPercent(scale, now)
    slider.parentElement?.setAttribute('x', `${percent}%`)
    slider.setAttribute('aria-valuemin', toMajorText(least, style.decimals))
    slider.setAttribute('aria-valuemax', toMajorText(most, style.decimals))
    slider.setAttribute('aria-valuenow', toMajorText(now, style.decimals))
    slider.setAttribute('aria-valuetext', text)
    const label = slider.querySelector('text')
    if (label === null) return
    label.textContent = price
    label.setAttribute('text-anchor', anchorOf(percent))
  }

  function showYaml(): void {
    const code = document.getElementById('bands-yaml')
    if (code === null) return
    code.textContent = toBandsYaml(toPriceText(at.low, style.decimals), toPriceText(at.high, style.decimals))
  }

  /** Loading the page again, or handing its address on, shows the same lines. */
  function rememberInAddress(): void {
    clearTimeout(remembering)
    // Browsers refuse an address that changes with every movement of a pointer.
    remembering = setTimeout(() => {
      const url = new URL(location.href)
      for (const name of NAMES) url.searchParams.set(name, toPriceText(at[name], style.decimals))
      history.replaceState(null, '', url)
    }, SETTLED_MS)
  }

  function followPointer(name: Name): void {
    const slider = sliders[name]
    // Where the line was taken hold of, so that it does not jump under the finger.
    let offset: number | null = null
    const percentOf = ({ clientX }: PointerEvent): number => {
      const { left, width } = (slider.ownerSVGElement?.ownerSVGElement ?? slider).getBoundingClientRect()
      return (100 * (clientX - left)) / width
    }
    slider.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      slider.setPointerCapture(event.pointerId)
      slider.focus({ preventScroll: true })
      offset = percentOf(event) - toPercent(scale, at[name])
      event.preventDefault()
    })
    slider.addEventListener('pointermove', (event) => {
      if (offset === null) return
      const [least, most] = limitsOf(name)
      const price = nearestPrice(ladder, fromPercent(scale, percentOf(event) - offset))
      const inside = Math.min(Math.max(price, least), most)
      if (inside !== at[name]) place({ [name]: inside })
    })
    for (const end of ['pointerup', 'pointercancel'] as const) {
      slider.addEventListener(end, () => {
        offset = null
      })
    }
  }
}

function sliderOf(name: Name): SVGGElement {
  const slider = document.querySelector<SVGGElement>(`#${name}-handle [role="slider"]`)
  if (slider === null) throw new Error(`the ${name} handle is missing`)
  return slider
}

function fieldOf(name: Name): HTMLInputElement {
  const field = document.getElementById(name)
  if (!(field instanceof HTMLInputElement)) throw new Error(`the ${name} field is missing`)
  return field
}

function setSpan(selector: string, from: number, to: number): void {
  const rect = document.querySelector(selector)
  rect?.setAttribute('x', `${from}%`)
  rect?.setAttribute('width', `${Math.max(0, to - from)}%`)
}

function showFigure(band: Band, figure: string, text: string): void {
  const element = document.querySelector(`[data-band="${band}"][data-figure="${figure}"]`)
  if (element !== null) element.textContent = text
}

/** Where the browser lets a page write to the clipboard; elsewhere the lines can still be marked by hand. */
function offerCopy(): void {
  const button = document.getElementById('copy-yaml')
  const copied = document.getElementById('copied')
  if (button === null || copied === null || navigator.clipboard === undefined) return
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById('bands-yaml')?.textContent ?? '')
    copied.textContent = copied.dataset['text'] ?? ''
  })
}
