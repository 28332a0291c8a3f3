import type { BrowserFormats } from './number-format.ts'
import type { Bands } from './split-bands.ts'

const NAMES = ['low', 'mid', 'high'] as const

/** Writes what each band holds into the page's table. `ranges`: words with `{low}` and `{high}` for the borders. */
export function showBands(
  bands: Bands,
  formats: BrowserFormats,
  ranges: Readonly<Record<(typeof NAMES)[number], string>>,
  borders: { readonly low: number; readonly high: number },
): void {
  const sum = (what: 'customers' | 'orders' | 'revenueMinor') =>
    NAMES.reduce((total, name) => total + bands[name][what], 0)
  const total = { customers: sum('customers'), orders: sum('orders'), revenueMinor: sum('revenueMinor') }
  for (const name of NAMES) {
    const { customers, orders, revenueMinor } = bands[name]
    const texts = {
      range: ranges[name].replace('{low}', formats.price(borders.low)).replace('{high}', formats.price(borders.high)),
      customers: formats.count(customers),
      'customer-share': formats.share(customers / total.customers),
      orders: formats.count(orders),
      'order-share': formats.share(orders / total.orders),
      revenue: formats.money(revenueMinor),
      'revenue-share': formats.share(revenueMinor / total.revenueMinor),
    }
    for (const [what, text] of Object.entries(texts)) {
      const cell = document.querySelector(`[data-band="${name}"][data-shows="${what}"]`)
      if (cell !== null) cell.textContent = text
    }
  }
}
