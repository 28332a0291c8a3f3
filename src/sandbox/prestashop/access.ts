import type { WebserviceError } from './errors.ts'

/** Webservice keys and the resources each may GET. */
export type Keys = Readonly<Record<string, readonly string[] | 'all'>>

/** The key of a request: the user of HTTP Basic, whose password is empty, or `ws_key`. */
export function readKey(authorization: string | undefined, query: URLSearchParams): string | null {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1]
  const user = encoded === undefined ? '' : (Buffer.from(encoded, 'base64').toString('utf8').split(':', 1)[0] ?? '')
  return user === '' ? query.get('ws_key') : user
}

/** What stands between a good key and an answer; null: nothing. There is one store, with the id 1. */
export function refuse(
  permissions: readonly string[] | 'all',
  request: { readonly method: string; readonly resource: string; readonly query: URLSearchParams },
  known: readonly string[],
): WebserviceError | null {
  const { method, resource, query } = request
  const shop = query.get('id_shop')
  if (shop !== null && shop !== 'all' && !/^\d+$/.test(shop)) {
    return { status: 404, code: 999, message: 'This shop id does not exist' }
  }
  if (shop !== null && shop !== 'all' && Number(shop) !== 1) {
    return { status: 403, code: 132, message: 'No permission for this key on this shop' }
  }
  if (!known.includes(resource)) {
    return { status: 400, code: 27, message: `Resource of type "${resource}" does not exists` }
  }
  if (permissions !== 'all' && !permissions.includes(resource)) {
    const message = `Resource of type "${resource}" is not allowed with this authentication key`
    return { status: 401, code: 26, message }
  }
  if (method !== 'GET') {
    const message = `Method ${method} is not allowed for the resource ${resource} with this authentication key`
    return { status: 405, code: 25, message }
  }
  return null
}
