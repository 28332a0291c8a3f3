import { RemoteRejectedError } from '../../core/errors.ts'
import { parseInstant } from '../../core/instant.ts'
import type { ImportStart, ImportStatus, ProfileRefusal, ProfileUpdate } from '../../core/profiles/profile.ts'
import type { Logger } from '../../lib/logger.ts'
import type { KlaviyoClient } from './client.ts'
import { rowOf, withoutAddresses } from './complaints.ts'
import { OPERATIONS } from './limits.ts'
import { refuseUnsent, toProfileBody } from './profile-body.ts'
import { addressedPayload, documentOf, importError, importJob, reference } from './schema.ts'

/** Klaviyo may name only some of the bad rows at a time; beyond this many rounds something else is wrong. */
const MOST_ROUNDS = 10

interface Row {
  readonly index: number
  readonly email: string
  readonly body: string
}

/**
 * Starts an import job. One malformed row makes Klaviyo refuse the whole job with pointers at such rows: they are
 * taken out and the rest is sent again. Rows of the job are the given ones without the refused, in the same order.
 */
export async function startImport(
  client: KlaviyoClient,
  updates: readonly ProfileUpdate[],
  signal: AbortSignal,
  logger?: Logger,
): Promise<ImportStart> {
  const refused: ProfileRefusal[] = []
  let rows: Row[] = []
  for (const [index, update] of updates.entries()) {
    const body = JSON.stringify(toProfileBody(update))
    const refusal = refuseUnsent(update, body, index)
    if (refusal === null) rows.push({ index, email: update.email, body })
    else refused.push(refusal)
  }
  for (let round = 1; rows.length > 0; round += 1) {
    try {
      const { data } = await client.call(OPERATIONS.startImport, documentOf(reference), { body: toBody(rows), signal })
      return { importId: data.id, refused, unsent: 0 }
    } catch (error) {
      const named = error instanceof RemoteRejectedError ? rowsNamed(error, rows) : new Map<Row, ProfileRefusal>()
      if (named.size === 0) throw error
      logger?.warn(
        { rows: rows.length, refused: named.size, round },
        'Klaviyo refused rows of an import; sending the rest',
      )
      refused.push(...named.values())
      rows = rows.filter((row) => !named.has(row))
      if (round === MOST_ROUNDS) return { importId: null, refused, unsent: rows.length }
    }
  }
  return { importId: null, refused, unsent: 0 }
}

function toBody(rows: readonly Row[]): string {
  const profiles = rows.map((row) => row.body).join(',')
  return `{"data":{"type":"profile-bulk-import-job","attributes":{"profiles":{"data":[${profiles}]}}}}`
}

/** The rows a 400 points at, each with its first complaint. */
function rowsNamed({ status, complaints }: RemoteRejectedError, rows: readonly Row[]): Map<Row, ProfileRefusal> {
  const named = new Map<Row, ProfileRefusal>()
  if (status !== 400) return named
  for (const { code, detail, pointer } of complaints) {
    const row = rows[rowOf(pointer) ?? -1]
    if (row === undefined || named.has(row)) continue
    named.set(row, { index: row.index, code, reason: withoutAddresses(detail, row.email) })
  }
  return named
}

/** Where an import job stands. Klaviyo keeps jobs for seven days: one it has forgotten is `expired`. */
export async function fetchImport(client: KlaviyoClient, importId: string, signal: AbortSignal): Promise<ImportStatus> {
  try {
    const { data } = await client.call(OPERATIONS.fetchImport, documentOf(importJob), { id: importId, signal })
    const { status, total_count, completed_count, failed_count, expires_at } = data.attributes
    const expired = typeof expires_at === 'string' && parseInstant(expires_at, 'UTC').getTime() <= Date.now()
    return {
      state: expired ? 'expired' : status,
      total: total_count ?? 0,
      completed: completed_count ?? 0,
      failed: failed_count ?? 0,
    }
  } catch (error) {
    const forgotten = error instanceof RemoteRejectedError && (error.status === 404 || error.status === 410)
    if (!forgotten) throw error
    return { state: 'expired', total: 0, completed: 0, failed: 0 }
  }
}

/**
 * Every page of a job's refusals. `index` counts the rows of the job, that is the batch without what `startImport`
 * had refused; the address is added where Klaviyo repeats it.
 */
export async function* readImportRefusals(
  client: KlaviyoClient,
  importId: string,
  signal: AbortSignal,
): AsyncGenerator<readonly ProfileRefusal[]> {
  const call = { id: importId, query: { 'page[size]': '100' }, signal }
  for await (const page of client.readPages(OPERATIONS.listImportErrors, importError, call)) {
    yield page.map(({ attributes }) => {
      const email = addressedPayload.safeParse(attributes.original_payload).data
      const reason = attributes.detail || attributes.title || 'Klaviyo gave no reason'
      return {
        index: rowOf(attributes.source?.pointer ?? undefined),
        ...(email === undefined ? {} : { email }),
        code: attributes.code,
        reason: withoutAddresses(reason, email),
      }
    })
  }
}
