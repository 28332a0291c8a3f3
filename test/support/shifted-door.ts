import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ShiftedTime } from './shifted-time.ts'

/** A door in front of a server behind which it is another time. */
export interface ShiftedDoor {
  readonly url: string
  close(): Promise<void>
}

/** What JSON has instants as. */
const INSTANT = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/g

/**
 * Passes requests on and answers back, every instant in them shifted, the `Date` header too. `onAnswer`: awaited between
 * an answer's coming and its going out.
 */
export async function openShiftedDoor(
  server: string,
  time: ShiftedTime,
  onAnswer: (question: string) => Promise<void>,
): Promise<ShiftedDoor> {
  const shift = (json: string, by: (ms: number) => number) =>
    json.replaceAll(INSTANT, (_, instant: string) => `"${new Date(by(Date.parse(instant))).toISOString()}"`)

  const door = createServer(async (request, response) => {
    try {
      const question = await text(request)
      const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
      const answer = await fetch(`${server}${request.url}`, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(question !== '' && { body: shift(question, time.toServer) }),
      })
      const body = shift(await answer.text(), time.toShifted)
      const date = time.now().toUTCString()
      await onAnswer(question)
      const type = answer.headers.get('content-type') ?? 'application/json'
      response.writeHead(answer.status, { 'content-type': type, date }).end(body)
    } catch (error) {
      response.writeHead(502).end(String(error))
    }
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const { port } = door.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      door.closeAllConnections()
      await new Promise((resolve) => door.close(resolve))
    },
  }
}
