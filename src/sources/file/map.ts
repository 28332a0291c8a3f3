import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import { RecordError } from '../../core/errors.ts'
import { isCurrency } from '../../core/money.ts'
import type { OrderComponents, OrderState } from '../../core/orders/order.ts'
import { type Amount, multiplyAmounts, parseAmount } from './amount.ts'
import type { Column, ColumnSet } from './column.ts'
import { createInstantReader } from './instant-reader.ts'
import { createCancellationRule, createSkipRule } from './row-rules.ts'
import type { ColumnKey, FileSourceConfig } from './schema.ts'

/** What one row says, before anything is rounded or added up: an order, or one line of it. '' and null: does not say. */
export interface RowValues {
  readonly id: string
  /** The row belongs to a refund that names no order. */
  readonly cancellation: boolean
  readonly placedAt: Date
  /** `updatedAt`, or `placedAt` where the row has none; null where no column says when an order changed. */
  readonly changedAt: Date | null
  readonly currency: string
  /** Of the order, or of this line. */
  readonly total: Amount
  readonly email: string
  /** The address is there but is no e-mail address: it is left out of `email`. */
  readonly emailRefused: boolean
  readonly customerId: string
  readonly phone: string
  readonly country: string
  readonly state: OrderState | null
  readonly test: boolean | null
  readonly channel: string
  /** In the order of `RowMapper.components`. */
  readonly components: readonly (Amount | null)[]
  readonly refunded: Amount | null
  readonly refundedAt: Date | null
}

/** Why a row cannot be used; never holds a value of it. */
export interface RowProblem {
  readonly field?: string
  readonly reason: string
}

/** What became of one row. */
type RowReading =
  | { readonly kind: 'values'; readonly values: RowValues }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'problem'; readonly problem: RowProblem }

/** Reads rows; pure, compiled once from the configuration. */
export interface RowMapper {
  readonly components: readonly (keyof OrderComponents)[]
  /** The column of the e-mail address, for people. */
  readonly emailLabel: string
  read(cells: readonly string[]): RowReading
  /** The order's id alone, from a row that may be damaged elsewhere; '' when it cannot be made out. */
  idOf(cells: readonly string[]): string
}

const COMPONENTS = {
  subtotal: 'subtotalMinor',
  discount: 'discountMinor',
  tax: 'taxMinor',
  shipping: 'shippingMinor',
  tip: 'tipMinor',
  duties: 'dutiesMinor',
  giftCard: 'giftCardMinor',
} as const satisfies Partial<Record<ColumnKey, keyof OrderComponents>>

const STATES: Readonly<Record<string, OrderState>> = {
  placed: 'placed',
  pending: 'pending',
  cancelled: 'cancelled',
  failed: 'failed',
  draft: 'draft',
  deleted: 'deleted',
}

const TRUTH: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false }

/** Compiles a configuration; the columns it uses are added to `columns`, whose order rows must then have. */
export function createRowMapper(config: FileSourceConfig, columns: ColumnSet): RowMapper {
  const at = (key: ColumnKey): Column | null => {
    const reference = config.columns[key]
    return reference === undefined ? null : columns.column(reference)
  }
  // In the order in which people know them, for messages.
  for (const reference of Object.values(config.columns)) if (reference !== undefined) columns.column(reference)
  const amount = (text: string): Amount => parseAmount(text, config.decimalComma)
  const order = columns.column(config.columns.order)
  const email = at('email')
  const [readCustomer, readPhone] = [optional(at('customer'), storable), optional(at('phone'), storable)]
  const [readCountry, readChannel] = [optional(at('country'), storable), optional(at('channel'), storable)]
  const instant = createInstantReader(config.timezone)
  const readId = required(order, storable)
  const readPlacedAt = required(columns.column(config.columns.placedAt), instant)
  const changed = at('updatedAt')
  const readUpdatedAt = changed === null ? null : optional(changed, instant)
  const readTotal = totalReader(at, amount)
  const readRefunded = optional(at('refunded'), amount)
  const readRefundedAt = optional(at('refundedAt'), instant)
  const readCurrency = currencyReader(config, columns)
  const readState = optional(
    at('state'),
    wordReader(config.states ?? STATES, 'a state named under `states`'),
    config.states,
  )
  const readTest = optional(at('test'), wordReader(TRUTH, 'true or false'))
  const skips = createSkipRule(config, columns)
  const cancels = createCancellationRule(config, columns, order)
  const components = Object.entries(COMPONENTS).flatMap(([key, name]) => {
    const column = at(key as keyof typeof COMPONENTS)
    return column === null ? [] : [{ name, read: optional(column, amount) }]
  })

  const readValues = (cells: readonly string[]): RowValues => {
    const id = readId(cells)
    const placedAt = readPlacedAt(cells)
    const address = email?.read(cells) ?? ''
    const emailRefused = address !== '' && !isAddress(address)
    return {
      id,
      cancellation: cancels(cells),
      placedAt,
      changedAt: readUpdatedAt === null ? null : (readUpdatedAt(cells) ?? placedAt),
      currency: readCurrency(cells),
      total: readTotal(cells),
      email: emailRefused ? '' : address,
      emailRefused,
      customerId: readCustomer(cells) ?? '',
      phone: readPhone(cells) ?? '',
      country: readCountry(cells) ?? '',
      state: readState(cells),
      test: readTest(cells),
      channel: readChannel(cells) ?? '',
      components: components.length === 0 ? NO_COMPONENTS : components.map((component) => component.read(cells)),
      refunded: readRefunded(cells),
      refundedAt: readRefundedAt(cells),
    }
  }

  return {
    components: components.map((component) => component.name),
    emailLabel: email?.label ?? '',
    read: (cells) => {
      try {
        return skips(cells) ? SKIPPED : { kind: 'values', values: readValues(cells) }
      } catch (thrown) {
        return { kind: 'problem', problem: toProblem(thrown) }
      }
    },
    idOf: (cells) => {
      const id = order.read(cells)
      return id.includes('\ufffd') ? '' : id
    },
  }
}

function isAddress(text: string): boolean {
  // Normalising makes few addresses out of what is none, and takes longer than asking.
  return (isEmail(text) || isEmail(normalizeEmail(text))) && !text.includes('\0') && text.isWellFormed()
}

const MAX_TEXT = 500

/** Text that any database can keep and index. */
function storable(text: string): string {
  if (text.length > MAX_TEXT) throw new RecordError(`expected at most ${MAX_TEXT} characters`)
  if (text.includes('\0') || !text.isWellFormed())
    throw new RecordError('expected text without NUL or broken characters')
  return text
}

const NO_COMPONENTS: readonly null[] = []

const SKIPPED: RowReading = { kind: 'skipped' }

type CellReader<T> = (cells: readonly string[]) => T

function required<T>(column: Column, parse: (text: string) => T): CellReader<T> {
  return (cells) => {
    const text = column.read(cells)
    if (text === '') throw new RecordError('expected a value, found none', { column: column.label })
    return parseAt(column, text, parse)
  }
}

/** Null where there is no such column or the cell is empty, unless `words` gives the empty text a meaning. */
function optional<T>(
  column: Column | null,
  parse: (text: string) => T,
  words?: Readonly<Record<string, unknown>>,
): CellReader<T | null> {
  if (column === null) return () => null
  const emptyIsAWord = words !== undefined && Object.hasOwn(words, '')
  return (cells) => {
    const text = column.read(cells)
    return text === '' && !emptyIsAWord ? null : parseAt(column, text, parse)
  }
}

function parseAt<T>(column: Column, text: string, parse: (text: string) => T): T {
  try {
    return parse(text)
  } catch (thrown) {
    if (!(thrown instanceof RecordError)) throw thrown
    throw new RecordError(thrown.message, { column: column.label }, { cause: thrown })
  }
}

function totalReader(at: (key: ColumnKey) => Column | null, amount: (text: string) => Amount): CellReader<Amount> {
  const [total, quantity, unitPrice] = [at('total'), at('quantity'), at('unitPrice')]
  if (total !== null) return required(total, amount)
  if (quantity === null || unitPrice === null) throw new RecordError('the configuration names no column of a total')
  const readQuantity = required(quantity, amount)
  const readPrice = required(unitPrice, amount)
  return (cells) => multiplyAmounts(readQuantity(cells), readPrice(cells))
}

function currencyReader(config: FileSourceConfig, columns: ColumnSet): CellReader<string> {
  const { currency } = config
  if (typeof currency === 'string') return () => currency
  return required(columns.column(currency.column), (text) => {
    const code = text.toUpperCase()
    if (!isCurrency(code)) throw new RecordError('expected a currency code such as EUR (ISO 4217)')
    return code
  })
}

function wordReader<T>(words: Readonly<Record<string, T>>, expected: string): (text: string) => T {
  const known = new Map(Object.entries(words).map(([word, meaning]) => [word.trim().toLowerCase(), meaning]))
  return (text) => {
    const meaning = known.get(text.toLowerCase())
    if (meaning === undefined) throw new RecordError(`expected ${expected}`)
    return meaning
  }
}

function toProblem(thrown: unknown): RowProblem {
  if (!(thrown instanceof RecordError)) throw thrown
  const column = thrown.context['column']
  return { reason: thrown.message, ...(typeof column === 'string' && { field: column }) }
}
