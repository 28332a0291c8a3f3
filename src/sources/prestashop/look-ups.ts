import type { z } from 'zod'
import type { PrestashopClient } from './client.ts'
import { type CustomerRow, currencyRow, customerRow, type SlipRow, type StateRow, slipRow, stateRow } from './wire.ts'

/** What the orders of one page refer to. An id that is missing is unknown to the shop. */
export interface LookUps {
  readonly states: ReadonlyMap<string, StateRow>
  /** Id → ISO 4217, as the shop writes it. */
  readonly currencies: ReadonlyMap<string, string>
  readonly customers: ReadonlyMap<string, CustomerRow>
  /** Credit slips by the id of their order. */
  readonly slips: ReadonlyMap<string, readonly SlipRow[]>
}

/** The ids of one page; what is not an id of anything is simply not found. */
interface Wanted {
  readonly orders: readonly string[]
  readonly states: ReadonlySet<string>
  readonly currencies: ReadonlySet<string>
  readonly customers: ReadonlySet<string>
}

export const STATE_FIELDS = '[id,paid,logable,unremovable,template,name]'
const CUSTOMER_FIELDS = '[id,email,is_guest,deleted]'
const SLIP_FIELDS =
  '[id,id_order,date_add,date_upd,total_products_tax_incl,total_shipping_tax_incl,amount,shipping_cost_amount]'

/** Fetches what pages refer to. States and currencies are few: read once per reading, and again for an unknown id. */
export function createLookUps(client: PrestashopClient): (wanted: Wanted, signal: AbortSignal) => Promise<LookUps> {
  const states = createIndex(client, 'order_states', stateRow, STATE_FIELDS)
  const currencies = createIndex(client, 'currencies', currencyRow, '[id,iso_code]')
  return async (wanted, signal) => {
    const slips = await client.listBy(
      'order_slip',
      slipRow,
      { field: 'id_order', ids: wanted.orders, query: { display: SLIP_FIELDS } },
      signal,
    )
    const customers = await client.listBy(
      'customers',
      customerRow,
      { field: 'id', ids: [...wanted.customers], query: { display: CUSTOMER_FIELDS } },
      signal,
    )
    const currencyRows = await currencies(wanted.currencies, signal)
    return {
      states: await states(wanted.states, signal),
      currencies: new Map([...currencyRows].map(([id, row]) => [id, row.iso_code])),
      customers: new Map(customers.map((row) => [row.id, row])),
      slips: Map.groupBy(slips, (slip) => slip.id_order ?? ''),
    }
  }
}

function createIndex<Row extends z.ZodType<{ readonly id: string }>>(
  client: PrestashopClient,
  resource: 'order_states' | 'currencies',
  row: Row,
  display: string,
) {
  let known: ReadonlyMap<string, z.infer<Row>> = new Map()
  return async (ids: ReadonlySet<string>, signal: AbortSignal) => {
    if ([...ids].some((id) => !known.has(id))) {
      const { rows } = await client.list(resource, row, { display }, signal)
      known = new Map(rows.map((one) => [one.id, one]))
    }
    return known
  }
}
