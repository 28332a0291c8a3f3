import { request } from 'node:http'
import { request as requestTls } from 'node:https'

/** Posts a delivery and resolves with the status it was answered with, or 0 when nobody answered. Never rejects. */
export function sendWebhook(uri: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  return new Promise((resolve) => {
    const send = uri.startsWith('https:') ? requestTls : request
    // No connection is kept: the receiver may be a test's that ends.
    const outgoing = send(
      uri,
      { method: 'POST', headers: { ...headers }, agent: false, timeout: 5_000 },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    outgoing.on('timeout', () => outgoing.destroy())
    outgoing.on('error', () => resolve(0))
    outgoing.end(body)
  })
}
