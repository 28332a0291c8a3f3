import { formatPrice, toMajor } from '../../core/money.ts'
import type { CrossedBands } from '../../core/thresholds/crossed-bands.ts'
import type {
  AdvisedCuts,
  ThresholdAdvice,
  ThresholdCut,
  ThresholdMethod,
} from '../../core/thresholds/threshold-advice.ts'
import type { ThresholdClass } from '../../core/thresholds/threshold-classes.ts'
import type { ThresholdWarning } from '../../core/thresholds/threshold-warnings.ts'
import type { Paint } from '../paint.ts'
import type { AccountView } from '../select-accounts.ts'
import { formatAmount, formatCount, formatCounted } from './number.ts'
import { type Cell, renderTable } from './table.ts'
import { crossedLines } from './threshold-decisions.ts'

const TITLES: Readonly<Record<ThresholdMethod, string>> = {
  store_aov: 'At the store’s AOV',
  store_median: 'At the median customer',
  quantiles: 'Classes of equal size',
  natural_breaks: 'Natural breaks (Fisher–Jenks on log AOV)',
}
const WINDOWS = { lifetime: 'all orders', '12m': 'last twelve months' } as const
const COLUMNS = [
  { title: 'AOV' },
  { title: 'customers', align: 'right' },
  { title: '', align: 'right' },
  { title: 'orders', align: 'right' },
  { title: 'revenue', align: 'right' },
  { title: '', align: 'right' },
] as const

/** Each way of cutting with its classes, how well it fits, how far chance could move it, and what speaks against it. */
export function renderThresholds(
  account: AccountView,
  advice: ThresholdAdvice,
  crossed: CrossedBands | null,
  paint: Paint,
): string {
  const { currency } = account
  const customers = formatCounted(advice.customers, 'customers')
  const heading = [account.key, WINDOWS[advice.window], currency, `policy ${account.policy}`, customers].join(' · ')
  if (advice.customers === 0) return `${paint('bold', heading)}\nNo customer has an order that counts: nothing to cut.`
  const [median, mean] = [advice.medianMinor, advice.storeAovMinor].map((minor) => formatAmount(minor, currency))
  return [
    `${paint('bold', heading)}\nThe store’s AOV is ${mean}; half of the customers have at most ${median}.`,
    ...(crossed === null ? [] : [crossedLines(crossed, account, paint).join('\n')]),
    ...advice.advice.map((one) => renderMethod(one, advice, currency, paint)),
  ].join('\n\n')
}

function renderMethod(one: AdvisedCuts, total: ThresholdAdvice, currency: string, paint: Paint): string {
  const fit = one.fit === null ? '' : paint('dim', `  fit ${one.fit.toFixed(2)}`)
  const rows = one.classes.map((own): Cell[] => [
    rangeText(own, one.classes.length, currency),
    formatCount(own.customers),
    percent(own.customers, total.customers),
    formatCount(own.orders),
    formatAmount(own.revenueMinor, currency),
    percent(own.revenueMinor, total.revenueMinor),
  ])
  return [
    paint('bold', TITLES[one.method]) + fit,
    indent(renderTable(COLUMNS, rows, paint)),
    ...one.cuts.map((cut) => `  ${cutText(cut, currency)}`),
    ...(one.cuts.length === 2
      ? [`  bands: [${one.cuts.map((cut) => toMajor(cut.priceMinor, currency)).join(', ')}]`]
      : []),
    ...one.warnings.map((warning) => paint('yellow', `  warning: ${warningText(warning, one, currency)}`)),
  ].join('\n')
}

function cutText(
  { name, rawMinor, priceMinor, lowMinor, highMinor, stability }: ThresholdCut,
  currency: string,
): string {
  const from = `${name === null ? 'a break at' : name} ${formatAmount(rawMinor, currency)}`
  const chance = `95% of resamples ${formatAmount(lowMinor, currency)}–${formatAmount(highMinor, currency)}`
  return `${formatPrice(priceMinor, currency)}: ${from}; ${chance}, ${percent(stability, 1)} within 10%`
}

/** Three classes are bands: the middle one holds both of its ends. */
function rangeText({ fromMinor, toMinor }: ThresholdClass, classes: number, currency: string): string {
  if (fromMinor === null) return toMinor === null ? 'all' : `below ${formatPrice(toMinor, currency)}`
  const from = formatPrice(fromMinor, currency)
  if (toMinor === null) return classes === 3 ? `above ${from}` : `from ${from}`
  const to = formatPrice(toMinor, currency)
  return classes === 3 ? `${from} – ${to}` : `from ${from}, below ${to}`
}

function warningText(warning: ThresholdWarning, { classes }: AdvisedCuts, currency: string): string {
  const nameOf = (index: number) => {
    const own = classes[index]
    return own === undefined ? 'a class' : `“${rangeText(own, classes.length, currency)}”`
  }
  switch (warning.kind) {
    case 'few-customers':
      return `with only ${formatCounted(warning.customers, 'customers')} every share rests on few`
    case 'few-values':
      return `there are only ${warning.classes} different AOVs`
    case 'same-price':
      return `two cuts fall on ${formatPrice(warning.priceMinor, currency)}: fewer classes would do`
    case 'edge':
      return `${formatPrice(warning.priceMinor, currency)} is the least or the greatest AOV there is`
    case 'empty-class':
      return `nobody is in ${nameOf(warning.class)}`
    case 'small-class':
      return `${nameOf(warning.class)} holds only ${(100 * warning.share).toFixed(1)}% of the customers`
    case 'large-class':
      return `${nameOf(warning.class)} holds ${percent(warning.share, 1)} of the customers: it tells few apart`
    case 'unstable':
      return `${formatPrice(warning.priceMinor, currency)} stands on chance: only ${percent(warning.stability, 1)} of resamples come within 10% of it`
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)}%`
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
