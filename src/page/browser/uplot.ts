import type UPlot from 'uplot'

/** The chart library, which a script element before this one has loaded. */
export const uPlot = (globalThis as unknown as { readonly uPlot: typeof UPlot }).uPlot

export type Chart = UPlot
export type ChartOptions = UPlot.Options
