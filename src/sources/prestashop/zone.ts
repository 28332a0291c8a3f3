import { ConfigError } from '../../core/errors.ts'
import { isTimeZone } from '../../core/instant.ts'
import { createLocalClock } from '../../core/local-clock.ts'
import type { PrestashopClient } from './client.ts'
import type { PrestashopSourceConfig } from './schema.ts'
import { configurationRow } from './wire.ts'

const MONTH_MS = 30 * 86_400_000

/** What to do where the shop's settings name no zone. */
export const NAME_ZONE = 'Choose the time zone in the shop (International > Localization), and save it.'

/**
 * What the shop's settings say of its time zone: none that is known, or several where its stores differ.
 * @throws AuthError when the key may not read them.
 */
export async function fetchShopZones(client: PrestashopClient, signal: AbortSignal): Promise<readonly string[]> {
  const query = { 'filter[name]': '[PS_TIMEZONE]', display: '[name,value]' }
  const { rows } = await client.list('configurations', configurationRow, query, signal)
  return rows.filter(({ name, value }) => name === 'PS_TIMEZONE' && isTimeZone(value)).map(({ value }) => value)
}

/** Whether two zones show the same time all through the last year and the next. */
export function isSameZone(a: string, b: string, now: Date): boolean {
  if (a === b) return true
  const [one, other] = [createLocalClock(a), createLocalClock(b)]
  const instants = Array.from({ length: 25 }, (_, month) => new Date(now.getTime() + (month - 12) * MONTH_MS))
  return instants.every((instant) => one.offsetMsAt(instant) === other.offsetMsAt(instant))
}

/**
 * Nothing is read with a zone that is not known to be the shop's: changes would seem older than they are, and be missed.
 * @throws ConfigError when the shop's settings name another zone or none; AuthError when the key may not read them.
 */
export async function assertZone(
  client: PrestashopClient,
  source: { readonly name: string } & Pick<PrestashopSourceConfig, 'timezone' | 'shop'>,
  signal: AbortSignal,
): Promise<void> {
  const zones = await fetchShopZones(client, signal)
  const right = zones.filter((zone) => isSameZone(zone, source.timezone, new Date()))
  // One store may be in any of them; all stores are read by one clock.
  if (right.length > 0 && (source.shop !== 'all' || right.length === zones.length)) return
  const path = `sources.${source.name}.timezone`
  if (zones.length === 0) {
    const message = 'nothing to compare it with: the shop names no time zone that is known'
    throw new ConfigError(`reading ${source.name}: the shop does not say its time zone`, [
      { path, message, hint: NAME_ZONE },
    ])
  }
  const message = `the shop's settings say ${zones.join(', ')}`
  throw new ConfigError(`reading ${source.name}: the shop is in another time zone than the configuration says`, [
    { path, message, hint: 'put the time zone of the shop there; stores in several zones need one source each' },
  ])
}
