import type { AccountServices } from '../src/app/services.ts'
import type { JobData } from './job-data.ts'

/**
 * Within a sync: why nothing is known of the shop, when no source could be read now and none was before; null
 * otherwise. Segments made then would all be empty, and their author would look for the mistake in them.
 */
export async function nothingRead(services: AccountServices, { flow }: JobData): Promise<string | null> {
  if (flow === undefined) return null
  const pulls = await services.runs.loadRunsOf(flow['pull-orders'])
  if (pulls.some(({ state }) => state === 'done') || (await services.hasOrders())) return null
  return `no order was ever read: ${pulls.length === 0 ? 'the account has no source' : 'pull-orders failed'}`
}
