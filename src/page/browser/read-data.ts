/** The data beside a chart, and the places that it fills; null where the page has no such chart. */
export function readChart<Data>(name: string): {
  readonly figure: HTMLElement
  readonly plot: HTMLElement
  readonly readout: HTMLElement
  readonly data: Data
} | null {
  const figure = document.querySelector<HTMLElement>(`[data-chart="${name}"]`)
  const plot = figure?.querySelector<HTMLElement>('.plot')
  const readout = figure?.querySelector<HTMLElement>('.readout')
  const text = document.getElementById(figure?.dataset['source'] ?? '')?.textContent
  if (figure == null || plot == null || readout == null || text == null) return null
  return { figure, plot, readout, data: JSON.parse(text) as Data }
}
