import { toLocalDate } from '../../src/core/instant.ts'
import type { OverviewRequest, StoredNumbers } from '../../src/core/numbers/overview.ts'
import type {
  LeftOut,
  NewDefinition,
  PeriodLength,
  StoreAggregate,
  StoreReport,
} from '../../src/core/numbers/report.ts'
import type { CustomerRefund, SourceOrder } from '../../src/core/orders/order.ts'
import { convert, type ValueSettings, valueOrder } from '../../src/core/orders/order-value.ts'
import { toValuedOrder } from './ledger.ts'

/** Everything a report is asked with. */
export interface ReportRequest {
  readonly from?: string
  readonly to?: string
  readonly by: PeriodLength
  readonly definition: NewDefinition
}

/** Who bought, for the model: two records are by the same customer when the key is the same. */
export interface ModelCustomer {
  readonly key: string
  readonly identified: boolean
}

interface Entry {
  readonly customer: ModelCustomer | null
  readonly at: Date
  readonly day: string
  readonly value: number
  readonly isOrder: boolean
}

type Records = { orders: readonly SourceOrder[]; refunds: readonly CustomerRefund[] }
type CustomerOf = (record: SourceOrder | CustomerRefund) => ModelCustomer | null

/** Everything that counts, and how the definition tells one's kind in a period that starts on this day; null: all time. */
function readEntries(records: Records, customerOf: CustomerOf, settings: ValueSettings, definition: NewDefinition) {
  const day = (at: Date) => toLocalDate(at, settings.timezone)
  const entries: Entry[] = [
    ...records.orders.flatMap((order) => {
      const value = valueOrder(toValuedOrder(order), settings)
      if (!('valueMinor' in value)) return []
      const at = order.placedAt
      return [{ customer: customerOf(order), at, day: day(at), value: value.valueMinor, isOrder: true }]
    }),
    ...records.refunds.flatMap((refund) => {
      const at = refund.refundedAt
      const value = convert(BigInt(refund.amountMinor), refund.currency, at, settings)
      if (value === null || settings.policy.refunds === 'ignore') return []
      return [{ customer: customerOf(refund), at, day: day(at), value: -Number(value), isOrder: false }]
    }),
  ]
  const ordersOf = (key: string) => entries.filter((entry) => entry.isOrder && entry.customer?.key === key)
  const first = (key: string) => ordersOf(key).reduce<Entry | null>((a, b) => (a === null || b.at < a.at ? b : a), null)

  const kindByRank = (entry: Entry, key: string) => {
    const start = first(key)
    if (start === null) return 'new'
    if (entry.isOrder) return entry.at > start.at ? 'recurring' : 'new'
    return ordersOf(key).some(({ at }) => at > start.at && at <= entry.at) ? 'recurring' : 'new'
  }
  const kindOf = (entry: Entry, startOfPeriod: string | null): StoreAggregate['kind'] => {
    const { customer } = entry
    if (customer === null || !customer.identified) return 'anonymous'
    if (definition === 'rank') return kindByRank(entry, customer.key)
    const start = first(customer.key)
    return start !== null && startOfPeriod !== null && start.day < startOfPeriod ? 'recurring' : 'new'
  }
  return { entries, kindOf }
}

/** What is kept of one kind of customer in one period: the numbers, and the values behind them. */
export interface ModelPeriod extends Omit<StoreAggregate, 'period' | 'kind'> {
  readonly period: string
  readonly kind: StoredNumbers['kind']
  readonly values: readonly number[]
}

/** Every period by kind, those of the identified as a whole among them; of a range of dates only what lies in it. */
export function modelPeriods(
  records: Records,
  customerOf: CustomerOf,
  settings: ValueSettings,
  { by, definition, from = '0', to = '9' }: OverviewRequest & Pick<ReportRequest, 'from' | 'to'>,
): ModelPeriod[] {
  const { entries, kindOf } = readEntries(records, customerOf, settings, definition)
  const here = entries.filter(({ day }) => from <= day && day <= to)
  const groups = Map.groupBy(
    here.flatMap((entry) => {
      const period = startOfPeriod(entry.day, by)
      const kind = kindOf(entry, period)
      const kinds = kind === 'anonymous' ? [kind] : [kind, 'identified' as const]
      return kinds.map((one) => ({ key: JSON.stringify([period, one]), entry }))
    }),
    ({ key }) => key,
  )
  return [...groups].map(([key, list]) => {
    const [period, kind] = JSON.parse(key) as [string, StoredNumbers['kind']]
    const own = list.map(({ entry }) => entry)
    return { period, kind, ...numbersOf(own), values: own.flatMap(({ isOrder, value }) => (isOrder ? [value] : [])) }
  })
}

/** The definitions of AOV, new and recurring, record by record and without any care for speed. */
export function modelReport(
  records: Records,
  customerOf: CustomerOf,
  settings: ValueSettings,
  request: ReportRequest,
): Omit<StoreReport, 'from' | 'to' | 'isStale'> {
  const day = (at: Date) => toLocalDate(at, settings.timezone)
  const isIn = (at: string) => (request.from ?? '0') <= at && at <= (request.to ?? '9')
  const { entries, kindOf } = readEntries(records, customerOf, settings, request.definition)
  const here = entries.filter((entry) => isIn(entry.day))
  const lines = (startOf: (day: string) => string | null) => {
    const groups = Map.groupBy(here, (entry) => JSON.stringify([startOf(entry.day), kindOf(entry, startOf(entry.day))]))
    return [...groups]
      .map(([group, list]) => {
        const [period, kind] = JSON.parse(group) as [string | null, StoreAggregate['kind']]
        return { period, kind, ...numbersOf(list) }
      })
      .sort((a, b) => order(a).localeCompare(order(b)))
  }
  return {
    uncomputed: [],
    definition: request.definition,
    by: request.by,
    periods: lines((at) => startOfPeriod(at, request.by)),
    total: lines(() => request.from ?? null).map((line) => ({ ...line, period: null })),
    identified: numbersOf(here.filter((entry) => entry.customer?.identified === true)),
    leftOut: leftOutOf(
      records.orders.filter((one) => isIn(day(one.placedAt))),
      settings,
    ),
  }
}

const KINDS = ['new', 'recurring', 'anonymous']
const order = (line: StoreAggregate) => `${line.period} ${KINDS.indexOf(line.kind)}`

function numbersOf(entries: readonly Entry[]): Omit<StoreAggregate, 'period' | 'kind'> {
  const values = entries.filter((entry) => entry.isOrder).map((entry) => entry.value)
  const revenueMinor = entries.reduce((sum, entry) => sum + entry.value, 0)
  const buyers = entries.filter((entry) => entry.isOrder && entry.customer?.identified === true)
  return {
    customers: new Set(buyers.map((entry) => entry.customer?.key)).size,
    orders: values.length,
    revenueMinor,
    aovMinor: values.length === 0 ? null : halfUp(revenueMinor / values.length),
    medianMinor: medianOf(values),
  }
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const low = sorted[Math.floor((sorted.length - 1) / 2)]
  const high = sorted[Math.floor(sorted.length / 2)]
  return low === undefined || high === undefined ? null : halfUp((low + high) / 2)
}

// Math.floor may give −0, which is no other amount.
const halfUp = (value: number) => Math.floor(value + 0.5) + 0

function startOfPeriod(day: string, by: PeriodLength): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  if (by === 'month') return iso(year, month, 1)
  if (by === 'quarter') return iso(year, month - ((month - 1) % 3), 1)
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return iso(year, month, date - weekday)
}

const iso = (year: number, month: number, date: number) =>
  new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10)

function leftOutOf(orders: readonly SourceOrder[], settings: ValueSettings): LeftOut[] {
  const reasons = orders.flatMap((one) => {
    const value = valueOrder(toValuedOrder(one), settings)
    return 'notCounted' in value ? [{ reason: value.notCounted, one }] : []
  })
  const groups = Map.groupBy(reasons, ({ reason, one }) => `${reason}\n${one.currency}`)
  return [...groups.values()]
    .map((list) => ({
      reason: list[0]?.reason ?? '',
      orders: list.length,
      totalMinor: list.reduce((sum, { one }) => sum + one.totalMinor, 0),
      currency: list[0]?.one.currency ?? '',
    }))
    .sort((a, b) => (a.reason + a.currency < b.reason + b.currency ? -1 : 1))
}
