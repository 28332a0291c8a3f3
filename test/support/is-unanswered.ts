import type { KlaviyoSandbox } from '../../src/sandbox/klaviyo/index.ts'

interface LoggedRequest {
  readonly operation: string | null
  readonly status: number | null
}

/**
 * Whether a request of this operation still waits for its answer, whoever asked it being gone or not: with an answer that
 * is delayed for long, nobody has waited for it, however slow the machine is.
 */
export async function isUnanswered({ url }: Pick<KlaviyoSandbox, 'url'>, operation: string): Promise<boolean> {
  const answer = await fetch(`${url}/sandbox/requests`)
  const requests = (await answer.json()) as readonly LoggedRequest[]
  return requests.some((request) => request.operation === operation && request.status === null)
}
