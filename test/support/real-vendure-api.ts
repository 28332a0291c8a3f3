/** A caller of one of Vendure's APIs who stays logged in. */
export interface VendureCaller {
  /** The data of an answer. @throws with the message of any error, also of those that Vendure gives as a result. */
  ask<T>(query: string, variables?: object): Promise<T>
}

/** Vendure answers some refusals as a result of this shape. */
interface Refusal {
  readonly errorCode?: string
  readonly message?: string
}

/** Calls `<url>/<path>` in a channel; the session that a log-in or a first item opens is kept. */
export function createVendureCaller(address: string, channel?: string): VendureCaller {
  let session: string | null = null
  return {
    async ask<T>(query: string, variables: object = {}) {
      const answer = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(channel !== undefined && { 'vendure-token': channel }),
          ...(session !== null && { authorization: `Bearer ${session}` }),
        },
        body: JSON.stringify({ query, variables }),
      })
      session = answer.headers.get('vendure-auth-token') ?? session
      const { data, errors } = (await answer.json()) as {
        data: Record<string, Refusal | null>
        errors?: readonly { readonly message: string }[]
      }
      const refusal = Object.values(data ?? {}).find((one) => one?.errorCode !== undefined)
      const message = errors?.[0]?.message ?? refusal?.message
      if (message !== undefined) throw new Error(`Vendure refused ${query.slice(0, 200)}: ${message}`)
      return data as T
    },
  }
}
