import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A child process that holds the embedded server. */
export interface ServerUser {
  readonly pid: number
  readonly url: string
  /** Lets it leave in peace and waits for its end. */
  leave(): Promise<void>
  /** Sends a signal to it, or to its whole process group as a terminal does, and waits for its end. */
  kill(signal: NodeJS.Signals, whom?: 'process' | 'group'): Promise<void>
}

/** How the child is run: after which other program (`setpriv …`), and from which copy of the project. */
export interface ServerUserOptions {
  readonly prefix?: readonly string[]
  readonly projectDir?: string
}

const PROJECT_DIR = join(import.meta.dirname, '..', '..')

/** Starts a child that starts or joins the server; rejects with what it said when it could not. */
export async function startServerUser(dataDir: string, options: ServerUserOptions = {}): Promise<ServerUser> {
  const script = join(options.projectDir ?? PROJECT_DIR, 'test', 'support', 'embedded-postgres-user.ts')
  const [file = '', ...args] = [...(options.prefix ?? []), process.execPath, script, dataDir]
  const child = spawn(file, args, { detached: true, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const first = await createInterface(child.stdout)[Symbol.asyncIterator]().next()
  const said = JSON.parse(String(first.value ?? '{}'))
  if (typeof said.url !== 'string' || child.pid === undefined) {
    await ended
    throw new Error(`${said.error}: ${said.message}`)
  }
  const { pid } = child
  return {
    pid,
    url: said.url,
    async leave() {
      child.stdin.end()
      await ended
    },
    async kill(signal, whom = 'process') {
      process.kill(whom === 'group' ? -pid : pid, signal)
      await ended
    },
  }
}
