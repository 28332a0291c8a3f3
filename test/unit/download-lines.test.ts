import { createServer, type ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AbortedError, RemoteRejectedError, RemoteUnavailableError } from '../../src/core/errors.ts'
import { downloadLines } from '../../src/lib/download-lines.ts'

/** The address of a server that answers so. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => void server.close(() => resolve()))
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/file?signature=s3cret`
}

async function read(url: string, options: { idleMs?: number; signal?: AbortSignal } = {}): Promise<string[]> {
  const lines: string[] = []
  const wishes = { url, what: 'downloading', idleMs: 5_000, signal: new AbortController().signal, ...options }
  for await (const line of downloadLines(wishes)) lines.push(line)
  return lines
}

describe('a download by lines', () => {
  it('gives whole lines, wherever the chunks are cut', async () => {
    const text = Buffer.from('{"a":"è"}\n\n{"b":2}\n{"c":3}')
    const url = await serve((response) => {
      for (const byte of text) response.write(Buffer.from([byte]))
      response.end()
    })
    expect(await read(url)).toEqual(['{"a":"è"}', '{"b":2}', '{"c":3}'])
  })

  it('that breaks off is an error and no end', async () => {
    const url = await serve((response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"a":1}\n{"b":', () => response.destroy())
    })
    await expect(read(url)).rejects.toBeInstanceOf(RemoteUnavailableError)
  })

  it('of chunks that breaks off is an error too', async () => {
    const url = await serve((response) => void response.write('{"a":1}\n', () => response.destroy()))
    await expect(read(url)).rejects.toBeInstanceOf(RemoteUnavailableError)
  })

  it.each([400, 403, 404, 410])('from an address that answers %i is refused, without its signature', async (status) => {
    const url = await serve((response) => response.writeHead(status).end('<Error/>'))
    const failure = await read(url).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RemoteRejectedError)
    expect(String(failure) + JSON.stringify(failure)).not.toContain('s3cret')
  })

  it('does not follow a redirect', async () => {
    const url = await serve((response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
    await expect(read(url)).rejects.toMatchObject({ code: 'E_REMOTE_REJECTED', status: 302 })
  })

  it('that falls silent is given up', async () => {
    const url = await serve((response) => void response.write('{"a":1}\n'))
    await expect(read(url, { idleMs: 100 })).rejects.toThrow(/nothing came for 100 ms/)
  })

  it('ends at once with its signal', async () => {
    const stop = new AbortController()
    const url = await serve((response) => void response.write('{"a":1}\n', () => stop.abort()))
    await expect(read(url, { signal: stop.signal })).rejects.toBeInstanceOf(AbortedError)
  })
})
