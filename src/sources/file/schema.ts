import { basename } from 'node:path'
import { z } from 'zod'
import { isTimeZone } from '../../core/instant.ts'
import { isCurrency } from '../../core/money.ts'
import { ORDER_STATES } from '../../core/orders/order.ts'

const COLUMN_MEANINGS = {
  order: 'The order’s number or id. With `rows: lines`, rows with the same one make one order.',
  placedAt:
    'When the order was placed: 2026-11-21T10:00:00Z or 2026-11-21 10:00. Of several lines the earliest counts.',
  updatedAt:
    'When the order last changed; an older version never replaces a newer one. Without it the file always wins.',
  email: 'The customer’s e-mail address. An order without one is kept as anonymous.',
  customer: 'The shop’s own customer id.',
  phone: 'The customer’s phone number.',
  country: 'The customer’s country, ISO 3166-1 alpha-2, used to read the phone number.',
  total: 'What the customer was charged: of the order, or with `rows: lines` of this line.',
  quantity: 'With `rows: lines`: pieces, multiplied by unitPrice.',
  unitPrice: 'With `rows: lines`: price of one piece.',
  subtotal: 'Merchandise before discounts. Lines are added up.',
  discount: 'What was taken off the merchandise, with either sign. Lines are added up.',
  tax: 'Tax within the total. Lines are added up.',
  shipping: 'Shipping within the total. Lines are added up.',
  tip: 'Tip within the total. Lines are added up.',
  duties: 'Duties within the total. Lines are added up.',
  giftCard: 'Part of the total that bought gift cards. Lines are added up.',
  refunded: 'What was given back on this order until now, zero or positive. Lines are added up.',
  refundedAt: 'When it was given back. Default: updatedAt, else placedAt.',
  state: 'Where the order stands, in the file’s own words; see `states`. Empty: placed.',
  test: 'Whether it is a test order: true/false, yes/no, 1/0. Empty: no.',
  channel: 'Where it was sold: online, pos, b2b, …',
} as const

/** The settings under `columns`. */
export type ColumnKey = keyof typeof COLUMN_MEANINGS

const reference = z
  .string()
  .min(1)
  .refine(
    (text) => !/[{}]/.test(text.replace(/\{[^{}]+\}/g, '')),
    'expected a column name, or a template with {Column}',
  )

const columnShape = Object.fromEntries(
  Object.entries(COLUMN_MEANINGS).map(([key, meaning]) => [key, reference.optional().describe(meaning)]),
) as Record<ColumnKey, z.ZodOptional<typeof reference>>

const columns = z.strictObject({
  ...columnShape,
  order: reference.describe(COLUMN_MEANINGS.order),
  placedAt: reference.describe(COLUMN_MEANINGS.placedAt),
})

const scalar = z.union([z.string(), z.number()])

const skipRule = z
  .strictObject({
    column: z.string().min(1).describe('The column that is looked at.'),
    lt: z.number().optional().describe('Skip when the number is less.'),
    lte: z.number().optional().describe('Skip when the number is less or equal.'),
    gt: z.number().optional().describe('Skip when the number is greater.'),
    gte: z.number().optional().describe('Skip when the number is greater or equal.'),
    eq: scalar.optional().describe('Skip when equal: to a number as a number, to a text as a text.'),
    in: z.array(scalar).min(1).optional().describe('Skip when equal to one of these.'),
    empty: z.boolean().optional().describe('true: skip when empty; false: skip when not empty.'),
  })
  .refine((rule) => Object.keys(rule).length === 2, 'expected exactly one of lt, lte, gt, gte, eq, in, empty')

const cancellations = z.union([
  z.strictObject({ order: z.strictObject({ startsWith: z.string().min(1) }) }),
  z.strictObject({ column: z.string().min(1), equals: scalar }),
  z.strictObject({ column: z.string().min(1), in: z.array(scalar).min(1) }),
])

const FORMATS = ['csv', 'tsv', 'jsonl'] as const

/** How the text of a file is laid out. */
export type FileFormat = (typeof FORMATS)[number]

/** The configuration of a source of `type: file`. */
export const fileSourceConfig = z
  .strictObject({
    type: z.literal('file').describe('Reads orders from a file.'),
    path: z.string().min(1).describe('The file, relative to the configuration; plain or gzip. "-" is standard input.'),
    format: z
      .enum(FORMATS)
      .optional()
      .describe('Default: by the name’s ending (.csv .tsv .jsonl .ndjson, also with .gz). Required for "-".'),
    delimiter: z
      .enum([',', ';', '\t', '|'])
      .optional()
      .describe('What separates the columns of a CSV. Default: found out from the header line.'),
    encoding: z
      .literal('utf-8')
      .default('utf-8')
      .describe('Only UTF-8 is read; a row that is not becomes a dead letter.'),
    rows: z
      .enum(['orders', 'lines'])
      .describe(
        'orders: one row is one order. lines: several rows make one order; they need not be adjacent. Customer, ' +
          'currency, state and the like may be left empty on some of them but must not disagree. When one line of an ' +
          'order cannot be read or disagrees, the whole order is held back rather than counted with a wrong total.',
      ),
    timezone: z
      .string()
      .refine(isTimeZone, 'expected an IANA time zone such as Europe/Rome')
      .describe('Of instants without an offset.'),
    currency: z
      .union([
        z.string().refine(isCurrency, 'expected an ISO 4217 code such as EUR, or { column: … }'),
        z.strictObject({ column: reference }),
      ])
      .describe('ISO 4217: a constant, or { column: … }.'),
    decimalComma: z.boolean().default(false).describe('Numbers are written 1234,50.'),
    columns: columns.describe('Which column holds what: a name, or a template such as "{Id}@example.com".'),
    states: z
      .record(z.string(), z.enum(ORDER_STATES))
      .optional()
      .describe('The file’s words for an order’s state → ours. Default: ours, in any case of letters.'),
    cancellations: cancellations
      .optional()
      .describe(
        'Which orders are refunds that name no order: { order: { startsWith } }, { column, equals } or { column, in }.',
      ),
    skip: z.array(skipRule).optional().describe('Rows to leave out; they are counted, and are no dead letters.'),
  })
  .superRefine((config, context) => {
    for (const [path, message] of contradictions(config)) context.addIssue({ code: 'custom', path, message })
  })

/** A checked configuration of a file source. */
export type FileSourceConfig = z.infer<typeof fileSourceConfig>

/** The format that is set, else the one the name's ending tells; null when it tells none. */
export function formatOf(config: { path: string; format?: FileFormat | undefined }): FileFormat | null {
  if (config.format !== undefined) return config.format
  const ending = /\.(csv|tsv|jsonl|ndjson)(?:\.gz)?$/i.exec(basename(config.path))?.[1]?.toLowerCase()
  if (ending === 'ndjson') return 'jsonl'
  return FORMATS.find((format) => format === ending) ?? null
}

interface Combination {
  readonly path: string
  readonly format?: FileFormat | undefined
  readonly delimiter?: string | undefined
  readonly rows: 'orders' | 'lines'
  readonly decimalComma: boolean
  readonly columns: Readonly<Partial<Record<ColumnKey, string | undefined>>>
  readonly states?: unknown
}

function* contradictions(config: Combination): Generator<[string[], string]> {
  const { columns } = config
  const format = formatOf(config)
  if (format === null) yield [['format'], 'expected csv, tsv or jsonl: the name of the file does not tell']
  if (config.delimiter !== undefined && format !== 'csv' && format !== null) {
    yield [['delimiter'], `only a csv has a choice of delimiter, this is ${format}`]
  }
  if (config.decimalComma && format === 'jsonl') yield [['decimalComma'], 'numbers in JSON have a decimal point']
  if (config.rows === 'orders') {
    if (columns.total === undefined) yield [['columns', 'total'], 'rows: orders needs the column of the total']
    for (const key of ['quantity', 'unitPrice'] as const) {
      if (columns[key] !== undefined) yield [['columns', key], 'only for rows: lines; with rows: orders give total']
    }
  } else {
    const [quantity, unitPrice] = [columns.quantity !== undefined, columns.unitPrice !== undefined]
    const either = 'rows: lines needs quantity and unitPrice, or total (of the line), and not both'
    if (columns.total !== undefined ? quantity || unitPrice : !quantity && !unitPrice) yield [['columns'], either]
    else if (quantity !== unitPrice) yield [['columns', quantity ? 'unitPrice' : 'quantity'], either]
  }
  if (columns.refundedAt !== undefined && columns.refunded === undefined) {
    yield [['columns', 'refundedAt'], 'needs refunded, the amount']
  }
  if (config.states !== undefined && columns.state === undefined) yield [['states'], 'needs columns.state']
}
