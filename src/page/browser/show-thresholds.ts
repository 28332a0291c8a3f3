import { BANDS, type Band, FIGURES, toBandTexts, toShares } from './band-texts.ts'
import { toBandsYaml } from './bands-yaml.ts'
import type { Thresholds } from './keep-apart.ts'
import { createBrowserFormats } from './number-format.ts'
import { anchorOf, toPercent } from './price-axis.ts'
import { toMajorText, toPriceText } from './price-text.ts'
import { type Bands, type Cell, splitBands } from './split-bands.ts'
import { fillTemplate } from './template.ts'
import type { ThresholdsData } from './thresholds-data.ts'
import type { Placed, Remark } from './typed-thresholds.ts'

type Name = 'low' | 'high'
const NAMES = ['low', 'high'] as const

/** Writes into the page what follows from where the lines stand. `limits`: how far each may go. */
export function createThresholdsView({
  style,
  scale,
  ranges,
  valueTexts,
  remarks,
  present,
  cells: packed,
}: ThresholdsData) {
  const cells = packed.map(([fromMinor, isPoint, customers, orders, revenueMinor]): Cell => {
    return { fromMinor, isPoint: isPoint === 1, customers, orders, revenueMinor }
  })
  const amounts = createBrowserFormats(style)
  const toText = (minor: number) => toPriceText(minor, style.decimals)

  return {
    show(at: Thresholds, said: Placed['remarks'], limits: Readonly<Record<Name, readonly [number, number]>>): void {
      const minors = { low: at.lowMinor, high: at.highMinor }
      const bands = splitBands(cells, at.lowMinor, at.highMinor)
      const texts = toBandTexts(bands, amounts)
      const prices = { low: amounts.price(at.lowMinor), high: amounts.price(at.highMinor) }
      for (const name of NAMES) {
        const told = { price: prices[name], customers: texts[name].customers, share: texts[name].customerShare }
        showHandle(name, minors[name], limits[name], fillTemplate(valueTexts[name], told))
        fieldOf(name).value = toText(minors[name])
        showRemark(name, said[name])
      }
      showBars(toPercent(scale, at.lowMinor), toPercent(scale, at.highMinor))
      showShares(bands)
      for (const band of BANDS) {
        showFigure(band, 'range', fillTemplate(ranges[band], prices))
        for (const figure of FIGURES) showFigure(band, figure, texts[band][figure])
      }
      showYaml(at, bands)
    },
  }

  function showHandle(name: Name, now: number, [least, most]: readonly [number, number], text: string): void {
    const slider = sliderOf(name)
    const percent = toPercent(scale, now)
    slider.parentElement?.setAttribute('x', `${percent}%`)
    slider.setAttribute('aria-valuemin', toMajorText(least, style.decimals))
    slider.setAttribute('aria-valuemax', toMajorText(most, style.decimals))
    slider.setAttribute('aria-valuenow', toMajorText(now, style.decimals))
    slider.setAttribute('aria-valuetext', text)
    const label = slider.querySelector('text')
    if (label === null) return
    label.textContent = amounts.price(now)
    label.setAttribute('text-anchor', anchorOf(percent))
  }

  function showRemark(name: Name, remark: Remark | null): void {
    const element = document.getElementById(`${name}-said`)
    if (element === null) return
    const price = remark === null ? '' : amounts.price(remark.minor)
    element.textContent = remark === null ? '' : fillTemplate(remarks[remark.kind], { typed: remark.typed, price })
  }

  function showYaml({ lowMinor, highMinor }: Thresholds, bands: Bands): void {
    const { fixed, following } = toBandsYaml(present, toText(lowMinor), toText(highMinor), bands)
    const same = document.getElementById('yaml-same')
    if (same !== null) same.hidden = fixed !== null
    showLines('yaml-fixed', 'bands-yaml', fixed)
    showLines('yaml-following', 'bands-following', following)
  }
}

/** The handle of a line. */
export function sliderOf(name: Name): SVGGElement {
  const slider = document.querySelector<SVGGElement>(`#${name}-handle [role="slider"]`)
  if (slider === null) throw new Error(`the ${name} handle is missing`)
  return slider
}

/** Where the price of a line is typed. */
export function fieldOf(name: Name): HTMLInputElement {
  const field = document.getElementById(name)
  if (!(field instanceof HTMLInputElement)) throw new Error(`the ${name} field is missing`)
  return field
}

function showLines(blockId: string, codeId: string, lines: string | null): void {
  const [block, code] = [document.getElementById(blockId), document.getElementById(codeId)]
  if (block !== null) block.hidden = lines === null
  if (code !== null) code.textContent = lines ?? ''
}

function showBars(low: number, high: number): void {
  setSpan('#in-low rect', 0, low)
  setSpan('#in-mid rect', low, high)
  setSpan('#in-high rect', high, 100)
}

function showShares(bands: Bands): void {
  for (const counted of ['customers', 'revenueMinor'] as const) {
    const shares = toShares(bands, counted)
    let left = 0
    for (const band of BANDS) {
      const right = left + 100 * Math.max(0, shares[band] ?? 0)
      setSpan(`[data-share="${counted}"][data-band="${band}"]`, left, right)
      left = right
    }
  }
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
