import { AbortedError, AuthError, ScontrinoError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import type { VendureClient } from './client.ts'
import { isKnownState } from './map.ts'
import { COUNTS } from './queries.ts'
import type { VendureSourceConfig } from './schema.ts'
import { fetchServer, type Server } from './server.ts'
import { countFields } from './wire.ts'

const CREATE_KEY =
  'create an API key in the channel that is to be read (Settings > API keys), for a role with ReadOrder and ' +
  'ReadCustomer; the server must allow it: authOptions.tokenMethod with api-key'

/** Whether the key and the channel are accepted, what may be read, and what the server's own ways ask to be configured. */
export async function checkVendure(
  name: string,
  config: VendureSourceConfig,
  client: VendureClient,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const subject = `source ${name}`
  try {
    const server = await fetchServer(config, client, signal)
    const { data } = await client.ask({
      query: COUNTS,
      data: countFields,
      what: 'counting the orders of the shop',
      needs: 'ReadOrder',
      signal,
    })
    const sellers = data.sellers.totalItems
    return [
      {
        level: 'ok',
        subject,
        message:
          `the key is accepted in channel ${server.channel.code}, which has ${data.orders.totalItems} orders; ` +
          `currency ${server.channel.currency}, ${server.moneyPrecision} decimals; instants are in UTC`,
        currencies: [server.channel.currency],
      },
      ...describeSellers(subject, sellers, data.orders.totalItems),
      ...describeStates(subject, server, config),
      ...describePrecision(subject, server),
    ]
  } catch (error) {
    if (!(error instanceof ScontrinoError) || error instanceof AbortedError) throw error
    const action = error instanceof AuthError ? CREATE_KEY : 'look at url and adminApiPath, and whether the server runs'
    return [{ level: 'problem', subject, message: error.message, action, code: error.code }]
  }
}

function describeSellers(subject: string, sellers: number, all: number): Finding[] {
  if (sellers === 0) return []
  const message = `${sellers} of its orders are sellers' parts of other orders and are left out`
  if (sellers < all) return [{ level: 'note', subject, message }]
  const action = 'read the channel in which customers order, not that of a seller'
  return [{ level: 'warning', subject, message: `${message}; it has no others`, action }]
}

function describeStates(subject: string, { states }: Server, config: VendureSourceConfig): Finding[] {
  const unknown = states.filter((state) => !isKnownState(state) && !Object.hasOwn(config.states, state))
  if (unknown.length === 0) return []
  return [
    {
      level: 'warning',
      subject,
      message: `its order process has states that are not known: ${unknown.join(', ')}; orders in them become dead letters`,
      action: 'say under states what each means, such as { Packed: placed }',
    },
  ]
}

function describePrecision(subject: string, { moneyPrecision, ownMoneyPrecision }: Server): Finding[] {
  if (moneyPrecision === ownMoneyPrecision) return []
  const message = `moneyPrecision is ${moneyPrecision}, but the server says that its amounts have ${ownMoneyPrecision} decimals`
  return [{ level: 'warning', subject, message, action: 'leave moneyPrecision out' }]
}
