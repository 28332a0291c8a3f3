// A process that uses the embedded server on the folder it is given: says the URL, or the error, as a line of JSON, and
// releases when its standard input ends.
import { once } from 'node:events'
import { startEmbeddedPostgres } from '../../src/store/postgres-server/embedded-postgres.ts'

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

const [dataDir = ''] = process.argv.slice(2)
try {
  const { signal } = new AbortController()
  const server = await startEmbeddedPostgres({ dataDir, signal, log: () => undefined })
  say({ url: server.url })
  process.stdin.resume()
  await once(process.stdin, 'end')
  await server.release()
} catch (error) {
  const { name, message } = error as Error
  say({ error: name, message })
  process.exitCode = 1
}
