import type { VendureClient } from './client.ts'
import { SERVER } from './queries.ts'
import type { VendureSourceConfig } from './schema.ts'
import { serverFields } from './wire.ts'

/** What has to be known of a server before its orders can be read. */
export interface Server {
  /** Decimals of every amount, as configured, else as it says. */
  readonly moneyPrecision: number
  /** As it says, whatever is configured. */
  readonly ownMoneyPrecision: number
  readonly states: readonly string[]
  readonly channel: { readonly code: string; readonly currency: string }
  /** By its own clock. */
  readonly answeredAt: Date
}

/** Asks the server about itself; every key may. */
export async function fetchServer(
  config: VendureSourceConfig,
  client: VendureClient,
  signal: AbortSignal,
): Promise<Server> {
  const { data, answeredAt } = await client.ask({
    query: SERVER,
    data: serverFields,
    what: 'asking the shop how it counts money',
    needs: 'any permission',
    signal,
  })
  const { moneyStrategyPrecision, orderProcess } = data.globalSettings.serverConfig
  return {
    moneyPrecision: config.moneyPrecision ?? moneyStrategyPrecision,
    ownMoneyPrecision: moneyStrategyPrecision,
    states: orderProcess.map(({ name }) => name),
    channel: { code: data.activeChannel.code, currency: data.activeChannel.defaultCurrencyCode },
    answeredAt,
  }
}
