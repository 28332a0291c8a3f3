import { type Chart, type ChartOptions, uPlot } from './uplot.ts'

/** The colours and fonts of the style sheet, as a canvas takes them. */
export interface Ink {
  color(name: 'ink' | 'soft' | 'line' | 'new' | 'recurring' | 'paper'): string
  readonly font: string
}

/** The style of an element at this moment; it changes between light and dark. */
function inkOf(element: Element): Ink {
  const style = getComputedStyle(element)
  return { color: (name) => style.getPropertyValue(`--${name}`).trim(), font: `12px ${style.fontFamily}` }
}

/**
 * Draws a chart into an element, as wide as that is, and again when its width or the reader's light changes.
 * `options` is asked each time, so that colours are those of the moment.
 */
export function keepDrawn(
  element: HTMLElement,
  data: uPlot.AlignedData,
  options: (width: number, ink: Ink) => ChartOptions,
): void {
  element.hidden = false
  let chart: Chart | null = null
  const draw = () => {
    const { width } = element.getBoundingClientRect()
    if (width === 0) return
    chart?.destroy()
    chart = new uPlot(options(Math.floor(width), inkOf(element)), data, element)
  }
  let width = 0
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0)
    if (now === width) return
    width = now
    draw()
  }).observe(element)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
}

/** `#rrggbb` with a transparency. */
export function withAlpha(color: string, alpha: number): string {
  return `${color}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`
}
