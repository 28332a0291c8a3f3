import { AbortedError, AuthError, ScontrinoError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import type { PrestashopClient, Resource } from './client.ts'
import { STATE_FIELDS } from './look-ups.ts'
import type { PrestashopSourceConfig } from './schema.ts'
import { readState } from './states.ts'
import { currencyRow, idRow, stateRow } from './wire.ts'
import { fetchShopZones, isSameZone, NAME_ZONE } from './zone.ts'

const NEEDED: readonly Resource[] = [
  'orders',
  'order_slip',
  'order_states',
  'currencies',
  'customers',
  'configurations',
]
const KEYS = 'Advanced Parameters > Webservice in the back office'

/** What `scontrino check` can say about a PrestaShop: problems are findings, only a stop is thrown. */
export async function checkPrestashop(
  name: string,
  config: PrestashopSourceConfig,
  client: PrestashopClient,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const subject = `source ${name}`
  const refused = await probeResources(client, signal)
  const failed = refused.find(({ error }) => !(error instanceof AuthError))
  if (failed !== undefined) return [describeFailure(subject, failed.error)]
  if (refused.length === NEEDED.length) return [describeKey(subject, refused)]
  if (refused.length > 0) return refused.map(({ resource, error }) => describeMissing(subject, resource, error))
  try {
    return [
      { level: 'ok', subject, message: `the key is accepted and may read ${NEEDED.join(', ')}` },
      ...describeTransport(subject, config.url),
      ...(await checkCurrencies(subject, client, signal)),
      ...compareZones(subject, config.timezone, await fetchShopZones(client, signal)),
      ...(await checkStates(subject, config, client, signal)),
      ...(await checkShops(subject, config, client, signal)),
      ...(await checkUndated(subject, client, signal)),
    ]
  } catch (error) {
    return [describeFailure(subject, toFailure(error))]
  }
}

async function probeResources(client: PrestashopClient, signal: AbortSignal) {
  const refused: { resource: Resource; error: ScontrinoError }[] = []
  for (const resource of NEEDED) {
    try {
      await client.list(resource, idRow, { display: '[id]', limit: '1' }, signal)
    } catch (error) {
      refused.push({ resource, error: toFailure(error) })
      if (!(error instanceof AuthError)) break
    }
  }
  return refused
}

function toFailure(error: unknown): ScontrinoError {
  if (!(error instanceof ScontrinoError) || error instanceof AbortedError) throw error
  return error
}

function describeFailure(subject: string, error: ScontrinoError): Finding {
  const status = error.context['status']
  const address = 'Look at `url`: /api must be reachable under it, at its final address (https, with or without www).'
  const action =
    status === 503
      ? `Switch the webservice on: ${KEYS}.`
      : status === 404 || (typeof status === 'number' && status >= 300 && status < 400)
        ? address
        : 'Try again; if it stays, see docs/errors.md.'
  return { level: 'problem', subject, message: error.message, action, code: error.code }
}

function describeKey(subject: string, refused: readonly { readonly error: ScontrinoError }[]): Finding {
  const code = refused[0]?.error.code ?? 'E_AUTH'
  const message = 'the shop does not accept the key, or the key may not read anything that is needed'
  const action = `Copy the key from ${KEYS}; it must be enabled, and have GET on ${NEEDED.join(', ')}.`
  return { level: 'problem', subject, message, action, code }
}

function describeMissing(subject: string, resource: Resource, { code }: ScontrinoError): Finding {
  const message = `the key may not read ${resource}`
  return { level: 'problem', subject, message, action: `Tick GET (View) on ${resource} for this key: ${KEYS}.`, code }
}

function describeTransport(subject: string, url: string): Finding[] {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || /^(?:localhost|127\..*|\[::1\])$/.test(hostname)) return []
  const action = 'Use the https address of the shop.'
  return [{ level: 'warning', subject, message: 'the key and all orders travel unencrypted over http', action }]
}

async function checkCurrencies(subject: string, client: PrestashopClient, signal: AbortSignal): Promise<Finding[]> {
  const { rows } = await client.list('currencies', currencyRow, { display: '[id,iso_code]' }, signal)
  const codes = [...new Set(rows.flatMap((row) => row.iso_code || []))].sort()
  return [{ level: 'ok', subject, message: `orders are in ${codes.join(', ')}`, currencies: codes }]
}

function compareZones(subject: string, timezone: string, zones: readonly string[]): Finding[] {
  if (zones.length === 0) {
    const message = `the shop does not say whether it is in ${timezone}`
    return [{ level: 'problem', subject, message, action: NAME_ZONE }]
  }
  if (zones.every((zone) => isSameZone(zone, timezone, new Date()))) {
    return [{ level: 'ok', subject, message: `the shop is in ${timezone}` }]
  }
  const action = `Put ${zones.join(' or ')} into \`timezone\`; stores in several zones need one source each, with \`shop\`.`
  const message = `the shop is in ${zones.join(', ')}, and not in ${timezone}`
  return [{ level: 'problem', subject, message, action }]
}

async function checkStates(
  subject: string,
  config: PrestashopSourceConfig,
  client: PrestashopClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { rows } = await client.list('order_states', stateRow, { display: STATE_FIELDS }, signal)
  const readings = rows.map((row) => ({ row, ...readState(row, config.states) }))
  const words = readings.map(({ row, fate }) => `${row.id} ${row.name}: ${fate}`)
  const guesses = readings.filter(({ isGuess }) => isGuess).map(({ row }) => `${row.id} ${row.name}`)
  const listed: Finding = { level: 'note', subject, message: `order states: ${words.join(' · ')}` }
  if (guesses.length === 0) return [listed]
  const message = `nothing says whether these states are sales, so their orders wait as pending: ${guesses.join(' · ')}`
  return [listed, { level: 'warning', subject, message, action: 'Say under `states` what they mean.' }]
}

async function checkShops(
  subject: string,
  { shop }: PrestashopSourceConfig,
  client: PrestashopClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (shop !== undefined) return []
  try {
    const { rows } = await client.list('shops', idRow, { display: '[id]', id_shop: 'all' }, signal)
    if (rows.length < 2) return []
    const message = `this PrestaShop has ${rows.length} stores, and only the orders of the default one are read`
    return [{ level: 'warning', subject, message, action: 'Set `shop` to the id of a store, or to all.' }]
  } catch (error) {
    // Optional: a key that may not look has nothing to tell.
    if (toFailure(error) instanceof AuthError) return []
    throw error
  }
}

/** Orders are read by their dates: what an import left at `0000-00-00 00:00:00` is never asked for. */
async function checkUndated(subject: string, client: PrestashopClient, signal: AbortSignal): Promise<Finding[]> {
  const query = { date: '1', display: '[id]', 'filter[date_add]': '<[1971-01-01 00:00:00]', limit: '100' }
  const { rows } = await client.list('orders', idRow, query, signal)
  if (rows.length === 0) return []
  const ids = rows.slice(0, 5).map(({ id }) => id)
  const message = `${rows.length === 100 ? 'at least 100' : rows.length} orders have no date, and are not read: ${ids.join(', ')}`
  return [{ level: 'warning', subject, message, action: 'Give them the date they were placed on (date_add).' }]
}
