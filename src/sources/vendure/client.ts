import type { z } from 'zod'
import { ContractError } from '../../core/errors.ts'
import { createHttpClient, type HttpClientOptions } from '../../lib/http-client.ts'
import { expectAnswerDate } from '../../lib/http-date.ts'
import { parseComplaints, toGraphqlFailure } from './graphql-failure.ts'
import type { VendureSourceConfig } from './schema.ts'

/** A question to the Admin API. */
interface Question<Data extends z.ZodType> {
  readonly query: string
  readonly variables?: object
  readonly data: Data
  /** For messages: `reading orders by updatedAt`. */
  readonly what: string
  /** The permission the key must have. */
  readonly needs: string
  readonly signal: AbortSignal
}

/** What was answered, and when by the server's own clock. */
interface Answer<Data> {
  readonly data: Data
  readonly answeredAt: Date
}

/** Asks a Vendure server; nothing is ever written. */
export interface VendureClient {
  /** @throws AuthError for what the key may not see; ContractError when the answer is not as `data` says. */
  ask<Data extends z.ZodType>(question: Question<Data>): Promise<Answer<z.infer<Data>>>
}

const TIMEOUT_MS = 90_000
const LONGEST_ANSWER_BYTES = 64_000_000

/** Builds the client of one channel of a server. */
export function createVendureClient(
  config: VendureSourceConfig,
  reads?: NonNullable<HttpClientOptions['reads']>,
): VendureClient {
  const http = createHttpClient({
    baseUrl: config.url,
    headers: {
      [config.apiKeyHeader]: config.apiKey,
      ...(config.channel !== undefined && { [config.channelHeader]: config.channel }),
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'scontrino',
    },
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: LONGEST_ANSWER_BYTES,
    parseComplaints,
    ...(reads !== undefined && { reads }),
  })

  return {
    async ask({ query, variables = {}, data, what, needs, signal }) {
      const { body, header } = await http.request({
        method: 'POST',
        path: `/${config.adminApiPath}`,
        body: { query, variables },
        isRead: true,
        signal,
        what,
        needs,
      })
      const failure = toGraphqlFailure(body, what, needs)
      if (failure !== null) throw failure
      const parsed = data.safeParse((body as { data?: unknown } | undefined)?.data)
      if (!parsed.success) {
        const places = parsed.error.issues.slice(0, 3).map(({ path, code }) => `${path.join('.') || 'data'} (${code})`)
        throw new ContractError(`${what}: unexpected at ${places.join(', ')}`)
      }
      return { data: parsed.data, answeredAt: expectAnswerDate(header('date'), what) }
    },
  }
}
