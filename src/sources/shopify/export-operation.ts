import { z } from 'zod'
import { AuthError, RateLimitedError, RemoteRejectedError } from '../../core/errors.ts'
import { wait } from '../../lib/wait.ts'
import type { ShopifyClient } from './client.ts'
import { EXPORT_STATE, exportQuery, START_EXPORT } from './documents.ts'

/** What has become of an export. */
export type ExportOutcome =
  /** `url` is null when the search found nothing. */
  | { readonly kind: 'ready'; readonly url: string | null; readonly orders: number }
  /** Failed, cancelled, expired or unknown: to be started again. What it left behind is partial, and never taken for all. */
  | { readonly kind: 'lost'; readonly reason: string }

/** Shopify runs at most five exports of an app at once. */
const BUSY_MS = 60_000
/** Short exports are waited for in place; for longer ones the reading goes back to the queue. */
const POLL_MS = [100, 400, 1_000, 2_000, 4_000]
const LATER_MS = 15_000

const started = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: z.object({ id: z.string() }).nullable(),
    userErrors: z.array(z.object({ code: z.string().nullable() })),
  }),
})

const count = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number)

const state = z.object({
  bulkOperation: z
    .object({
      status: z.string(),
      errorCode: z.string().nullable(),
      rootObjectCount: count,
      url: z.string().nullable(),
    })
    .nullable(),
})

/** @returns the operation's id, by which any process can go on with it. @throws RateLimitedError while too many run. */
export async function startExport(client: ShopifyClient, search: string, signal: AbortSignal): Promise<string> {
  const what = 'starting a bulk export of Shopify orders'
  const { data } = await client.ask({
    document: START_EXPORT,
    variables: { query: exportQuery(search) },
    answer: started,
    what,
    needs: 'read_orders and read_customers',
    isMutation: true,
    signal,
  })
  const { bulkOperation, userErrors } = data.bulkOperationRunQuery
  const codes = userErrors.map(({ code }) => code ?? 'INVALID')
  if (codes.some((code) => code === 'LIMIT_REACHED' || code === 'OPERATION_IN_PROGRESS')) {
    throw new RateLimitedError(`${what}: other exports of the app are running`, BUSY_MS)
  }
  if (bulkOperation === null || codes.length > 0) {
    throw new RemoteRejectedError(`${what}: Shopify refused it (${codes.join(', ')})`, 200, [])
  }
  return bulkOperation.id
}

/** Waits a few seconds for an export. @throws RateLimitedError, to come back later, when it takes longer. */
export async function awaitExport(client: ShopifyClient, id: string, signal: AbortSignal): Promise<ExportOutcome> {
  for (const delayMs of POLL_MS) {
    const outcome = await lookAt(client, id, signal)
    if (outcome !== null) return outcome
    await wait(delayMs, signal)
  }
  const outcome = await lookAt(client, id, signal)
  if (outcome !== null) return outcome
  throw new RateLimitedError('waiting for a bulk export of Shopify orders: it is still running', LATER_MS)
}

async function lookAt(client: ShopifyClient, id: string, signal: AbortSignal): Promise<ExportOutcome | null> {
  const what = 'looking at a bulk export of Shopify orders'
  const { data } = await client.ask({
    document: EXPORT_STATE,
    variables: { id },
    answer: state,
    what,
    needs: 'read_orders',
    signal,
  })
  const operation = data.bulkOperation
  if (operation === null) return { kind: 'lost', reason: 'is unknown' }
  const { status, errorCode, url, rootObjectCount } = operation
  if (status === 'COMPLETED') {
    const isLost = url === null && rootObjectCount > 0
    return isLost ? { kind: 'lost', reason: 'has no address' } : { kind: 'ready', url, orders: rootObjectCount }
  }
  if (status === 'CREATED' || status === 'RUNNING' || status === 'CANCELING') return null
  if (errorCode === 'ACCESS_DENIED') {
    throw new AuthError(`${what}: ACCESS_DENIED: the key needs read_orders and read_customers`)
  }
  return { kind: 'lost', reason: `ended as ${status}${errorCode === null ? '' : ` (${errorCode})`}` }
}
