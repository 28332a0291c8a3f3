import { ConfigError, throwIfAborted } from '../core/errors.ts'
import { buildHttpServer, type HttpDoor } from './build-server.ts'
import { isLoopback } from './loopback.ts'
import type { HttpApp } from './type-provider.ts'

/** A server that listens. */
export interface HttpServer {
  /** Address without a slash at the end; with port 0, of the port it was given. */
  readonly url: string
  /** Takes no more requests and resolves when those under way are answered. */
  close(): Promise<void>
}

/** Where to listen, beside what to open. */
export interface HttpServerOptions extends HttpDoor {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Closes the server when it fires. */
  readonly signal?: AbortSignal
}

/**
 * Listens when the promise resolves.
 * @throws ConfigError when there is no token and `host` is not loopback, or when nobody can listen there.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, signal, ...door } = options
  if (signal !== undefined) throwIfAborted(signal, 'starting the HTTP server')
  const token = door.token === '' ? null : door.token
  if (token === null && !isLoopback(host)) throw new ConfigError('starting the HTTP server: one problem', [NO_TOKEN])
  const app = await buildHttpServer({ ...door, token })
  const url = await listen(app, host, port)

  let closing: Promise<void> | null = null
  const close = () => {
    signal?.removeEventListener('abort', close)
    closing ??= app.close().then(() => undefined)
    return closing
  }
  signal?.addEventListener('abort', close, { once: true })
  if (signal?.aborted === true) {
    await close()
    throwIfAborted(signal, 'starting the HTTP server')
  }
  return { url, close }
}

const NO_TOKEN = {
  path: 'SCONTRINO_API_TOKEN',
  message: 'expected a token, because SCONTRINO_HTTP_HOST is not loopback: anybody could start jobs',
  hint: 'set it to at least 16 random characters (openssl rand -hex 32), or set SCONTRINO_HTTP_HOST=127.0.0.1',
}

async function listen(app: HttpApp, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (thrown) {
    await app.close()
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    const problem = LISTEN_PROBLEMS[code]
    if (problem === undefined) throw thrown
    throw new ConfigError(`starting the HTTP server: ${code}`, [problem])
  }
}

const PORT = 'SCONTRINO_HTTP_PORT'
const HOST = 'SCONTRINO_HTTP_HOST'
const USE_HOST = `set ${HOST} to 127.0.0.1, 0.0.0.0 or an address of this machine`

/** What only a person can change. */
const LISTEN_PROBLEMS: Readonly<Record<string, ConfigError['problems'][number]>> = {
  EADDRINUSE: {
    path: PORT,
    message: 'expected a free port; another program listens there',
    hint: `stop it, or set ${PORT}`,
  },
  EACCES: { path: PORT, message: 'expected a port that this user may use', hint: `set ${PORT} to 1024 or above` },
  EADDRNOTAVAIL: { path: HOST, message: 'expected an address of this machine', hint: USE_HOST },
  ENOTFOUND: { path: HOST, message: 'expected a name that resolves', hint: USE_HOST },
  EAI_AGAIN: { path: HOST, message: 'expected a name that resolves', hint: USE_HOST },
}
