import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql'
import type { ShopFaults } from '../shop-server/shop-faults.ts'
import { type ListOptions, listOrders } from './list-orders.ts'
import { SCHEMA } from './schema.ts'
import { CUSTOM_STATES, MONEY_PRECISION, type ShownOrder } from './shown-order.ts'

/** What the Admin API answers from. */
export interface AdminApiOptions {
  readonly rows: () => readonly ShownOrder[]
  readonly currency: string
  readonly faults: ShopFaults
  readonly onList: () => void
}

/** Who asks. `channel` is a code; null: there is no channel of that token. */
export interface Caller {
  readonly isAllowed: boolean
  readonly channel: string | null
}

/** An answer of the GraphQL server. */
export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
}

const MOST_ROWS = 1000
const STATES = [
  'Created',
  'Draft',
  'AddingItems',
  'ArrangingPayment',
  'PaymentAuthorized',
  'PaymentSettled',
  'PartiallyShipped',
  'Shipped',
  'PartiallyDelivered',
  'Delivered',
  'Modifying',
  'ArrangingAdditionalPayment',
  'Cancelled',
  ...Object.keys(CUSTOM_STATES),
]

/** Answers GraphQL as Vendure does: what the schema refuses with 400, everything else with 200. */
export function createAdminApi(
  options: AdminApiOptions,
): (caller: Caller, query: string, variables: Readonly<Record<string, unknown>>) => Promise<ApiAnswer> {
  const schema = toSchema()
  return async (caller, query, variables) => {
    const refused = (errors: readonly GraphQLError[], code: string) => ({
      status: 400,
      body: { errors: errors.map((error) => ({ ...error.toJSON(), extensions: { code } })) },
    })
    const parsed = attempt(() => parse(query))
    if (parsed instanceof GraphQLError) return refused([parsed], 'GRAPHQL_PARSE_FAILED')
    const errors = validate(schema, parsed)
    if (errors.length > 0) return refused(errors, 'GRAPHQL_VALIDATION_FAILED')
    const result = await execute({
      schema,
      document: parsed,
      variableValues: variables,
      rootValue: toRoot(caller, options),
    })
    return { status: 200, body: toBody(result) }
  }
}

function toRoot(caller: Caller, { rows, currency, faults, onList }: AdminApiOptions) {
  const guard = () => {
    if (caller.channel === null) throw coded('CHANNEL_NOT_FOUND', 'No Channel with the token could be found')
    if (!caller.isAllowed) throw coded('FORBIDDEN', 'You are not currently authorized to perform this action')
    return caller.channel
  }
  return {
    activeChannel: () => ({ code: guard(), defaultCurrencyCode: currency }),
    globalSettings: () => {
      guard()
      const orderProcess = STATES.map((name) => ({ name, to: [] }))
      return { serverConfig: { moneyStrategyPrecision: MONEY_PRECISION, orderProcess } }
    },
    orders: ({ options = {} }: { options?: ListOptions }) => {
      guard()
      if ((options.take ?? 0) > MOST_ROWS) {
        throw coded('USER_INPUT_ERROR', `Cannot take more than ${MOST_ROWS} results from a list query`)
      }
      const isIgnored = faults.strike('/admin-api', ['ignore-filter']) !== null
      const { items, totalItems } = listOrders(rows(), isIgnored ? { ...options, filter: {} } : options)
      onList()
      const isMalformed = items.length > 0 && faults.strike('/admin-api', ['malformed-record']) !== null
      const shown = items.map((item, index) => ({
        ...item,
        ...item.fields,
        ...(isMalformed && index === 0 && { state: 'Teleported' }),
      }))
      return { totalItems, items: shown }
    },
  }
}

/** In queries milliseconds, in the database microseconds. */
function toSchema(): GraphQLSchema {
  const schema = buildSchema(SCHEMA)
  const dateTime = schema.getType('DateTime')
  if (!(dateTime instanceof GraphQLScalarType)) throw new Error('the schema has no DateTime')
  dateTime.serialize = (us) => new Date(Math.floor(Number(us) / 1000)).toISOString()
  dateTime.parseValue = (text) => {
    const isDate = typeof text === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(text)
    if (!isDate) throw new GraphQLError('DateTime cannot represent an invalid date-time-string.')
    return Date.parse(text) * 1000
  }
  return schema
}

function toBody({ data, errors }: ExecutionResult): unknown {
  if (errors === undefined) return { data }
  const shown = errors.map((error) => {
    const json = error.toJSON()
    return { ...json, extensions: { code: 'BAD_USER_INPUT', ...json.extensions } }
  })
  return data === undefined ? { errors: shown } : { errors: shown, data }
}

function coded(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}

function attempt<T>(read: () => T): T | GraphQLError {
  try {
    return read()
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}
