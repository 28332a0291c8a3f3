import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A row as the webservice answers it. */
export type ShownRow = Record<string, unknown>

/** A PrestaShop with rows in its tables that its own code would not write. */
export interface SpoiledShop {
  readonly url: string
  close(): Promise<void>
}

/** Stands before a shop and passes everything on, each row of its lists as `spoil` changes it: into none, one or several. */
export async function spoilPrestashop(
  shopUrl: string,
  spoil: (resource: string, row: ShownRow, query: URLSearchParams) => ShownRow | readonly ShownRow[] | null,
): Promise<SpoiledShop> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', shopUrl)
    const answer = await fetch(url, { headers: { authorization: request.headers.authorization ?? '' } })
    const body: unknown = await answer.json()
    const [list] = Object.entries(body as Record<string, unknown>)
    const resource = url.pathname.split('/').at(-1) ?? ''
    const spoilRow = (row: ShownRow) => spoil(resource, row, url.searchParams) ?? []
    const rows = list !== undefined && Array.isArray(list[1]) ? list[1].flatMap(spoilRow) : null
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      date: answer.headers.get('date') ?? '',
    })
    response.end(JSON.stringify(rows === null ? body : rows.length === 0 ? [] : { [list?.[0] ?? '']: rows }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
