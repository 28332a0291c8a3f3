import { z } from 'zod'
import { AuthError, ContractError, type RemoteComplaint, RemoteRejectedError } from '../../core/errors.ts'
import { createHttpClient, type HttpClientOptions } from '../../lib/http-client.ts'
import { expectAnswerDate } from '../../lib/http-date.ts'
import type { PrestashopSourceConfig } from './schema.ts'

/** What is read, each with the name under which its list is answered. */
const LISTS = {
  orders: 'orders',
  order_slip: 'order_slips',
  order_states: 'order_states',
  currencies: 'currencies',
  customers: 'customers',
  configurations: 'configurations',
  shops: 'shops',
} as const

/** A resource of the webservice, as its path and the permissions of a key name it. */
export type Resource = keyof typeof LISTS

/** A row and when it was read, by the shop's own clock. */
export type Read<Row> = Row & { readonly readAt: Date }

interface Listing<Row> {
  readonly rows: readonly Read<Row>[]
  readonly readAt: Date
}

/** Asks a shop's webservice; nothing is ever written. */
export interface PrestashopClient {
  /**
   * One list. `query` as the webservice knows it: `filter[…]`, `sort`, `limit`, `display`, `id_shop`.
   * @throws AuthError also when the key merely lacks this resource; ContractError when a row is not as `row` says.
   */
  list<Row extends z.ZodType<object>>(
    resource: Resource,
    row: Row,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Listing<z.infer<Row>>>
  /** Every row whose `field` is one of `ids`, asked for in batches. @throws ContractError when others are among them. */
  listBy<Row extends z.ZodType<object>>(
    resource: Resource,
    row: Row,
    ask: { readonly field: string; readonly ids: readonly string[]; readonly query: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<readonly Read<z.infer<Row>>[]>
}

const TIMEOUT_MS = 90_000
const LONGEST_ANSWER_BYTES = 64_000_000
/** Keeps addresses under 4,000 characters; servers take 8,000 by default. */
const IDS_A_CALL = 250

/** Builds the client of one shop. */
export function createPrestashopClient(
  config: Pick<PrestashopSourceConfig, 'url' | 'key' | 'shop'>,
  reads?: NonNullable<HttpClientOptions['reads']>,
): PrestashopClient {
  const http = createHttpClient({
    baseUrl: config.url,
    headers: {
      // The key is the user, and there is no password.
      authorization: `Basic ${Buffer.from(`${config.key}:`).toString('base64')}`,
      accept: 'application/json',
      'user-agent': 'scontrino',
    },
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: LONGEST_ANSWER_BYTES,
    parseComplaints,
    ...(reads !== undefined && { reads }),
  })
  const always = { output_format: 'JSON', ...(config.shop !== undefined && { id_shop: String(config.shop) }) }

  const list: PrestashopClient['list'] = async (resource, row, query, signal) => {
    const what = `reading ${resource} of the shop`
    const needs = `GET on ${resource}`
    const { body, header } = await http
      .request({ method: 'GET', path: `/api/${resource}`, query: { ...always, ...query }, signal, what, needs })
      .catch((error: unknown) => {
        throw inWords(error, needs)
      })
    const parsed = z.array(row).safeParse(toRows(body, LISTS[resource]))
    if (!parsed.success) {
      const places = parsed.error.issues.slice(0, 3).map(({ path, code }) => `${path.join('.') || 'list'} (${code})`)
      throw new ContractError(`${what}: unexpected at ${places.join(', ')}`)
    }
    const readAt = expectAnswerDate(header('date'), what)
    return { rows: parsed.data.map((one) => ({ ...one, readAt })), readAt }
  }

  const listBy: PrestashopClient['listBy'] = async (resource, row, { field, ids, query }, signal) => {
    const unique = [...new Set(ids)]
    const rows: Read<z.infer<typeof row>>[] = []
    for (let at = 0; at < unique.length; at += IDS_A_CALL) {
      const batch = unique.slice(at, at + IDS_A_CALL)
      const filtered = { ...query, [`filter[${field}]`]: `[${batch.join('|')}]` }
      const answer = await list(resource, row, filtered, signal)
      checkField(resource, field, answer.rows, new Set(batch))
      rows.push(...answer.rows)
    }
    return rows
  }

  return { list, listBy }
}

/** An empty list is `[]`, and not an object with an empty list. */
function toRows(body: unknown, name: string): unknown {
  if (Array.isArray(body)) return body.length === 0 ? [] : null
  return (body as Record<string, unknown> | undefined)?.[name]
}

function checkField(resource: Resource, field: string, rows: readonly unknown[], asked: ReadonlySet<string>): void {
  const isAsked = (row: unknown) => asked.has(String((row as Record<string, unknown>)[field]))
  if (rows.every(isAsked)) return
  throw new ContractError(`reading ${resource} of the shop: it seems to ignore the filter on ${field}`)
}

const complaints = z.object({
  errors: z.array(z.object({ code: z.union([z.string(), z.number()]).nullish(), message: z.string() })),
})

/** `{"errors":[{"code":26,"message":"Resource of type …"}]}`; a wrong key is answered in plain text. */
function parseComplaints(body: unknown): readonly RemoteComplaint[] {
  const parsed = complaints.safeParse(body)
  if (!parsed.success) return []
  return parsed.data.errors.map(({ code, message }) => ({ code: String(code ?? 'unknown'), detail: message }))
}

/** 401 is also a resource that the key may not read, and 405 one that it may only write. */
function inWords(error: unknown, needs: string): unknown {
  if (error instanceof AuthError && error.context['status'] === 401) {
    return new AuthError(`${error.message}, or lacks ${needs}`, { ...error.context, needs })
  }
  if (error instanceof RemoteRejectedError && error.status === 405) {
    return new AuthError(`${error.message}: the key needs ${needs}`, { ...error.context, needs })
  }
  return error
}
