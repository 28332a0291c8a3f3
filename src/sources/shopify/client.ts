import { z } from 'zod'
import {
  AuthError,
  BugError,
  ContractError,
  RateLimitedError,
  type RemoteComplaint,
  RemoteRejectedError,
  RemoteUnavailableError,
  type ScontrinoError,
} from '../../core/errors.ts'
import type { SecretStore } from '../../core/orders/secret-store.ts'
import { createHttpClient } from '../../lib/http-client.ts'
import { wait } from '../../lib/wait.ts'
import { type AccessTokens, createAccessTokens } from './access-token.ts'
import type { ShopifySourceConfig } from './schema.ts'

/** The version of the Admin API that all documents are written for. */
export const API_VERSION = '2026-10'

/** One GraphQL operation. */
interface Question<T> {
  readonly document: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** Of `data`. */
  readonly answer: z.ZodType<T>
  /** For messages: `reading orders`. */
  readonly what: string
  /** Scopes that the key needs for it. */
  readonly needs: string
  /** True for what changes something in the shop: it is sent once. */
  readonly isMutation?: true
  readonly signal: AbortSignal
}

/** An answer with what its headers tell. */
interface Told<T> {
  readonly data: T
  /** The shop's own clock. */
  readonly now: Date
  readonly apiVersion: string | undefined
}

/** Asks one shop's GraphQL Admin API. */
export interface ShopifyClient {
  ask<T>(question: Question<T>): Promise<Told<T>>
}

/** Throttling is waited out in place up to here; longer ones go back to the queue. */
const LONGEST_WAIT_MS = 10_000
const ATTEMPTS = 6

const body = z.object({
  data: z.unknown().optional(),
  errors: z
    .union([
      z.array(z.object({ message: z.string().optional(), extensions: z.object({ code: z.string() }).optional() })),
      z.string(),
    ])
    .optional(),
  extensions: z
    .object({
      cost: z
        .object({
          requestedQueryCost: z.number(),
          throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number() }),
        })
        .optional(),
      /** What the server did not understand of a search; it then answers as if that part had not been asked. */
      search: z.array(z.object({ warnings: z.array(z.unknown()).optional() })).optional(),
    })
    .optional(),
})
type Body = z.infer<typeof body>

/** A client that renews its token once when it is refused, and waits out short throttling. */
export function createShopifyClient(config: ShopifySourceConfig, secrets: SecretStore): ShopifyClient {
  const http = createHttpClient({
    baseUrl: config.url ?? `https://${config.shop}`,
    headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'scontrino' },
    timeoutMs: 60_000,
    maxBodyBytes: 64 * 1024 * 1024,
    parseComplaints,
  })
  const tokens: AccessTokens = createAccessTokens(config, http, secrets)

  async function post<T>({ document, variables = {}, what, isMutation, signal, needs }: Question<T>, token: string) {
    return await http.request({
      method: 'POST',
      path: `/admin/api/${API_VERSION}/graphql.json`,
      body: { query: document, variables },
      headers: { 'x-shopify-access-token': token },
      ...(isMutation !== true && { isRead: true as const }),
      what,
      needs,
      signal,
    })
  }

  async function send<T>(question: Question<T>) {
    const token = await tokens.get(question.signal)
    try {
      return await post(question, token)
    } catch (error) {
      if (!(error instanceof AuthError) || error.context['status'] !== 401) throw toShopFailure(error, question.what)
      const renewed = await tokens.renew(token, question.signal)
      if (renewed === null) throw error
      return await post(question, renewed)
    }
  }

  return {
    async ask(question) {
      for (let attempt = 1; ; attempt += 1) {
        const response = await send(question)
        const parsed = body.safeParse(response.body)
        if (!parsed.success) throw new ContractError(`${question.what}: Shopify’s answer is no GraphQL answer`)
        const failure = toFailure(parsed.data, question)
        if (failure === null) {
          const data = question.answer.safeParse(parsed.data.data)
          if (!data.success) throw new ContractError(`${question.what}: ${describeIssue(data.error)}`)
          const now = new Date(response.header('date') ?? Number.NaN)
          return { data: data.data, now, apiVersion: response.header('x-shopify-api-version') }
        }
        const isShort = failure instanceof RateLimitedError && failure.delayMs <= LONGEST_WAIT_MS
        if (!isShort || attempt >= ATTEMPTS) throw failure
        await wait(failure.delayMs, question.signal)
      }
    },
  }
}

/** GraphQL failures come under 200. Data that comes beside an error is never taken: it may lack what was refused. */
function toFailure(answer: Body, { what, needs }: { what: string; needs: string }): ScontrinoError | null {
  const codes = codesOf(answer)
  if (codes.length === 0 && !hasErrors(answer)) return searchFailure(answer, what)
  const named = codes.length === 0 ? 'an error without a code' : codes.join(', ')
  const message = `${what}: Shopify answered ${named}`
  const context = { status: 200, codes: codes.join(',') }
  if (codes.includes('THROTTLED')) return new RateLimitedError(message, throttleMs(answer), context)
  if (codes.includes('ACCESS_DENIED')) return new AuthError(`${message}: the key needs ${needs}`, context)
  if (codes.some((code) => /^(?:INTERNAL_SERVER_ERROR|TIMEOUT|SERVICE_UNAVAILABLE)$/.test(code))) {
    return new RemoteUnavailableError(message, context)
  }
  return new RemoteRejectedError(
    message,
    200,
    codes.map((code) => ({ code, detail: code })),
    { codes: context.codes },
  )
}

function searchFailure(answer: Body, what: string): ScontrinoError | null {
  const isIgnored = answer.extensions?.search?.some(({ warnings }) => warnings !== undefined && warnings.length > 0)
  return isIgnored === true ? new ContractError(`${what}: Shopify ignored part of the search`) : null
}

function hasErrors({ errors }: Body): boolean {
  return errors !== undefined && errors.length > 0
}

function codesOf({ errors }: Body): string[] {
  if (errors === undefined || typeof errors === 'string') return []
  return errors.flatMap(({ extensions }) => extensions?.code ?? []).filter((code) => /^\w{1,60}$/.test(code))
}

/** Until the bucket holds what the query may cost: (requested − available) / restored per second. */
function throttleMs({ extensions }: Body): number {
  const cost = extensions?.cost
  if (cost === undefined || cost.throttleStatus.restoreRate <= 0) return 2_000
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable
  return Math.max(100, Math.ceil((missing / cost.throttleStatus.restoreRate) * 1000))
}

/** A frozen (402) or locked (423) shop answers nobody until its owner acts, as a refused key does. */
function toShopFailure(error: unknown, what: string): unknown {
  if (!(error instanceof RemoteRejectedError)) return error
  const { status } = error
  if (status === 402 || status === 423) {
    const state = status === 402 ? 'frozen: its owner has to settle its bill' : 'locked by Shopify'
    return new AuthError(`${what}: Shopify answered ${status}: the shop is ${state}`, { status })
  }
  if (status === 404) return new AuthError(`${what}: Shopify answered 404: there is no such shop`, { status })
  return error
}

function parseComplaints(answered: unknown): RemoteComplaint[] {
  const parsed = z.object({ error: z.string() }).safeParse(answered)
  return parsed.success ? [{ code: parsed.data.error, detail: parsed.data.error }] : []
}

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) throw new BugError('a refused answer without an issue')
  return `Shopify’s answer has something unexpected at ${issue.path.join('.') || 'its top'} (${issue.code})`
}
